import asyncio

from tests.db.fresh import migrated_file

__all__ = ["migrated_file"]

asyncio.set_event_loop(None)
"""Else pytest-asyncio makes a loop around the first fixture and forgets it, which is a warning, so a failure, later."""
