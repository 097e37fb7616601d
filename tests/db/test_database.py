"""Transactions that know whether they write."""

import asyncio
import sqlite3
from contextvars import Context
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert, select, text
from sqlalchemy.dialects.sqlite import dialect
from sqlalchemy.exc import OperationalError

from bot.db.columns import UtcTime
from bot.db.database import Database, network_is_allowed, read_only, sqlite_file
from bot.db.schema import switches
from bot.faults import DatabaseFault
from tests.db.fresh import NOW

ROW = {"name": "a", "value": "1", "at": NOW}


async def names(database: Database) -> list[str]:
    async with database.read() as tx:
        return list((await tx.connection.execute(select(switches.c.name))).scalars())


async def add(database: Database) -> None:
    async with database.write() as tx:
        await tx.connection.execute(insert(switches).values(**ROW))


async def test_what_was_written_is_there_after_the_block(database: Database) -> None:
    async with database.write() as tx:
        await tx.connection.execute(insert(switches).values(**ROW))
    assert await names(database) == ["a"]


async def test_an_exception_rolls_everything_back(database: Database) -> None:
    async def fails() -> None:
        async with database.write() as tx:
            await tx.connection.execute(insert(switches).values(**ROW))
            raise RuntimeError("half way")

    with pytest.raises(RuntimeError, match="half way"):
        await fails()
    assert await names(database) == []


async def test_a_cancelled_transaction_leaves_nothing_and_frees_the_connection(database: Database) -> None:
    begun = asyncio.Event()

    async def never_ends() -> None:
        async with database.write() as tx:
            await tx.connection.execute(insert(switches).values(**ROW))
            begun.set()
            await asyncio.Event().wait()

    async with asyncio.TaskGroup() as group:
        task = group.create_task(never_ends())
        await begun.wait()
        task.cancel()
    assert await names(database) == []


async def test_nothing_can_be_written_where_one_only_reads(database: Database) -> None:
    async with database.read() as tx:
        with pytest.raises(RuntimeError, match="write inside read"):
            await tx.connection.execute(insert(switches).values(**ROW))
    assert await names(database) == []


async def test_a_reader_beside_the_bot_sees_one_state_however_long_it_reads(database: Database, file: Path) -> None:
    beside = Database(read_only(file), beside=True)
    try:
        async with beside.read() as tx:
            before = list(await tx.connection.execute(select(switches.c.name)))
            async with asyncio.TaskGroup() as group:
                group.create_task(add(database), context=Context())
            assert list(await tx.connection.execute(select(switches.c.name))) == before == []
    finally:
        await beside.close()
    assert await names(database) == ["a"]


@pytest.mark.parametrize("outer", ["read", "write"])
@pytest.mark.parametrize("inner", ["read", "write"])
async def test_a_second_connection_inside_a_transaction_is_refused(database: Database, outer: str, inner: str) -> None:
    async with getattr(database, outer)():
        with pytest.raises(RuntimeError, match="second connection"):
            async with getattr(database, inner)():
                pytest.fail("it was let in")
    assert await names(database) == []


async def test_the_network_is_forbidden_inside_a_transaction_only(database: Database) -> None:
    network_is_allowed()
    for way in (database.read, database.write):
        async with way():
            with pytest.raises(RuntimeError, match="network call"):
                network_is_allowed()
    with pytest.raises(LookupError):
        async with database.write():
            raise LookupError
    network_is_allowed()


async def test_transactions_of_two_tasks_stand_in_line(database: Database) -> None:
    seen: list[str] = []

    async def one(name: str) -> None:
        async with database.write() as tx:
            seen.append(f"{name} begins")
            await tx.connection.execute(insert(switches).values(**(ROW | {"name": name})))
            await asyncio.sleep(0)
            seen.append(f"{name} ends")

    await asyncio.gather(one("a"), one("b"))
    assert seen in (["a begins", "a ends", "b begins", "b ends"], ["b begins", "b ends", "a begins", "a ends"])
    assert sorted(await names(database)) == ["a", "b"]


async def test_a_writer_takes_the_lock_at_its_start(database: Database, file: Path) -> None:
    stranger = sqlite3.connect(file, timeout=0, isolation_level=None)
    try:
        async with database.write() as tx:
            await tx.connection.execute(text("SELECT 1"))
            with pytest.raises(sqlite3.OperationalError, match="locked"):
                stranger.execute("BEGIN IMMEDIATE")
        async with database.read() as tx:
            await tx.connection.execute(select(switches))
            stranger.execute("BEGIN IMMEDIATE")
            stranger.execute("ROLLBACK")
    finally:
        stranger.close()


async def test_the_file_survives_a_power_cut_and_keeps_its_references(database: Database) -> None:
    async with database.read() as tx:
        said = {
            name: (await tx.connection.exec_driver_sql(f"PRAGMA {name}")).scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    assert said == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


async def test_a_fault_does_not_say_what_was_to_be_written(database: Database) -> None:
    async def writes_twice() -> None:
        async with database.write() as tx:
            for _ in range(2):
                await tx.connection.execute(insert(switches).values(**(ROW | {"value": "Your code is 123456"})))

    with pytest.raises(DatabaseFault) as caught:
        await writes_twice()
    assert "123456" not in f"{caught.value} {caught.value!r}"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("sqlite+aiosqlite:///data/bot.db", Path("data/bot.db")),
        ("sqlite+aiosqlite:////srv/bot.db", Path("/srv/bot.db")),
        ("sqlite+aiosqlite:///:memory:", None),
        ("sqlite+aiosqlite://", None),
        ("postgresql+psycopg://db/bot", None),
    ],
)
def test_the_file_behind_a_url(url: str, expected: Path | None) -> None:
    assert sqlite_file(url) == expected


