"""Orders from the purchase to their end: checkout, polling, a person's own, lost purchases."""
