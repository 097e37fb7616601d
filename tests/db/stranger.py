"""Another program that has begun to write to the bot's database and does not end: every write of ours fails."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from bot.db.database import sqlite_file


@contextmanager
def writing(file: Path) -> Iterator[None]:
    with closing(sqlite3.connect(file, timeout=20, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield
        connection.execute("ROLLBACK")


@contextmanager
def writing_to(url: str) -> Iterator[None]:
    file = sqlite_file(url)
    assert file is not None
    with writing(file):
        yield
