"""The outbox: each person's notices in their order, codes first across people, each given to one sender."""

from datetime import timedelta

from bot.db import notices as rows
from bot.db import people
from bot.db.database import AsyncConnection, Database
from bot.db.leases import Lease
from bot.domain.notices import Notice, NoticeKind
from tests.db.fresh import ANN, BEN, NOW, stock

K = NoticeKind
UNTIL = NOW + timedelta(seconds=60)
CAT = 300


async def add(connection: AsyncConnection, key: str, person_id: int, kind: NoticeKind) -> None:
    await rows.add(connection, key, person_id, kind, NOW)


async def claimed(connection: AsyncConnection, limit: int = 20, now: timedelta = timedelta()) -> list[str]:
    return [n.key for n in await rows.claim(connection, Lease(1, NOW + now, UNTIL + now), limit)]


async def claim_one(connection: AsyncConnection, now: timedelta = timedelta()) -> Notice:
    (notice,) = await rows.claim(connection, Lease(1, NOW + now, UNTIL + now), 20)
    return notice


async def test_one_notice_per_key_and_the_first_one_stands(database: Database) -> None:
    async with database.write() as connection:
        await stock(connection)
        await add(connection, "k", ANN, K.NUMBER)
        await add(connection, "k", BEN, K.CODE)
        assert await rows.waiting(connection) == 1
        notice = await claim_one(connection)
        assert (notice.person_id, notice.kind, notice.tries, notice.created_at) == (ANN, K.NUMBER, 0, NOW)


async def test_one_notice_a_person_at_a_time_in_the_order_of_their_causes(database: Database) -> None:
    async with database.write() as connection:
        await stock(connection)
        for key, kind in (("number", K.NUMBER), ("code", K.CODE), ("ended", K.ENDED)):
            await add(connection, key, ANN, kind)
        for key in ("number", "code", "ended"):
            notice = await claim_one(connection)
            assert notice.key == key
            assert await claimed(connection) == []
            await rows.done(connection, notice.id, 50, NOW)
        assert await claimed(connection) == []
        assert await rows.waiting(connection) == 0


async def test_codes_go_first_across_people_then_numbers(database: Database) -> None:
    async with database.write() as connection:
        await stock(connection)
        await add(connection, "ended", ANN, K.ENDED)
        await add(connection, "number", BEN, K.NUMBER)
        await add(connection, "code", CAT, K.CODE)
        assert await claimed(connection, limit=1) == ["code"]
        assert await claimed(connection) == ["number", "ended"]


async def test_what_concerns_orders_overtakes_alerts(database: Database) -> None:
    async with database.write() as connection:
        await stock(connection)
        await add(connection, "alert", ANN, K.ALERT)
        await add(connection, "code", ANN, K.CODE)
        assert await claimed(connection) == ["code"]


async def test_a_leased_notice_is_not_given_twice_until_its_lease_ends(database: Database) -> None:
    async with database.write() as connection:
        await stock(connection)
        await add(connection, "a", ANN, K.CODE)
        assert await claimed(connection) == ["a"]
        assert await claimed(connection, now=timedelta(seconds=59)) == []
        assert await claimed(connection, now=timedelta(seconds=60)) == ["a"]


async def test_while_one_is_leased_no_later_more_urgent_one_of_the_same_person_is_given(database: Database) -> None:
    async with database.write() as connection:
        await stock(connection)
        await add(connection, "alert", ANN, K.ALERT)
        assert await claimed(connection) == ["alert"]
        await add(connection, "code", ANN, K.CODE)
        assert await claimed(connection) == []


async def test_a_refused_notice_waits_counts_its_try_and_keeps_the_later_ones_behind_it(database: Database) -> None:
    async with database.write() as connection:
        await stock(connection)
        await add(connection, "first", ANN, K.NUMBER)
        await add(connection, "second", ANN, K.CODE)
        await add(connection, "other", BEN, K.ENDED)
        first = next(n for n in await rows.claim(connection, Lease(1, NOW, UNTIL), 20) if n.person_id == ANN)
        await rows.postpone(connection, first.id, NOW + timedelta(seconds=5), refused=True)
        assert await claimed(connection, now=timedelta(seconds=4)) == []
        again = await claim_one(connection, now=timedelta(seconds=5))
        assert (again.key, again.tries) == ("first", 1)


async def test_people_who_are_out_of_reach_are_passed_over_and_served_when_they_come_back(database: Database) -> None:
    async with database.write() as connection:
        await stock(connection)
        await add(connection, "ann", ANN, K.CODE)
        await add(connection, "ben", BEN, K.ENDED)
        await people.set_unreachable(connection, ANN, NOW)
        assert await claimed(connection) == ["ben"]
        await people.set_unreachable(connection, ANN, None)
        assert await claimed(connection) == ["ann"]


async def test_somebody_who_was_never_written_down_is_served_too(database: Database) -> None:
    async with database.write() as connection:
        await stock(connection)
        await add(connection, "alert", 900, K.ALERT)
        assert await claimed(connection) == ["alert"]


async def test_only_what_is_due_makes_a_claim_worth_while(database: Database) -> None:
    async with database.write() as connection:
        await stock(connection)
        assert not await rows.any_due(connection, NOW)
        await add(connection, "a", ANN, K.CODE)
        assert await rows.any_due(connection, NOW)
        notice = await claim_one(connection)
        await rows.postpone(connection, notice.id, NOW + timedelta(seconds=5), refused=False)
        assert not await rows.any_due(connection, NOW + timedelta(seconds=4))
        await rows.done(connection, notice.id, 1, NOW)
        assert not await rows.any_due(connection, NOW + timedelta(days=1))


async def test_people_who_are_out_of_reach_make_no_claim_worth_while(database: Database) -> None:
    async with database.write() as connection:
        await stock(connection)
        await add(connection, "a", ANN, K.CODE)
        await people.set_unreachable(connection, ANN, NOW)
        assert not await rows.any_due(connection, NOW)


async def test_done_keeps_telegrams_message_id(database: Database) -> None:
    async with database.write() as connection:
        await stock(connection)
        await add(connection, "a", ANN, K.CODE)
        notice = await claim_one(connection)
        assert await rows.message_of(connection, "a") is None
        await rows.done(connection, notice.id, 77, NOW)
        assert await rows.message_of(connection, "a") == 77
        assert await rows.message_of(connection, "never") is None


async def test_the_limit_is_kept(database: Database) -> None:
    async with database.write() as connection:
        await stock(connection)
        for person in range(1000, 1005):
            await add(connection, str(person), person, K.CODE)
        assert await claimed(connection, limit=2) == ["1000", "1001"]
        assert await claimed(connection, limit=2) == ["1002", "1003"]
        assert await claimed(connection, limit=2) == ["1004"]
