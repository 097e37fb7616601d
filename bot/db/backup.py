"""A copy of a SQLite database while the bot works on it, by SQLite's own online backup."""

import os
import sqlite3
from contextlib import ExitStack, closing, suppress
from pathlib import Path

from bot.db.location import PRIVATE, DatabaseUnusable, in_words, must_be_there


class BackupRefused(Exception):
    """Its message is for the operator."""


def backup(source: Path, target: Path) -> None:
    """Writes a complete, checked copy to `target`, which must not exist: no older copy is ever overwritten.

    Reads one state of the source, however much is written meanwhile, and opens it read-only, so it can't disturb the
    connection that writes. The copy is compared with that state, table by table, before it gets its name.
    Raises BackupRefused.
    """
    try:
        source = must_be_there(source)
    except DatabaseUnusable as unusable:
        raise BackupRefused(str(unusable)) from None
    _check_target(target)
    part = target.with_name(f"{target.name}.{os.getpid()}.part")
    try:
        _private(part)
        _copy(source, part)
        _give_name(part, target)
    except DatabaseUnusable as unusable:
        raise BackupRefused(f"the copy could not be made: {unusable}") from None
    except OSError as error:
        raise BackupRefused(f"{target} could not be written: {error.strerror}") from None
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
            part.with_name(part.name + "-journal").unlink(missing_ok=True)


def _check_target(target: Path) -> None:
    folder = target.absolute().parent
    try:
        if target.is_dir():
            raise BackupRefused(f"{target} is a folder: name a file in it, such as {target / 'bot-copy.db'}")
        if os.path.lexists(target):
            raise BackupRefused(f"{target} exists already: give a new name, nothing is overwritten")
        if not folder.is_dir():
            raise BackupRefused(f"there is no folder {folder}: make it first (mkdir -p)")
    except OSError as error:
        raise BackupRefused(f"{target} can't be used: {error.strerror}") from None


def _private(part: Path) -> None:
    try:
        os.close(os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL, PRIVATE))
    except PermissionError:
        raise BackupRefused(
            f"{part.absolute().parent} can't be written by this user: choose another folder, or run it as its owner"
        ) from None


def _copy(source: Path, part: Path) -> None:
    with ExitStack() as stack:
        with in_words(source):
            old = stack.enter_context(closing(_opened(f"{source.as_uri()}?mode=ro")))
            old.execute("BEGIN")
            tables = _contents(old)  # the first read fixes the state that the copy and the comparison see
        if not tables:
            raise BackupRefused(f"{source} holds no tables, so there is nothing to copy: is DATABASE_URL right?")
        with in_words(part):
            new = stack.enter_context(closing(_opened(part.absolute().as_uri())))
            old.backup(new, pages=512, sleep=0.01, progress=_between_steps)
            new.execute("PRAGMA journal_mode=DELETE")  # one file that can be read where nothing can be written
            verdict, copied = new.execute("PRAGMA integrity_check").fetchone()[0], _contents(new)
    if verdict != "ok":
        raise BackupRefused("the copy did not pass SQLite's integrity check; the database itself may be damaged")
    if copied != tables:
        raise BackupRefused("the copy does not hold what the database holds: is the disk full or broken?")


def _opened(uri: str) -> sqlite3.Connection:
    return sqlite3.connect(uri, uri=True, isolation_level=None)


def _between_steps(_status: int, _remaining: int, _total: int) -> None:
    """Lets Python hear a signal: without it Ctrl-C would wait for the whole copy."""


def _contents(connection: sqlite3.Connection) -> dict[str, tuple[str, int]]:
    """Every table: how it was made, and how many rows it has."""
    made = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchall()
    return {name: (sql, _rows(connection, name)) for name, sql in made}


def _rows(connection: sqlite3.Connection, table: str) -> int:
    quoted = table.replace('"', '""')
    return int(connection.execute(f'SELECT count(*) FROM "{quoted}"').fetchone()[0])  # noqa: S608 - the name is quoted


def _give_name(part: Path, target: Path) -> None:
    """Never over another file, not even one that came meanwhile; on the disk before it is called done."""
    _sync(part)
    try:
        os.link(part, target)
    except FileExistsError:
        raise BackupRefused(f"{target} exists already: give a new name, nothing is overwritten") from None
    except OSError:  # a file system without hard links
        part.rename(target)
    _sync(target.absolute().parent)


def _sync(path: Path) -> None:
    fd = os.open(path, os.O_RDONLY)
    try:
        with suppress(OSError):  # some network file systems can't sync a folder
            os.fsync(fd)
    finally:
        os.close(fd)
