"""The one door to the database: an engine, and transactions that know whether they write.

SQLite: one connection, because two writers in one process only wait for each other; WAL with synchronous=FULL, so that
an acknowledged commit survives a power cut; BEGIN IMMEDIATE for writers, so that a lock is met at the start and not at
the commit. Beside it stand two that can't write, for glances and for surveys. A function that needs the database
receives the transaction (`Tx`) and never opens a second one.
"""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import URL, event, make_url
from sqlalchemy.exc import DBAPIError, IntegrityError, PendingRollbackError, ResourceClosedError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool

from bot.db.glances import Glances
from bot.db.location import SQLITE_URL, in_words, real, sqlite_file
from bot.db.tx import Tx
from bot.faults import DatabaseBusy, DatabaseConflict, DatabaseFault

__all__ = [
    "Database",
    "Tx",
    "network_is_allowed",
    "read_only",
    "sqlite_file",
    "usable",
]


_FAULTS = (DBAPIError, PoolTimeoutError, ResourceClosedError, PendingRollbackError, sqlite3.Error, OSError)
"""All that SQLAlchemy, its pool, the driver and the system raise for it; a mistake in a statement's form is none."""

_PATIENCE = 5.0
"""Seconds in the line for the connection. Whoever must wait on tries again; a person is told instead."""
_LONG_PATIENCE = 30.0
"""Seconds in the line for a survey: the one before may look at very many rows."""
_LONGEST_WAIT_FOR_A_LOCK_MS = 250
"""Only a stranger (an operator's shell) can hold it; whoever waits for it keeps everybody else from reading too."""

_DRIVER = SQLITE_URL.partition(":")[0]
_READ_ONLY = "?mode=ro&uri=true"
_NEVER_WRITES = {"mode": "ro", "uri": "true"}

_SECOND = "a second connection inside a transaction: pass the first one on"
_inside: ContextVar[bool] = ContextVar("inside_transaction", default=False)


def network_is_allowed() -> None:
    """Raises RuntimeError inside a transaction: a network call there keeps everybody waiting for a stranger."""
    if _inside.get():
        raise RuntimeError("a network call inside a database transaction")


def read_only(file: Path) -> str:
    """A URL that can't write, for a look beside a running bot."""
    return f"{SQLITE_URL}{file.absolute().as_uri()}{_READ_ONLY}"


def _address(url: str) -> URL:
    """A file's path is taken as it is written, with #, %, ? and blanks; only `read_only` makes a URI of it."""
    if url.endswith(_READ_ONLY):
        uri = url.removeprefix(SQLITE_URL).removesuffix(_READ_ONLY)
        return URL.create(_DRIVER, database=uri, query=_NEVER_WRITES)
    file = sqlite_file(url)
    return make_url(url) if file is None else URL.create(_DRIVER, database=str(file))


def _of_a_reader(url: str) -> URL:
    """The same file for SQLite's own driver, never made by it."""
    return URL.create("sqlite", database=Path(_address(url).database or "").absolute().as_uri(), query=_NEVER_WRITES)