@given(st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(2200, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001
def test_a_time_comes_back_to_the_microsecond(at: datetime) -> None:
    kind, engine = UtcTime(), dialect()
    assert kind.process_result_value(kind.process_bind_param(at, engine), engine) == at


def test_times_of_other_zones_are_kept_as_the_same_moment_and_none_as_none() -> None:
    kind, engine = UtcTime(), dialect()
    there = NOW.astimezone(timezone(timedelta(hours=5, minutes=45)))
    assert kind.process_bind_param(there, engine) == kind.process_bind_param(NOW, engine)
    assert kind.process_bind_param(None, engine) is None
    assert kind.process_result_value(None, engine) is None


async def test_a_time_survives_the_file(database: Database) -> None:
    at = NOW + timedelta(microseconds=1)
    async with database.write() as tx:
        await tx.connection.execute(insert(switches).values(**(ROW | {"at": at})))
    async with database.read() as tx:
        assert (await tx.connection.execute(select(switches.c.at))).scalar_one() == at
        assert (await tx.connection.exec_driver_sql("SELECT typeof(at) FROM switches")).scalar_one() == "integer"


async def glanced(database: Database) -> list[str]:
    async with database.glance() as tx:
        return list((await tx.connection.execute(select(switches.c.name))).scalars())


async def test_a_glance_sees_what_is_committed_and_waits_for_no_write(database: Database) -> None:
    begun, ends = asyncio.Event(), asyncio.Event()

    async def writes() -> None:
        async with database.write() as tx:
            await tx.connection.execute(insert(switches).values(**ROW))
            begun.set()
            await ends.wait()

    async with asyncio.TaskGroup() as group:
        writing = group.create_task(writes())
        await begun.wait()
        assert await glanced(database) == []
        assert not writing.done()
        ends.set()
    assert await glanced(database) == ["a"]


async def test_nothing_can_be_written_in_a_glance(database: Database) -> None:
    async with database.glance() as tx:
        with pytest.raises(RuntimeError, match="write inside read"):
            await tx.connection.execute(insert(switches).values(**ROW))
    async with database.glance() as tx:
        with pytest.raises(OperationalError, match="readonly"):
            await tx.connection.execute(text("DELETE FROM switches"))
    await add(database)
    assert await glanced(database) == ["a"]


async def test_a_glance_sees_one_state_and_another_one_meanwhile_is_a_read(database: Database) -> None:
    async with database.glance() as tx:
        assert (await tx.connection.execute(select(switches.c.name))).all() == []
        async with asyncio.TaskGroup() as group:
            group.create_task(add(database), context=Context())
        async with asyncio.TaskGroup() as group:
            beside = group.create_task(glanced(database), context=Context())
        assert beside.result() == ["a"]
        assert (await tx.connection.execute(select(switches.c.name))).all() == []
    assert await glanced(database) == ["a"]


async def test_a_glance_inside_a_transaction_is_a_mistake(database: Database) -> None:
    async with database.write():
        with pytest.raises(RuntimeError, match="second connection"):
            await glanced(database)
    async with database.glance():
        with pytest.raises(RuntimeError, match="second connection"):
            await names(database)
        with pytest.raises(RuntimeError, match="network call"):
            network_is_allowed()


async def test_a_fault_in_a_glance_is_a_database_fault_and_the_next_one_works(database: Database) -> None:
    with pytest.raises(DatabaseFault):
        async with database.glance() as tx:
            await tx.connection.execute(text("SELECT nothing FROM nowhere"))
    assert await glanced(database) == []


async def surveyed(database: Database) -> list[str]:
    async with database.survey() as tx:
        return list((await tx.connection.execute(select(switches.c.name))).scalars())


async def test_a_survey_sees_one_state_while_others_read_and_write(database: Database) -> None:
    async with database.survey() as tx:
        assert (await tx.connection.execute(select(switches.c.name))).all() == []
        async with asyncio.TaskGroup() as group:
            group.create_task(add(database), context=Context())
        async with asyncio.TaskGroup() as group:
            beside = group.create_task(names(database), context=Context())
        assert beside.result() == ["a"]
        assert (await tx.connection.execute(select(switches.c.name))).all() == []
    assert await surveyed(database) == ["a"]


async def test_nothing_can_be_written_in_a_survey_and_it_is_no_second_connection(database: Database) -> None:
    async with database.survey() as tx:
        with pytest.raises(RuntimeError, match="write inside read"):
            await tx.connection.execute(insert(switches).values(**ROW))
        with pytest.raises(RuntimeError, match="second connection"):
            await names(database)
    with pytest.raises(DatabaseFault):
        async with database.survey() as tx:
            await tx.connection.execute(text("DELETE FROM switches"))
    async with database.write():
        with pytest.raises(RuntimeError, match="second connection"):
            await surveyed(database)


async def test_a_database_closes_after_its_survey(database: Database) -> None:
    begun, ends = asyncio.Event(), asyncio.Event()

    async def looks() -> None:
        async with database.survey() as tx:
            begun.set()
            await ends.wait()
            assert (await tx.connection.execute(select(switches.c.name))).all() == []

    async with asyncio.TaskGroup() as group:
        group.create_task(looks())
        await begun.wait()
        closing = group.create_task(database.close())
        ends.set()
    assert closing.done()


async def test_a_glance_at_a_file_that_is_not_there_yet_reads_in_the_line(tmp_path: Path) -> None:
    database = Database(f"sqlite+aiosqlite:///{tmp_path}/a b%20#?.db")
    try:
        for _ in range(2):
            async with database.glance() as tx:
                assert (await tx.connection.execute(text("SELECT 1"))).scalar_one() == 1
    finally:
        await database.close()
