"""Cards, lists and texts of orders."""
