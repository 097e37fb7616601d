import asyncio

from tests.db.fresh import database, file, migrated_file

__all__ = ["database", "file", "migrated_file"]

asyncio.set_event_loop(None)
"""Else pytest-asyncio makes a loop around the first fixture and forgets it, which is a warning, so a failure, later."""
