"""Notices and cards."""
