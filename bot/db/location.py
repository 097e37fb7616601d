"""The database's place on the machine: folder, file and their modes; and each trouble with them in a sentence."""

import errno
import os
import pwd
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

SQLITE_URL = "sqlite+aiosqlite:///"
PRIVATE = 0o600
"""The files hold numbers and SMS: for their owner only, whatever the umask."""
PRIVATE_FOLDER = 0o700
_MAGIC = b"SQLite format 3\x00"
_BESIDE = ("", "-wal", "-shm", "-journal", ".lock")


class DatabaseUnusable(Exception):
    """Its message is for the operator: which path, what is wrong with it, and what to do."""


def sqlite_file(url: str) -> Path | None:
    """The file behind a SQLite URL, its path taken as written; None for another engine or for memory."""
    path = url.removeprefix(SQLITE_URL)
    return None if path in (url, "", ":memory:") else Path(path)


def files_of(file: Path) -> list[Path]:
    """The database itself, and what SQLite and our lock may have put beside it."""
    return [file.with_name(file.name + beside) for beside in _BESIDE]


def real(file: Path) -> Path:
    """The file itself, absolute: no symbolic link, no `..`. SQLite goes the same way."""
    try:
        return Path(os.path.realpath(file))
    except FileNotFoundError:
        raise DatabaseUnusable(
            f"DATABASE_URL names {file}, below a working folder that is gone: go to one that exists"
        ) from None


def make_folder(file: Path) -> None:
    """The folder of the database, with those above it: for its owner only what we make. Raises DatabaseUnusable."""
    folder = file.parent
    missing = [one for one in (folder, *folder.parents) if not one.is_dir()]
    with in_words(folder):
        for one in reversed(missing):
            one.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)


def make_file(file: Path) -> int:
    """Opens the file, made if it is not there, and hands back the descriptor. Raises DatabaseUnusable.

    Close it only when SQLite has closed the file: closing drops the process's POSIX locks, which are SQLite's.
    """
    with in_words(file):
        return os.open(file, os.O_RDWR | os.O_CREAT, PRIVATE)


def tighten(file: Path) -> Iterator[str]:
    """Takes from everybody but the owner what an older release or another umask left, and says what it found.

    Another's file stays as it is.
    """
    for path in files_of(file):
        with suppress(FileNotFoundError):
            mode = stat.S_IMODE(path.stat().st_mode)
            if mode & 0o077:
                yield f"{path} had mode {mode:04o}" if _closed(path) else f"{owners(path)}, or chmod 600 {path}"


def _closed(path: Path) -> bool:
    try:
        path.chmod(PRIVATE)
    except PermissionError:
        return False
    return True


def must_be_there(file: Path) -> Path:
    """The real file of a database that somebody wants to look into. Raises DatabaseUnusable."""
    file = real(file)
    with in_words(file):
        if not file.exists() or (file.is_file() and not file.stat().st_size):
            raise DatabaseUnusable(
                f"there is no database at {file} yet: start the bot once, or set DATABASE_URL to the one that you mean"
            )
    must_be_sqlite(file)
    return file


def must_be_sqlite(file: Path) -> None:
    """Looks at the first bytes; nothing and an empty file are a database to be. Raises DatabaseUnusable.

    Not for a process that has the file open with SQLite: see `make_file`.
    """
    with in_words(file):
        try:
            kind = file.stat().st_mode
        except FileNotFoundError:
            return
        if not stat.S_ISREG(kind):
            raise DatabaseUnusable(_no_file(file, kind))
        with file.open("rb") as opened:
            begins = opened.read(len(_MAGIC))
    if begins and begins != _MAGIC:
        raise DatabaseUnusable(_no_database(file))


@contextmanager
def in_words(path: Path) -> Iterator[None]:
    """Whatever the system or SQLite has against `path` becomes DatabaseUnusable."""
    try:
        yield
    except OSError as error:
        raise DatabaseUnusable(_of_system(error, path)) from error
    except sqlite3.Error as error:
        raise DatabaseUnusable(_of_sqlite(error, path)) from error


def _of_system(error: OSError, path: Path) -> str:
    match error.errno:
        case errno.EACCES | errno.EPERM:
            return f"no permission for {path}: {owners(path)}"
        case errno.EROFS:
            return f"{path} is on a file system that can only be read: set DATABASE_URL to a place that can be written"
        case errno.ENOSPC | errno.EDQUOT | errno.EFBIG:
            return f"no space is left for {path}: make room on that disk (or raise the quota)"
        case errno.ENOTDIR | errno.EEXIST:
            return f"{path} can't be: {_first_file(path)} is a file, where DATABASE_URL needs a folder"
        case errno.EISDIR:
            return f"DATABASE_URL names {path}, which is a folder: name a file in it, such as {path / 'bot.db'}"
        case errno.ELOOP:
            return f"{path} is a symbolic link that leads back to itself: DATABASE_URL must lead to a file"
        case errno.ENOLCK | errno.EOPNOTSUPP | errno.ENOSYS:
            return f"the file system of {path} can't lock files: put the database on a disk of this machine"
        case _:
            return f"{path} can't be used: {error.strerror or type(error).__name__}. DATABASE_URL names the database"


def _of_sqlite(error: sqlite3.Error, path: Path) -> str:
    name = str(getattr(error, "sqlite_errorname", "") or "")
    if name.startswith("SQLITE_NOTADB"):
        return _no_database(path)
    if name.startswith("SQLITE_CORRUPT"):
        return f"the database {path} is damaged: stop the bot, keep the file, and put your last backup in its place"
    if name.startswith("SQLITE_READONLY"):
        return f"the database {path} can't be written: {owners(path)}"
    if name.startswith("SQLITE_CANTOPEN"):
        return f"SQLite can't open {path}, or make its -wal and -shm beside it: {owners(path)}"
    if name.startswith(("SQLITE_FULL", "SQLITE_IOERR")):
        return f"{path} could not be written or read ({name}): is the disk full, over its quota, or broken?"
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return f"another program holds the database {path}: close it (perhaps a sqlite3 shell), and try again"
    return f"SQLite can't use {path} ({name or type(error).__name__}: {error}): is it the database of this bot?"


def _no_database(file: Path) -> str:
    return f"{file} is no SQLite database: DATABASE_URL must name the bot's own file, or one that does not exist yet"


def _no_file(file: Path, kind: int) -> str:
    if stat.S_ISDIR(kind):
        return f"DATABASE_URL names {file}, which is a folder: name a file in it, such as {file / 'bot.db'}"
    return f"DATABASE_URL names {file}, which is a device or a pipe: name a file"


def _first_file(path: Path) -> Path:
    return next((one for one in (path, *path.parents) if one.is_file()), path)


def owners(path: Path) -> str:
    """Whose the nearest thing of a path is that exists, who asks, and what to do about it."""
    found = path
    while not _exists(found) and found != found.parent:
        found = found.parent
    try:
        status = found.stat()
    except OSError:
        return f"this process is {_name(os.geteuid())}: run it as the owner, or set DATABASE_URL to a place of its own"
    whose = f"{found} belongs to {_name(status.st_uid)} with mode {stat.S_IMODE(status.st_mode):04o}"
    me = _name(os.geteuid())
    if status.st_uid == os.geteuid():
        return f"{whose}, and this process is {me}: give it the right to write there (chmod u+rwX {found})"
    return f"{whose}, and this process is {me}: run it as the owner, or chown {me} {found}"


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        return False


def _name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"uid {uid}"
