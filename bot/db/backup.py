"""A copy of a SQLite database while the bot works on it, by SQLite's own online backup."""

import sqlite3
from contextlib import closing
from pathlib import Path


class BackupRefused(Exception):
    """Its message is for the operator."""


def backup(source: Path, target: Path) -> None:
    """Writes a complete, checked copy to `target`, which must not exist: no older copy is ever overwritten.

    Opens the source read-only, so it can't disturb the one connection that writes. Raises BackupRefused.
    """
    if not source.exists():
        raise BackupRefused(f"there is no database at {source}")
    if target.exists():
        raise BackupRefused(f"{target} exists already: give a new name, nothing is overwritten")
    part = target.with_name(target.name + ".part")
    try:
        with (
            closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as old,
            closing(sqlite3.connect(part)) as new,
        ):
            old.backup(new, pages=512, sleep=0.01)
            verdict = new.execute("PRAGMA integrity_check").fetchone()[0]
    except sqlite3.Error as error:
        part.unlink(missing_ok=True)
        raise BackupRefused(f"the copy could not be made: {error}") from error
    if verdict != "ok":
        part.unlink(missing_ok=True)
        raise BackupRefused("the copy did not pass SQLite's integrity check; the database itself may be damaged")
    part.rename(target)
