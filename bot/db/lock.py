"""One process per database, and its sign of life, which `hidsim-bot health` reads.

Two locks, because there are two ways to work on one database twice:

* the database file itself is locked, so no symbolic link, hard link, `..` or mount leads a second process past it;
* `bot.db.lock` beside it is locked, so a file put in the place of one that is in use does not meet its `-wal`. The sign
  of life is written there.

The file itself is locked by an open-file-description lock on one byte far behind the end. It meets neither SQLite's own
locks, which lie elsewhere, nor flock, which network file systems turn into a lock on everything. SQLite's locks are the
process's and are dropped when the process closes *any* descriptor of the file, so this one is closed after SQLite.
"""

import fcntl
import os
import struct
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import structlog

from bot.db.location import PRIVATE, DatabaseUnusable, in_words, make_file, make_folder, must_be_sqlite, real, tighten
from bot.ticks import every

_log = structlog.get_logger(__name__)

_FAR_BYTE = 1 << 62
_FLOCK = "hhqqi4x"
"""struct flock on 64-bit Linux: type, whence, start, length, process."""


class AlreadyRunning(DatabaseUnusable):
    """Another process works on this database. Its message is for the operator."""


class ProcessLock:
    """Held from `with` to its end, and released by the system if the process dies. Does not wait.

    Must be entered before SQLite opens the file and left after it closed it. `clock` is one that nobody can set.
    Raises AlreadyRunning, and DatabaseUnusable for a place that can't be used.
    """

    def __init__(self, database_file: Path, clock: Callable[[], float] = time.monotonic) -> None:
        self._file = real(database_file)
        self._path = lock_path(self._file)
        self._clock = clock
        self._stack = ExitStack()
        self._fd: int | None = None

    def __enter__(self) -> Self:
        make_folder(self._file)
        with ExitStack() as stack:
            self._fd = _lock_beside(self._path, stack)
            must_be_sqlite(self._file)
            _lock_itself(self._file, stack)
            for found in tighten(self._file):
                _log.warning("others could read what the database holds", database=found)
            with in_words(self._path):
                self.beat()
            self._stack = stack.pop_all()
        return self

    @every(5, "beat")
    async def breathe(self) -> None:
        """The clock's tick."""
        self.beat()

    def beat(self) -> None:
        """Refreshes the sign of life: a time of a clock that can't be set, and the file's own for people."""
        assert self._fd is not None  # noqa: S101
        os.pwrite(self._fd, f"{os.getpid():>10} {self._clock():>20.3f}\n".encode(), 0)
        os.utime(self._fd)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()
        self._fd = None


@dataclass(frozen=True, slots=True)
class Life:
    """Somebody works on the database. `age`: seconds since the sign of life; None when another name leads to it."""

    age: float | None


def life(database_file: Path, clock: Callable[[], float] = time.monotonic) -> Life | None:
    """Who holds the lock, None when nobody does. Not for a process in which SQLite is open on the file.

    Raises DatabaseUnusable.
    """
    file = real(database_file)
    beside = lock_path(file)
    with in_words(beside):
        if beside.exists() and (age := _age(beside, clock)) is not None:
            return Life(age)
    with in_words(file):
        return Life(None) if file.is_file() and _is_locked(file) else None


def lock_path(database_file: Path) -> Path:
    return database_file.with_name(database_file.name + ".lock")


def _lock_beside(path: Path, stack: ExitStack) -> int:
    with in_words(path):
        fd = os.open(path, os.O_RDWR | os.O_CREAT, PRIVATE)
        stack.callback(os.close, fd)
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise _already(f"lock file {path}") from None
    return fd


def _lock_itself(file: Path, stack: ExitStack) -> None:
    fd = make_file(file)
    stack.callback(os.close, fd)
    with in_words(file):
        try:
            fcntl.fcntl(fd, fcntl.F_OFD_SETLK, struct.pack(_FLOCK, fcntl.F_WRLCK, os.SEEK_SET, _FAR_BYTE, 1, 0))
        except (BlockingIOError, PermissionError):
            raise _already(f"{file} is locked, perhaps by another name of the same file") from None


def _already(where: str) -> AlreadyRunning:
    return AlreadyRunning(
        f"another HidSim bot already works on this database ({where}). "
        "Stop it first, or give this one its own DATABASE_URL."
    )


def _age(beside: Path, clock: Callable[[], float]) -> float | None:
    """None when nobody holds it. What holds it and wrote no time is judged by the file's own."""
    fd = os.open(beside, os.O_RDONLY)
    try:
        fcntl.flock(fd, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        written = os.pread(fd, 64, 0).split()
        changed = os.fstat(fd).st_mtime
    else:
        return None
    finally:
        os.close(fd)
    try:
        age = clock() - float(written[1])
    except (IndexError, ValueError):
        return time.time() - changed
    return age if age >= 0 else time.time() - changed


def _is_locked(file: Path) -> bool:
    fd = os.open(file, os.O_RDONLY)
    try:
        asked = struct.pack(_FLOCK, fcntl.F_WRLCK, os.SEEK_SET, _FAR_BYTE, 1, 0)
        kind = struct.unpack(_FLOCK, fcntl.fcntl(fd, fcntl.F_OFD_GETLK, asked))[0]
    finally:
        os.close(fd)
    return bool(kind != fcntl.F_UNLCK)
