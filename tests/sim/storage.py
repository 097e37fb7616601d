"""SQLite without its thread: a statement is carried out when it is asked for, and known a moment later.

So a process can die after a commit that it never heard of. The connections are real ones to a real file; one that its
process leaves behind is closed, which rolls back what was open.
"""

import asyncio
import sqlite3
import weakref
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import aiosqlite.core

from tests.sim.process import here

Dice = Callable[[float, float], float]
_Item = tuple[asyncio.Future[Any] | None, Callable[[], Any]]
LOCK_PATIENCE = 0.25
"""Seconds that the bot lets SQLite wait for a lock."""
_STEP = 0.01
_NO_LIMIT = 1_073_741_823
"""Pages, SQLite's own."""


class Disk:
    """The machine's disk, on which all databases are. What goes wrong with it is SQLite's own doing, not said of it."""

    def __init__(self, dice: Dice) -> None:
        self.dice = dice
        self.hangs_until = 0.0
        self.full = False
        self._stranger: sqlite3.Connection | None = None
        self._open: list[sqlite3.Connection] = []

    @property
    def is_locked(self) -> bool:
        return self._stranger is not None

    def lock(self, file: Path) -> bool:
        """A stranger begins to write. False when somebody else does just now."""
        stranger = sqlite3.connect(file, isolation_level=None, timeout=0)
        try:
            stranger.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            stranger.close()
            return False
        self._stranger = stranger
        return True

    def unlock(self) -> None:
        if self._stranger is not None:
            self._stranger.close()
            self._stranger = None

    def fill(self, *, full: bool) -> None:
        """No database may grow any more, or all may again."""
        self.full = full
        for connection in self._open:
            self._limit(connection)

    def opened(self, connection: sqlite3.Connection) -> None:
        self._open.append(connection)
        self._limit(connection)
        here.get().files.append(connection)

    def _limit(self, connection: sqlite3.Connection) -> None:
        try:
            connection.execute(f"PRAGMA max_page_count={1 if self.full else _NO_LIMIT}")
        except sqlite3.Error:  # closed, or in the middle of something that fails all the same
            return


class _Cursor(sqlite3.Cursor):
    """Never waits inside SQLite: nobody could release a lock meanwhile. The wait is the world's, see `_Turn`."""

    def execute(self, sql: str, *parameters: Any) -> Any:
        return super().execute("PRAGMA busy_timeout=0" if "busy_timeout" in sql else sql, *parameters)


class Connection(sqlite3.Connection):
    """Knows its cursors, so that a system can take away what a dead process still reads."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._cursors: weakref.WeakSet[sqlite3.Cursor] = weakref.WeakSet()
        self.execute("PRAGMA busy_timeout=0")

    def cursor(self, *_: Any) -> Any:
        made = super().cursor(_Cursor)
        self._cursors.add(made)
        return made

    def let_go(self) -> None:
        """What is open is rolled back, as when its process dies; without it SQLite would keep its locks."""
        for cursor in list(self._cursors):
            with suppress(sqlite3.Error):
                cursor.close()
        with suppress(sqlite3.Error):
            self.execute("ROLLBACK")
        self.close()


def _connect(*args: Any, **kwargs: Any) -> Connection:
    return sqlite3.connect(*args, factory=Connection, **kwargs)


def take_the_place_of_threads(disk: Disk) -> None:
    """For all of aiosqlite, before a connection is made."""

    class Turn(_Turn):
        _disk = disk

    aiosqlite.core.SimpleQueue = Turn  # type: ignore[misc,assignment]
    aiosqlite.core.sqlite3 = SimpleNamespace(**vars(sqlite3) | {"connect": _connect})  # type: ignore[assignment]
    aiosqlite.core.Thread = _NoThread  # type: ignore[misc,assignment]


class _NoThread:
    def __init__(self, **_: Any) -> None:
        self.daemon = True

    def start(self) -> None:
        pass


class _Turn:
    """Stands where aiosqlite has a queue to its thread: one statement after the other, each when it is asked for.

    Who meets a lock tries again until the time that the bot gave SQLite for it is over: in the world's time, not ours.
    """

    _disk: Disk

    def __init__(self) -> None:
        self._items: deque[_Item] = deque()
        self._waits = False
        self._free_at = 0.0

    def __class_getitem__(cls, _: Any) -> type["_Turn"]:
        return cls

    def put_nowait(self, item: _Item) -> None:
        if not here.get().dead:
            self._items.append(item)
            self._go_on()

    def _go_on(self) -> None:
        while self._items and not self._waits:
            self._work(self._items[0], LOCK_PATIENCE)

    def _work(self, item: _Item, patience: float) -> None:
        future, work = item
        try:
            result, error = work(), None
        except BaseException as raised:  # noqa: BLE001 - whoever waits gets it, as from the thread
            result, error = None, raised
        loop = asyncio.get_running_loop()
        if patience > 0 and _is_lock(error):
            self._waits = True
            loop.call_later(_STEP, self._again, item, patience - _STEP)
            return
        self._items.popleft()
        self._waits = False
        if isinstance(result, sqlite3.Connection):
            self._disk.opened(result)
        if future is not None:
            begun = max(self._free_at, loop.time(), self._disk.hangs_until)
            self._free_at = begun + self._disk.dice(0.00005, 0.002)
            loop.call_at(self._free_at, _tell, future, result, error)

    def _again(self, item: _Item, patience: float) -> None:
        self._work(item, patience)
        self._go_on()


def _is_lock(error: BaseException | None) -> bool:
    return isinstance(error, sqlite3.OperationalError) and error.sqlite_errorname.startswith("SQLITE_BUSY")


def _tell(future: asyncio.Future[Any], result: Any, error: BaseException | None) -> None:
    if future.done():
        return
    if error is None:
        future.set_result(result)
    else:
        future.set_exception(error)
