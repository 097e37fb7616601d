"""What becomes of notices is written in groups: nobody waits for one, nobody is lost in one."""

import asyncio
import itertools
import shutil
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from datetime import timedelta
from pathlib import Path

import pytest

from bot.db.database import Database, Tx
from bot.db.orders import orders
from bot.db.telling import notices
from bot.domain.notices import NoticeKind
from bot.faults import DatabaseConflict, DatabaseFault
from bot.services.telling.marks import Done, Marks, PutOff
from bot.tasks import Nursery
from tests.db.fresh import ANN, NOW, ordered, stock, url_of
from tests.db.stranger import writing


class Each:
    """A clock that says another time whenever it is asked: what was written together bears one time."""

    def __init__(self) -> None:
        self._seconds = itertools.count()

    def __call__(self) -> object:
        return NOW + timedelta(seconds=next(self._seconds))


@pytest.fixture
def file(migrated_file: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(migrated_file, tmp_path / "bot.db"))


@pytest.fixture
async def database(file: Path) -> AsyncIterator[Database]:
    """With fifty notices, the ids 1 to 50, and Ann's orders 1 and 2; the first has an operation."""
    database = Database(url_of(file), Each())  # type: ignore[arg-type]
    async with database.write() as tx:
        await stock(tx)
        for number in range(50):
            await notices.add(tx, f"k{number}", ANN, NoticeKind.ALERT)
        first = await ordered(tx, nonce="n1")
        await ordered(tx, nonce="n2")
        await orders.name_operation(tx, first.id, "f" * 24)
    yield database
    await database.close()


@pytest.fixture
def marks(database: Database) -> Marks:
    return Marks(database, Nursery())


async def nothing(_tx: Tx) -> None:
    return


async def takes_anothers_operation(tx: Tx) -> None:
    await orders.name_operation(tx, 2, "f" * 24)


async def makes_a_mistake(_tx: Tx) -> None:
    raise LookupError("a mistake of ours")


@asynccontextmanager
async def busy(database: Database) -> AsyncIterator[None]:
    """While somebody else has the connection."""
    begun, ends, other = asyncio.Event(), asyncio.Event(), Nursery()

    async def holds() -> None:
        async with database.write():
            begun.set()
            await ends.wait()

    other.start(holds(), "somebody else")
    await begun.wait()
    try:
        yield
    finally:
        ends.set()
        await other.drain(5)


def done(notice_id: int) -> Done:
    return Done(notice_id, 1000 + notice_id, nothing)


def asked(file: Path, query: str) -> list[tuple[int, ...]]:
    """By another connection, which sees what is committed."""
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute(query).fetchall()


def marked(file: Path) -> list[tuple[int, ...]]:
    return asked(file, "SELECT id, message_id FROM notices WHERE done_at IS NOT NULL ORDER BY id")


async def test_marks_that_come_together_are_one_commit_and_each_keeps_its_message(marks: Marks, file: Path) -> None:
    await asyncio.gather(*(marks.write(done(number)) for number in range(1, 41)))
    assert marked(file) == [(number, 1000 + number) for number in range(1, 41)]
    assert asked(file, "SELECT COUNT(DISTINCT done_at) FROM notices") == [(1,)]


async def test_who_comes_while_the_connection_is_busy_is_part_of_the_next_commit(
    database: Database, marks: Marks, file: Path
) -> None:
    writing_all = Nursery()
    async with busy(database):
        for number in range(1, 11):
            writing_all.start(marks.write(done(number)), "a mark")
            await asyncio.sleep(0)
        assert marked(file) == []
    assert await writing_all.drain(5) == 0
    assert len(marked(file)) == 10
    assert asked(file, "SELECT COUNT(DISTINCT done_at) FROM notices") == [(1,)]


async def test_a_mark_alone_waits_for_nobody_and_is_committed_when_it_returns(marks: Marks, file: Path) -> None:
    for number in range(1, 4):
        await marks.write(done(number))
        assert marked(file)[-1] == (number, 1000 + number)


@pytest.mark.parametrize(
    ("wrong", "error"), [(takes_anothers_operation, DatabaseConflict), (makes_a_mistake, LookupError)]
)
async def test_what_is_wrong_with_one_mark_loses_no_other(
    marks: Marks, file: Path, wrong: object, error: type[Exception]
) -> None:
    group = [done(1), done(2), Done(3, 1003, wrong), done(4), done(5)]  # type: ignore[arg-type]
    told = await asyncio.gather(*(marks.write(one) for one in group), return_exceptions=True)
    assert [type(one) for one in told] == [type(None), type(None), error, type(None), type(None)]
    assert [notice_id for notice_id, _ in marked(file)] == [1, 2, 4, 5]
    await marks.write(done(3))
    assert len(marked(file)) == 5


async def test_while_nothing_can_be_written_each_hears_of_it_and_later_ones_are_written(
    marks: Marks, file: Path
) -> None:
    with writing(file):
        told = await asyncio.gather(*(marks.write(done(number)) for number in range(1, 6)), return_exceptions=True)
    assert all(isinstance(one, DatabaseFault) for one in told)
    assert marked(file) == []
    await marks.write(done(1))
    assert marked(file) == [(1, 1001)]


async def test_who_is_cancelled_takes_nobody_along(database: Database, marks: Marks, file: Path) -> None:
    writing_all = Nursery()
    async with busy(database):
        tasks = [writing_all.start(marks.write(done(number)), "a mark") for number in range(1, 4)]
        await asyncio.sleep(0)
        tasks[1].cancel()
    await writing_all.drain(5)
    assert {1, 3} <= {notice_id for notice_id, _ in marked(file)}


async def test_a_stop_leaves_nobody_waiting_for_what_is_not_written(database: Database, file: Path) -> None:
    nursery, lanes = Nursery(), Nursery()
    marks = Marks(database, nursery)
    async with busy(database):
        lanes.start(marks.write(done(1)), "a mark")
        await asyncio.sleep(0)
        await nursery.drain(0)
        assert await lanes.drain(5) == 0
    assert marked(file) == []


async def test_what_is_put_off_and_what_is_done_are_one_commit(database: Database, marks: Marks, file: Path) -> None:
    later = NOW + timedelta(hours=1)
    await asyncio.gather(marks.write(done(1)), marks.write(PutOff(2, later, refused=True)))
    assert asked(file, "SELECT id, tries FROM notices WHERE done_at IS NULL AND tries > 0") == [(2, 1)]
    async with database.read() as tx:
        assert not {2} & {one.id for one in await notices.due(tx, 50)}
