"""One process per database: a lock file beside it, whose age is the sign of life that `hidsim-bot health` reads."""

import fcntl
import os
from pathlib import Path
from types import TracebackType
from typing import Self


class AlreadyRunning(Exception):
    """Another process works on this database. Its message is for the operator."""


class ProcessLock:
    """Held from `with` to its end, and released by the system if the process dies. Does not wait."""

    def __init__(self, database_file: Path) -> None:
        self._path = lock_path(database_file)
        self._fd: int | None = None

    def __enter__(self) -> Self:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        fd = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(fd)
            raise AlreadyRunning(
                f"another HidSim bot already works on this database (lock file {self._path}). "
                "Stop it first, or give this one its own DATABASE_URL."
            ) from None
        self._fd = fd
        self.beat()
        return self

    async def breathe(self) -> None:
        """The clock's tick."""
        self.beat()

    def beat(self) -> None:
        """Refreshes the sign of life."""
        os.utime(self._path)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._fd is not None:
            os.close(self._fd)
            self._fd = None


def lock_path(database_file: Path) -> Path:
    return database_file.with_name(database_file.name + ".lock")


def held_since(database_file: Path) -> float | None:
    """When the holder last gave a sign of life (Unix seconds); None when nobody holds the lock."""
    try:
        fd = os.open(lock_path(database_file), os.O_RDWR)
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(fd, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return os.fstat(fd).st_mtime
    finally:
        os.close(fd)
    return None
