"""A transaction has one time, and what is to follow its commit follows nothing else."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, text

from bot.db import audit, entry, invitations, people, processes, schema, switches
from bot.db.database import Database, Tx, network_is_allowed
from bot.db.leases import Lease
from bot.db.money import books
from bot.db.orders import orders, worklist
from bot.db.shop import favorites
from bot.db.switches import Switch
from bot.db.telling import cards, notices
from bot.domain.access import Standing
from bot.domain.acts import Act
from bot.domain.cards import Card, CardRole
from bot.domain.entry import EntryAnswer, Stranger
from bot.domain.ledger import credit
from bot.domain.notices import NoticeKind
from bot.domain.people import Person
from bot.domain.price_window import Window
from bot.faults import DatabaseConflict
from tests.db.fresh import ANN, NOW, Clock, altered, ordered, stock, url_of

BEGUN, A_SECOND = NOW + timedelta(days=1), timedelta(seconds=1)
SWITCH = Switch("a", str, str)


@pytest.fixture
def clock() -> Clock:
    clock = Clock()
    clock.now = BEGUN
    return clock


@pytest.fixture
async def database(file: Path, clock: Clock) -> AsyncIterator[Database]:
    database = Database(url_of(file), clock)
    yield database
    await database.close()


async def times(tx: Tx) -> dict[str, datetime]:
    """Every time that stands in any row, by its column."""
    found: dict[str, datetime] = {}
    for table in schema.metadata.sorted_tables:
        columns = [one for one in table.c if isinstance(one.type, schema.UtcTime)]
        for row in await tx.connection.execute(select(*columns).select_from(table)) if columns else ():
            found |= {f"{table.name}.{name}": at for name, at in row._mapping.items() if at is not None}
    return found


@pytest.mark.parametrize("way", ["read", "write"])
async def test_a_transaction_has_one_time_although_the_clock_goes_on(
    database: Database, clock: Clock, way: str
) -> None:
    async with getattr(database, way)() as tx:
        assert tx.now == BEGUN
        clock.now += A_SECOND
        await tx.connection.execute(text("SELECT 1"))
        assert tx.now == BEGUN
    async with getattr(database, way)() as tx:
        assert tx.now == database.now() == BEGUN + A_SECOND


async def test_who_stood_in_line_has_the_time_at_which_their_turn_came(database: Database, clock: Clock) -> None:
    begun, ends = asyncio.Event(), asyncio.Event()

    async def first() -> datetime:
        async with database.write() as tx:
            begun.set()
            await ends.wait()
            return tx.now

    async def second() -> datetime:
        async with database.write() as tx:
            return tx.now

    async with asyncio.TaskGroup() as group:
        ahead = group.create_task(first())
        await begun.wait()
        waiting = group.create_task(second())
        await asyncio.sleep(0)
        clock.now += A_SECOND
        ends.set()
    assert (ahead.result(), waiting.result()) == (BEGUN, BEGUN + A_SECOND)


async def test_whatever_is_written_in_a_transaction_bears_its_time(database: Database, clock: Clock) -> None:
    async with database.write() as tx:
        for write in (
            stock(tx),
            ordered(tx),
            books.post(tx, credit("k", ANN, 5)),
            audit.write(tx, Act.ORDER_PLACING),
            notices.add(tx, "k", ANN, NoticeKind.NUMBER),
            favorites.save(tx, ANN, 1, 1, Window(1, 2)),
            invitations.add(tx, "code", ANN, BEGUN),
            invitations.use(tx, "code", ANN),
            entry.add(tx, Stranger(ANN, "Ann")),
            entry.answer(tx, ANN, EntryAnswer.ALLOWED, ANN),
            processes.beat(tx, 7),
            switches.put(tx, SWITCH, "on"),
        ):
            clock.now += A_SECOND
            await write
    async with database.read() as tx:
        found = await times(tx)
    assert found == dict.fromkeys(
        (
            "audit.at",
            "entry_requests.answered_at",
            "entry_requests.asked_at",
            "favorites.saved_at",
            "invitations.created_at",
            "invitations.expires_at",
            "invitations.used_at",
            "notices.created_at",
            "notices.due_at",
            "orders.placed_at",
            "people.first_seen_at",
            "processes.beat_at",
            "processes.started_at",
            "switches.at",
            "transfers.at",
        ),
        BEGUN,
    )


async def test_a_later_transaction_writes_its_own_time_over_an_earlier_ones(database: Database, clock: Clock) -> None:
    for seconds in range(2):
        clock.now = BEGUN + seconds * A_SECOND
        async with database.write() as tx:
            await switches.put(tx, SWITCH, "on")
            await processes.beat(tx, 7)
    async with database.read() as tx:
        assert await times(tx) == {
            "switches.at": BEGUN + A_SECOND,
            "processes.beat_at": BEGUN + A_SECOND,
            "processes.started_at": BEGUN,
        }


async def test_what_is_leased_or_done_counts_from_the_transactions_time(database: Database, clock: Clock) -> None:
    lease = Lease(7, timedelta(seconds=30))
    async with database.write() as tx:
        await stock(tx)
        order = await ordered(tx)
        await altered(tx, order.id, state="pending", close_wanted=True)
        await cards.put(tx, Card(ANN, 30, order.id, 1, CardRole.VIEW))
        await orders.show_anew(tx, order.id)
        await notices.add(tx, "k", ANN, NoticeKind.CODE)
    clock.now = later = BEGUN + timedelta(hours=1)
    async with database.write() as tx:
        clock.now += A_SECOND
        assert await worklist.lease_close(tx, order.id, A_SECOND)
        (notice,) = await notices.claim(tx, lease, 1)
        assert len(await cards.claim(tx, cards.Search(1, BEGUN), lease)) == 1
        found = await times(tx)
        await notices.done(tx, {notice.id: 40})
        done = (await times(tx))["notices.done_at"]
    leased = ("orders.closing_until", "notices.leased_until", "cards.leased_until")
    ends = [found[name] - later for name in leased]
    assert ends == [A_SECOND, lease.lasts, lease.lasts]
    assert done == later


def switched_on(file: Path) -> bool:
    """As somebody else finds it in the file."""
    with closing(sqlite3.connect(file)) as stranger:
        return stranger.execute("SELECT 1 FROM switches").fetchone() is not None


async def test_what_is_to_follow_a_commit_follows_it_once_and_in_order(database: Database, file: Path) -> None:
    seen: list[tuple[str, bool]] = []

    def deed(name: str) -> None:
        network_is_allowed()
        seen.append((name, switched_on(file)))

    async with database.write() as tx:
        tx.after_commit(lambda: deed("first"))
        await switches.put(tx, SWITCH, "on")
        tx.after_commit(lambda: deed("second"))
        assert seen == []
    assert seen == [("first", True), ("second", True)]
    async with database.write():
        pass
    assert len(seen) == 2


async def test_nothing_follows_a_look(database: Database) -> None:
    seen: list[str] = []
    async with database.read() as tx:
        tx.after_commit(lambda: seen.append("deed"))
    assert seen == []


async def test_nothing_follows_what_is_rolled_back(database: Database, file: Path) -> None:
    seen: list[str] = []

    async def fails() -> None:
        async with database.write() as tx:
            await switches.put(tx, SWITCH, "on")
            tx.after_commit(lambda: seen.append("deed"))
            raise LookupError("half way")

    with pytest.raises(LookupError):
        await fails()
    assert (seen, switched_on(file)) == ([], False)


async def test_nothing_follows_a_transaction_that_is_cancelled_on_its_way(database: Database, file: Path) -> None:
    seen: list[str] = []
    begun = asyncio.Event()

    async def never_ends() -> None:
        async with database.write() as tx:
            await switches.put(tx, SWITCH, "on")
            tx.after_commit(lambda: seen.append("deed"))
            begun.set()
            await asyncio.Event().wait()

    async with asyncio.TaskGroup() as group:
        task = group.create_task(never_ends())
        await begun.wait()
        task.cancel()
    assert (seen, switched_on(file)) == ([], False)


async def test_nothing_follows_a_commit_that_the_database_refuses(database: Database, file: Path) -> None:
    seen: list[str] = []

    async def refused_at_its_end() -> None:
        async with database.write() as tx:
            await tx.connection.execute(text("PRAGMA defer_foreign_keys = ON"))
            await switches.put(tx, SWITCH, "on")
            await favorites.save(tx, ANN, 1, 1, Window(1, 2))
            tx.after_commit(lambda: seen.append("deed"))

    with pytest.raises(DatabaseConflict, match="FOREIGN KEY"):
        await refused_at_its_end()
    assert (seen, switched_on(file)) == ([], False)


async def test_what_follows_a_commit_may_name_the_time_of_its_transaction(database: Database, clock: Clock) -> None:
    told: list[datetime] = []
    async with database.write() as tx:
        await people.add(tx, Person(ANN, "Ann", Standing.ALLOWED, "en"))
        tx.after_commit(lambda: told.append(tx.now))
        clock.now += A_SECOND
    assert told == [BEGUN]


async def test_who_follows_a_table_hears_of_each_commit_that_wrote_to_it_once(database: Database, file: Path) -> None:
    heard: list[bool] = []
    database.follow("switches", lambda: heard.append(switched_on(file)))
    database.follow("orders", lambda: heard.append(False))
    async with database.write() as tx:
        await switches.put(tx, SWITCH, "on")
        tx.wrote("switches")
        tx.wrote("switches")
        assert heard == []
    async with database.write():
        pass
    assert heard == [True]


async def test_who_follows_a_table_hears_nothing_of_what_is_rolled_back(database: Database) -> None:
    heard: list[str] = []
    database.follow("switches", lambda: heard.append("deed"))

    async def fails() -> None:
        async with database.write() as tx:
            tx.wrote("switches")
            raise LookupError("half way")

    with pytest.raises(LookupError):
        await fails()
    assert heard == []


async def test_who_follows_a_table_hears_of_a_commit_that_failed_because_it_may_stand(database: Database) -> None:
    heard: list[str] = []
    database.follow("switches", lambda: heard.append("deed"))

    async def refused_at_its_end() -> None:
        async with database.write() as tx:
            await tx.connection.execute(text("PRAGMA defer_foreign_keys = ON"))
            await favorites.save(tx, ANN, 1, 1, Window(1, 2))
            tx.wrote("switches")

    with pytest.raises(DatabaseConflict):
        await refused_at_its_end()
    assert heard == ["deed"]
