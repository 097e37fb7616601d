"""The disk hangs, the file can't be opened, the connection is closed: one exception, and nothing is poisoned."""

import asyncio
import sqlite3
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.exc import ResourceClosedError

from bot.db.database import Database, Tx
from bot.db.schema import switches
from bot.faults import DatabaseBusy, DatabaseConflict, DatabaseFault
from bot.tasks import Nursery
from tests.db.fresh import NOW, url_of


def row(name: str) -> dict[str, object]:
    return {"name": name, "value": "1", "at": NOW}


async def names(database: Database) -> list[str]:
    async with database.read() as tx:
        return sorted((await tx.connection.execute(select(switches.c.name))).scalars())


async def add(database: Database, name: str) -> None:
    async with database.write() as tx:
        await tx.connection.execute(insert(switches).values(**row(name)))


class Disk:
    """Hangs in the driver's own thread at every statement that begins with `at`, until it is mended."""

    def __init__(self, at: str) -> None:
        self._at = at
        self._mended = threading.Event()
        self.hung = asyncio.Event()
        self._loop = asyncio.get_running_loop()

    def __call__(self, statement: str) -> None:
        if statement.startswith(self._at) and not self._mended.is_set():
            self._loop.call_soon_threadsafe(self.hung.set)
            self._mended.wait(20)

    def mend(self) -> None:
        self._mended.set()


@asynccontextmanager
async def hanging(database: Database, at: str) -> AsyncIterator[Disk]:
    async with database.read() as tx:
        driver = (await tx.connection.get_raw_connection()).driver_connection
        assert driver is not None
        disk = Disk(at)
        await driver.set_trace_callback(disk)
    try:
        yield disk
    finally:
        disk.mend()


@pytest.fixture
async def hurried(file: Path) -> AsyncIterator[Database]:
    database = Database(url_of(file), patience=0.05)
    yield database
    await database.close()


@contextmanager
def stranger(file: Path) -> Iterator[None]:
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    yield
    other.execute("ROLLBACK")
    other.close()


@pytest.mark.parametrize("way", ["read", "write"])
async def test_who_stands_in_line_for_a_connection_that_hangs_is_told_soon(hurried: Database, way: str) -> None:
    async with asyncio.TaskGroup() as group, hanging(hurried, "COMMIT") as disk:
        group.create_task(add(hurried, "a"))
        await disk.hung.wait()
        for _ in range(3):
            with pytest.raises(DatabaseBusy, match=r"not free within 0\.05 s"):
                async with getattr(hurried, way)():
                    pytest.fail("it was let in")
    assert await names(hurried) == ["a"]


async def test_a_commit_that_hangs_for_longer_than_anybody_waits_is_carried_out_once(hurried: Database) -> None:
    async with asyncio.TaskGroup() as group, hanging(hurried, "COMMIT") as disk:
        written = group.create_task(add(hurried, "a"))
        await disk.hung.wait()
        with pytest.raises(DatabaseFault):
            await add(hurried, "b")
        assert not written.done()
    assert written.done()
    assert await names(hurried) == ["a"]


@pytest.mark.parametrize("at", ["COMMIT", "INSERT", "BEGIN"])
async def test_who_is_cancelled_while_the_disk_hangs_leaves_no_transaction_open(
    database: Database, file: Path, at: str
) -> None:
    async with hanging(database, at) as disk:
        task = Nursery().start(add(database, "a"), "add")
        await disk.hung.wait()
        task.cancel()
        mends = asyncio.get_running_loop().call_later(0.1, disk.mend)
        with pytest.raises(asyncio.CancelledError):
            await task
        await add(database, "b")
        mends.cancel()
    assert await names(database) == (["a", "b"] if at == "COMMIT" else ["b"])
    with stranger(file):
        assert await names(database) == (["a", "b"] if at == "COMMIT" else ["b"])


# Python 3.13 says it of a file that was opened when nobody waited any more: the driver drops it, which closes it.
@pytest.mark.filterwarnings("ignore:unclosed database:ResourceWarning")
async def test_a_write_cancelled_at_any_moment_is_whole_or_nothing_and_the_next_one_works(database: Database) -> None:
    luck, finished, threads = Random(1), set[str](), threading.active_count()
    for turn in range(150):
        task = Nursery().start(add(database, f"{turn:03}"), "add")
        for _ in range(luck.randrange(60)):
            await asyncio.sleep(0)
        task.cancel()
        done, _ = await asyncio.wait([task], timeout=5)
        assert done
        if not task.cancelled():
            finished.add(f"{turn:03}")
        await add(database, f"after {turn:03}")
    found = set(await names(database))
    assert finished <= found
    assert {f"after {turn:03}" for turn in range(150)} <= found
    await no_more_threads_than(threads + 1)


