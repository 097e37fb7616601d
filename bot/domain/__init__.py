"""What is true in this shop, in plain Python: no await, no third party, `now` is always an argument."""
