"""A person's own settings: what is set, what can be chosen, and deleting their data."""