def _on_connect(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # the driver must not begin on its own: _begin_write does
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "secure_delete=ON",  # what is erased is gone from the file, not only from its tables
        f"busy_timeout={_LONGEST_WAIT_FOR_A_LOCK_MS}",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_write(connection: Any) -> None:
    """Reading begins nothing: who has the one connection has the whole database, and each statement costs time."""
    if connection.get_execution_options().get("writes", False):
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def _begin(connection: Any) -> None:
    connection.exec_driver_sql("BEGIN")


def _only_reads(connection: Any, statement: Any, *_: Any) -> None:
    if getattr(statement, "is_dml", False) and not connection.get_execution_options().get("writes", False):
        raise RuntimeError("a write inside read()")


@contextmanager
def usable(file: Path) -> Iterator[None]:
    """What the system or SQLite has against the file becomes a sentence for the operator: DatabaseUnusable."""
    with in_words(real(file)):
        try:
            yield
        except DatabaseFault as fault:
            raise fault.orig or fault from None


@contextmanager
def _as_faults() -> Iterator[None]:
    """The one place where other people's exceptions become ours, whoever raised them: entering, body or end."""
    try:
        yield
    except IntegrityError as error:
        raise DatabaseConflict.of(error) from error
    except _FAULTS as error:
        raise DatabaseFault.of(error) from error


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Database:
    """Opens lazily, closes once. `write()` is a transaction that commits when its block ends.

    Everything that goes wrong with the database itself is a DatabaseFault, also a wait of more than `patience` seconds
    for the one connection. A commit that has begun is never given up: who is cancelled meanwhile leaves it to end
    behind them, and the connection is free only when it has.

    `now`: the clock that transactions go by; SQLite has no other one than its machine's.
    `beside`: another process writes to the same file, so reading takes a snapshot; nothing can be written then.
    """

    def __init__(
        self,
        url: str,
        now: Callable[[], datetime] = _utc_now,
        *,
        beside: bool = False,
        patience: float = _PATIENCE,
    ) -> None:
        self.url = url
        self._now = now
        self._patience = patience
        self._turn = asyncio.Lock()
        self._followers: dict[str, list[Callable[[], None]]] = {}
        self._engine: AsyncEngine = create_async_engine(
            _address(url),
            poolclass=AsyncAdaptedQueuePool,
            pool_size=1,
            max_overflow=0,
            pool_timeout=patience,
            hide_parameters=True,  # else a fault's text would show the SMS that could not be written
        )
        if self._engine.dialect.name == "sqlite":
            event.listen(self._engine.sync_engine, "connect", _on_connect)
            event.listen(self._engine.sync_engine, "begin", _begin if beside else _begin_write)
        event.listen(self._engine.sync_engine, "before_execute", _only_reads)
        file = None if beside else sqlite_file(url)
        self._surveys = None if file is None else Database(read_only(file), now, beside=True, patience=_LONG_PATIENCE)
        self._glances = None if file is None else Glances(_of_a_reader(url))
        if self._glances is not None:
            event.listen(self._glances.engine, "before_execute", _only_reads)

    async def close(self) -> None:
        """After what is on its way, unless that takes too long."""
        if self._glances is not None:
            self._glances.close()  # first: SQLite tidies up behind the last connection, and this one can't
        if self._surveys is not None:
            await self._surveys.close()
        try:
            await self._stand_in_line()
        except DatabaseBusy:
            await self._engine.dispose()
        else:
            await self._engine.dispose()
            self._turn.release()

    def follow(self, table: str, deed: Callable[[], None]) -> None:
        """Calls `deed` after each commit of this process that wrote to the table, as far as `Tx.wrote` was told.

        It only takes note: it must not fail, nor use the database itself.
        """
        self._followers.setdefault(table, []).append(deed)

    def now(self) -> datetime:
        """UTC, by the database's clock: what a transaction that begins at this moment calls now."""
        return self._now()

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Tx]:
        """What several statements see in here is one state of the database.

        Raises DatabaseFault, and RuntimeError for a write.
        """
        async with self._transaction(writes=False) as tx:
            yield tx

    @asynccontextmanager
    async def glance(self) -> AsyncIterator[Tx]:
        """As `read()`, at once: for the few rows of a screen, on the loop's own thread, before a write under way.

        Sees what is committed, so not for what is remembered or acted on. A `read()` where a glance can't be had.
        """
        if _inside.get():
            raise RuntimeError(_SECOND)
        connection = self._glances.begin() if self._glances is not None else None
        if self._glances is None or connection is None:
            async with self.read() as tx:
                yield tx
            return
        token = _inside.set(True)
        try:
            with _as_faults():
                yield Tx(connection, self._now())
        finally:
            _inside.reset(token)
            self._glances.end()

    @asynccontextmanager
    async def survey(self) -> AsyncIterator[Tx]:
        """As `read()`, for many rows: on a connection of its own, so that nobody else waits for it; one at a time.

        Sees what is committed when it begins. The file can't be tidied up meanwhile, so end it between slices.
        """
        async with (self._surveys or self).read() as tx:
            yield tx

    @asynccontextmanager
    async def write(self) -> AsyncIterator[Tx]:
        """A transaction that holds the write lock from its first statement. Commits, or rolls back on any exception.

        Raises DatabaseFault: nothing was written.
        """
        async with self._transaction(writes=True) as tx:
            yield tx

    @asynccontextmanager
    async def _transaction(self, *, writes: bool) -> AsyncIterator[Tx]:
        if _inside.get():
            raise RuntimeError(_SECOND)
        await self._stand_in_line()
        connection, done = self._engine.connect(), None
        with _as_faults():
            try:
                await connection.start()
                await connection.execution_options(writes=writes)
                if writes:
                    await connection.begin()
                token = _inside.set(True)
                tx = Tx(connection, self._now(), self._followers)
                try:
                    yield tx
                finally:
                    _inside.reset(token)
                done = tx if writes else None
            finally:
                await asyncio.shield(self._leave(connection, done))

    async def _stand_in_line(self) -> None:
        """First come, first served. Raises DatabaseBusy."""
        try:
            async with asyncio.timeout(self._patience):
                await self._turn.acquire()
        except TimeoutError:
            raise DatabaseBusy(f"the connection was not free within {self._patience:g} s") from None

    async def _leave(self, connection: AsyncConnection, done: Tx | None) -> None:
        """Shielded by its caller: a driver's thread can't be called back, so nobody may come before it is done.

        `done`: what is to be committed, and followed by its deeds even when its caller has been cancelled meanwhile.
        """
        try:
            if done is not None:
                await connection.commit()
        finally:
            try:
                if connection.sync_connection is not None:
                    await connection.close()  # rolls back what is open
            finally:
                self._turn.release()
                if done is not None:
                    done.ended()
        if done is not None:
            done.committed()