async def test_what_is_to_follow_a_commit_follows_it_when_nobody_waits_for_it_any_more(database: Database) -> None:
    seen: list[str] = []

    async def writes() -> None:
        async with database.write() as tx:
            await tx.connection.execute(insert(switches).values(**row("a")))
            tx.after_commit(lambda: seen.append("deed"))

    async with hanging(database, "COMMIT") as disk:
        task = Nursery().start(writes(), "writes")
        await disk.hung.wait()
        task.cancel()
        disk.mend()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert await names(database) == ["a"]
    assert seen == ["deed"]


async def no_more_threads_than(count: int) -> None:
    """A connection that was interrupted, or never opened, takes its thread with it."""
    async with asyncio.timeout(5):
        while threading.active_count() > count:  # noqa: ASYNC110 - a thread rings no bell
            await asyncio.sleep(0.01)


async def test_who_waits_in_line_is_let_in_in_turn_when_others_gave_up(hurried: Database) -> None:
    release = asyncio.Event()

    async def holds() -> None:
        async with hurried.write():
            await release.wait()

    async with asyncio.TaskGroup() as group:
        group.create_task(holds())
        await asyncio.sleep(0)
        for _ in range(5):
            with pytest.raises(DatabaseBusy):
                await names(hurried)
        release.set()
    assert await names(hurried) == []


async def test_a_file_that_cant_be_opened_is_a_fault_of_the_database_and_frees_the_line(tmp_path: Path) -> None:
    threads = threading.active_count()
    database = Database(url_of(tmp_path / "nowhere" / "bot.db"), patience=1)
    for _ in range(2):
        with pytest.raises(DatabaseFault, match="unable to open database file") as caught:
            await names(database)
        assert not isinstance(caught.value, DatabaseBusy)
    await database.close()
    await no_more_threads_than(threads)


async def test_a_file_that_a_stranger_locks_is_a_fault_of_the_database(database: Database, file: Path) -> None:
    with stranger(file), pytest.raises(DatabaseFault, match="locked"):
        await add(database, "a")
    await add(database, "b")
    assert await names(database) == ["b"]


async def test_a_row_that_contradicts_another_one_is_a_conflict(database: Database) -> None:
    await add(database, "a")
    with pytest.raises(DatabaseConflict, match="UNIQUE"):
        await add(database, "a")


async def closes_its_driver(tx: Tx) -> None:
    driver = (await tx.connection.get_raw_connection()).driver_connection
    assert driver is not None
    await driver.close()
    await tx.connection.execute(text("SELECT 1"))


async def raises_sqlites_own(_: Tx) -> None:
    raise sqlite3.OperationalError("disk I/O error")


async def raises_the_systems(_: Tx) -> None:
    raise OSError(28, "No space left on device")


async def uses_a_result_that_is_closed(tx: Tx) -> None:
    result = await tx.connection.execute(text("SELECT 1"))
    result.close()
    with pytest.raises(ResourceClosedError):
        result.fetchall()
    result.fetchall()


@pytest.mark.parametrize(
    "trouble", [closes_its_driver, raises_sqlites_own, raises_the_systems, uses_a_result_that_is_closed]
)
@pytest.mark.parametrize("way", ["read", "write"])
async def test_whatever_exception_it_is_the_caller_meets_one_kind_and_the_next_one_works(
    database: Database, trouble: object, way: str
) -> None:
    async def meets_it() -> None:
        async with getattr(database, way)() as tx:
            await trouble(tx)  # type: ignore[operator]

    with pytest.raises(DatabaseFault):
        await meets_it()
    await add(database, "b")
    assert await names(database) == ["b"]


async def test_a_mistake_of_ours_is_no_fault_of_the_database(database: Database) -> None:
    async def mistaken() -> None:
        async with database.write() as tx:
            await add_without_a_value(tx)

    async def add_without_a_value(tx: Tx) -> None:
        await tx.connection.execute(insert(switches).values(**row("a")))
        raise LookupError("an order vanished")

    with pytest.raises(LookupError):
        await mistaken()
    assert await names(database) == []


async def test_closing_waits_for_what_is_on_its_way(file: Path) -> None:
    database = Database(url_of(file))
    async with hanging(database, "COMMIT") as disk:
        task = Nursery().start(add(database, "a"), "add")
        await disk.hung.wait()
        task.cancel()
        asyncio.get_running_loop().call_later(0.05, disk.mend)
        await database.close()
        with pytest.raises(asyncio.CancelledError):
            await task
    other = Database(url_of(file))
    assert await names(other) == ["a"]
    await other.close()
