"""Reads of many rows, for admins."""
