"""The outbox: each person's notices in their order, codes first across people, each given to one sender."""

from datetime import timedelta

from bot.db import people
from bot.db.database import Database, Tx
from bot.db.leases import Lease
from bot.db.telling import notices
from bot.domain.notices import Notice, NoticeKind
from tests.db.fresh import ANN, BEN, NOW, at, stock

K = NoticeKind
LEASE = Lease(1, timedelta(seconds=60))
CAT = 300


async def add(tx: Tx, key: str, person_id: int, kind: NoticeKind) -> None:
    await notices.add(tx, key, person_id, kind)


async def claimed(tx: Tx, limit: int = 20, after: timedelta = timedelta()) -> list[str]:
    return [n.key for n in await notices.claim(at(tx, NOW + after), LEASE, limit)]


async def claim_one(tx: Tx, after: timedelta = timedelta()) -> Notice:
    (notice,) = await notices.claim(at(tx, NOW + after), LEASE, 20)
    return notice


async def test_one_notice_per_key_and_the_first_one_stands(database: Database) -> None:
    async with database.write() as tx:
        await stock(tx)
        await add(tx, "k", ANN, K.NUMBER)
        await add(tx, "k", BEN, K.CODE)
        assert await notices.waiting(tx) == 1
        notice = await claim_one(tx)
        assert (notice.person_id, notice.kind, notice.tries, notice.created_at) == (ANN, K.NUMBER, 0, NOW)


async def test_one_notice_a_person_at_a_time_in_the_order_of_their_causes(database: Database) -> None:
    async with database.write() as tx:
        await stock(tx)
        for key, kind in (("number", K.NUMBER), ("code", K.CODE), ("ended", K.ENDED)):
            await add(tx, key, ANN, kind)
        for key in ("number", "code", "ended"):
            notice = await claim_one(tx)
            assert notice.key == key
            assert await claimed(tx) == []
            await notices.done(tx, {notice.id: 50})
        assert await claimed(tx) == []
        assert await notices.waiting(tx) == 0


async def test_codes_go_first_across_people_then_numbers(database: Database) -> None:
    async with database.write() as tx:
        await stock(tx)
        await add(tx, "ended", ANN, K.ENDED)
        await add(tx, "number", BEN, K.NUMBER)
        await add(tx, "code", CAT, K.CODE)
        assert await claimed(tx, limit=1) == ["code"]
        assert await claimed(tx) == ["number", "ended"]


async def test_what_concerns_orders_overtakes_alerts(database: Database) -> None:
    async with database.write() as tx:
        await stock(tx)
        await add(tx, "alert", ANN, K.ALERT)
        await add(tx, "code", ANN, K.CODE)
        assert await claimed(tx) == ["code"]


async def test_a_leased_notice_is_not_given_twice_until_its_lease_ends(database: Database) -> None:
    async with database.write() as tx:
        await stock(tx)
        await add(tx, "a", ANN, K.CODE)
        assert await claimed(tx) == ["a"]
        assert await claimed(tx, after=timedelta(seconds=59)) == []
        assert await claimed(tx, after=timedelta(seconds=60)) == ["a"]


async def test_while_one_is_leased_no_later_more_urgent_one_of_the_same_person_is_given(database: Database) -> None:
    async with database.write() as tx:
        await stock(tx)
        await add(tx, "alert", ANN, K.ALERT)
        assert await claimed(tx) == ["alert"]
        await add(tx, "code", ANN, K.CODE)
        assert await claimed(tx) == []


async def test_a_refused_notice_waits_counts_its_try_and_keeps_the_later_ones_behind_it(database: Database) -> None:
    async with database.write() as tx:
        await stock(tx)
        await add(tx, "first", ANN, K.NUMBER)
        await add(tx, "second", ANN, K.CODE)
        await add(tx, "other", BEN, K.ENDED)
        first = next(n for n in await notices.claim(tx, LEASE, 20) if n.person_id == ANN)
        await notices.postpone(tx, first.id, NOW + timedelta(seconds=5), refused=True)
        assert await claimed(tx, after=timedelta(seconds=4)) == []
        again = await claim_one(tx, after=timedelta(seconds=5))
        assert (again.key, again.tries) == ("first", 1)


async def test_people_who_are_out_of_reach_are_passed_over_and_served_when_they_come_back(database: Database) -> None:
    async with database.write() as tx:
        await stock(tx)
        await add(tx, "ann", ANN, K.CODE)
        await add(tx, "ben", BEN, K.ENDED)
        await people.set_unreachable(tx, ANN, NOW)
        assert await claimed(tx) == ["ben"]
        await people.set_unreachable(tx, ANN, None)
        assert await claimed(tx) == ["ann"]


async def test_somebody_who_was_never_written_down_is_served_too(database: Database) -> None:
    async with database.write() as tx:
        await stock(tx)
        await add(tx, "alert", 900, K.ALERT)
        assert await claimed(tx) == ["alert"]


async def test_only_what_is_due_makes_a_claim_worth_while(database: Database) -> None:
    async with database.write() as tx:
        await stock(tx)
        assert not await notices.any_due(tx)
        await add(tx, "a", ANN, K.CODE)
        assert await notices.any_due(tx)
        notice = await claim_one(tx)
        await notices.postpone(tx, notice.id, NOW + timedelta(seconds=5), refused=False)
        assert not await notices.any_due(at(tx, NOW + timedelta(seconds=4)))
        await notices.done(tx, {notice.id: 1})
        assert not await notices.any_due(at(tx, NOW + timedelta(days=1)))


async def test_people_who_are_out_of_reach_make_no_claim_worth_while(database: Database) -> None:
    async with database.write() as tx:
        await stock(tx)
        await add(tx, "a", ANN, K.CODE)
        await people.set_unreachable(tx, ANN, NOW)
        assert not await notices.any_due(tx)


async def test_done_keeps_telegrams_message_id(database: Database) -> None:
    async with database.write() as tx:
        await stock(tx)
        await add(tx, "a", ANN, K.CODE)
        notice = await claim_one(tx)
        assert await notices.message_of(tx, "a") is None
        await notices.done(tx, {notice.id: 77})
        assert await notices.message_of(tx, "a") == 77
        assert await notices.message_of(tx, "never") is None


async def test_the_limit_is_kept(database: Database) -> None:
    async with database.write() as tx:
        await stock(tx)
        for person in range(1000, 1005):
            await add(tx, str(person), person, K.CODE)
        assert await claimed(tx, limit=2) == ["1000", "1001"]
        assert await claimed(tx, limit=2) == ["1002", "1003"]
        assert await claimed(tx, limit=2) == ["1004"]
