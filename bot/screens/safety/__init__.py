"""Pausing, and differences in the books."""
