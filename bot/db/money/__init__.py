"""The books, and what a purse shows."""
