"""Which SQLite the bot needs: it comes with Python."""

import sqlite3

from bot.db.location import DatabaseUnusable

OLDEST_SQLITE = (3, 35, 0)
"""RETURNING, which claims and inserts use."""


class SqliteTooOld(DatabaseUnusable):
    """Its message is for the operator."""


def check_sqlite(version: tuple[int, ...] = sqlite3.sqlite_version_info) -> None:
    """Raises SqliteTooOld."""
    if version < OLDEST_SQLITE:
        found = ".".join(str(part) for part in version)
        raise SqliteTooOld(
            f"this Python brings SQLite {found}, and the bot needs 3.35 or newer: use a newer Python image"
        )
