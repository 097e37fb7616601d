"""What a person sees: pure functions from facts and a translator to a Screen. Nothing here asks, waits or remembers."""
