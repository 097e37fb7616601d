"""Orders: one per nonce, moved only by whoever saw them last, leased once; SMS kept once."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.db import people
from bot.db.database import Database
from bot.db.orders import figures, orders, windows, worklist
from bot.db.orders import sms as sms_rows
from bot.domain.orders import IN_PROGRESS, LIVE, Order, OrderState, Sms
from bot.domain.price_window import Window
from bot.faults import DatabaseFault
from tests.db.fresh import ANN, BEN, NOW, altered, at, found, ordered, stock, wanted

S = OrderState
LEASE = timedelta(seconds=1)
SMS = Sms(0, "Your code is 123456", "123456", "Telegram", NOW, guessed=True)


async def one(database: Database, **given: object) -> Order:
    async with database.write() as tx:
        await stock(tx)
        return await ordered(tx, **given)  # type: ignore[arg-type]


async def again(database: Database, order: Order) -> Order:
    async with database.read() as tx:
        return await found(tx, order.id)


async def test_a_new_order_is_placing_with_all_that_was_asked(database: Database) -> None:
    order = await one(database)
    assert (order.state, order.revision, order.placed_at) == (S.PLACING, 1, NOW)
    assert (order.service_name, order.country_name, order.country_code) == ("Telegram", "Brazil", "BR")
    assert (order.window, order.held, order.currency) == (Window(100_000, 250_000), 250_000, "USD")
    assert (order.close_wanted, order.number, order.charged) == (False, None, None)


async def test_the_same_nonce_of_a_person_is_one_order_and_of_two_people_are_two(database: Database) -> None:
    order = await one(database)
    async with database.write() as tx:
        assert await orders.add(tx, wanted()) is None
        assert await orders.by_nonce(tx, ANN, "n1") == order
        assert await orders.by_nonce(tx, BEN, "n1") is None
        other = await orders.add(tx, wanted(BEN))
        assert other not in (None, order.id)


async def test_two_taps_at_once_make_one_order(database: Database) -> None:
    async with database.write() as tx:
        await stock(tx)

    async def tap() -> int | None:
        async with database.write() as tx:
            return await orders.add(tx, wanted())

    made = await asyncio.gather(*(tap() for _ in range(5)))
    assert sorted(made, key=str) == [1, None, None, None, None]


async def test_an_order_of_nobody_is_refused(database: Database) -> None:
    await one(database)
    with pytest.raises(DatabaseFault):
        async with database.write() as tx:
            await orders.add(tx, wanted(person_id=999))


async def test_only_the_first_of_two_who_saw_an_order_moves_it(database: Database) -> None:
    seen = await one(database)
    async with database.write() as tx:
        assert await orders.move(tx, seen, replace(seen, state=S.PENDING, number="+55119", number_at=NOW))
        assert not await orders.move(tx, seen, replace(seen, state=S.UNCONFIRMED))
    moved = await again(database, seen)
    assert (moved.state, moved.number, moved.number_at, moved.revision) == (S.PENDING, "+55119", NOW, 2)


async def test_a_touched_order_can_no_longer_be_moved_by_who_saw_it_before(database: Database) -> None:
    seen = await one(database)
    async with database.write() as tx:
        await orders.wish_closed(tx, seen.id, wanted=True)
        assert not await orders.move(tx, seen, replace(seen, state=S.PENDING))
        now = await found(tx, seen.id)
        assert await orders.move(tx, now, replace(now, state=S.PENDING))


async def test_what_no_card_shows_draws_none_again(database: Database) -> None:
    seen = await one(database)
    async with database.write() as tx:
        await orders.name_operation(tx, seen.id, "op")
    noted = await again(database, seen)
    assert (noted.operation_id, noted.revision) == ("op", seen.revision)


async def test_one_operation_belongs_to_one_order(database: Database) -> None:
    await one(database)

    async def writes_twice() -> None:
        async with database.write() as tx:
            for nonce in ("x", "y"):
                order = await ordered(tx, nonce=nonce)
                await orders.name_operation(tx, order.id, "op")

    with pytest.raises(DatabaseFault):
        await writes_twice()


async def test_orders_to_be_asked_about_are_read_in_slices_by_their_ids(database: Database) -> None:
    async with database.write() as tx:
        await stock(tx)
        ids = [(await ordered(tx, nonce=str(n))).id for n in range(5)]
        for order_id in ids:
            await altered(tx, order_id, state=S.PENDING.value, operation_id=f"{order_id:024x}", process_id=order_id % 2)
        assert [o.id for o in await worklist.tracked(tx, most=2)] == ids[:2]
        assert [o.id for o in await worklist.tracked(tx, after=ids[1], most=9)] == ids[2:]
        odd = [order_id for order_id in ids if order_id % 2]
        assert [o.id for o in await worklist.tracked(tx, 1)] == odd
        assert {o.id for o in await worklist.tracked_among(tx, ids[:3])} == set(ids[:3])
        assert {o.id for o in await worklist.tracked_among(tx, ids[:3], 1)} == set(odd) & set(ids[:3])
        await altered(tx, ids[0], state=S.COMPLETED.value)
        assert await worklist.tracked_among(tx, ids[:1]) == []


async def test_an_order_whose_operation_is_not_known_can_not_be_asked_about(database: Database) -> None:
    order = await one(database)
    async with database.write() as tx:
        await altered(tx, order.id, state=S.PENDING.value, operation_id=None)
        assert await worklist.tracked(tx) == []


async def test_only_live_orders_are_asked_about(database: Database) -> None:
    async with database.write() as tx:
        await stock(tx)
        for state in S:
            order = await ordered(tx, nonce=state.value)
            await altered(tx, order.id, state=state.value)
            await altered(tx, order.id, operation_id=f"{order.id:024x}")
        assert {o.state for o in await worklist.tracked(tx)} == LIVE
        assert await figures.count(tx, ANN, in_progress=True) == len(IN_PROGRESS)
        assert await figures.count(tx, ANN, in_progress=False) == len(S)
        mine = await orders.of_person(tx, ANN, in_progress=True, limit=50)
        assert {o.state for o in mine} == IN_PROGRESS


async def test_lists_are_newest_first_and_paged_and_hold_nobody_elses_orders(database: Database) -> None:
    async with database.write() as tx:
        await stock(tx)
        for place in range(5):
            await ordered(tx, nonce=str(place))
        await ordered(tx, BEN, "b")
        assert [o.nonce for o in await orders.of_person(tx, ANN, in_progress=False, limit=2)] == ["4", "3"]
        last = await orders.of_person(tx, ANN, in_progress=False, limit=2, offset=4)
        assert [o.nonce for o in last] == ["0"]
        assert await figures.count(tx, BEN, in_progress=False) == 1


async def test_spend_counts_holds_while_they_are_open_and_charges_after(database: Database) -> None:
    async with database.write() as tx:
        await stock(tx)
        open_one = await ordered(tx, nonce="open", held=100)
        done = await ordered(tx, nonce="done", held=100)
        await orders.move(tx, done, replace(done, state=S.COMPLETED, charged=60))
        back = await ordered(tx, nonce="back", held=100)
        await orders.move(tx, back, replace(back, state=S.USER_REFUNDED, charged=0))
        await ordered(tx, BEN, "ben", held=7)
        assert await figures.spent_since(tx, NOW, ANN) == 160
        assert await figures.spent_since(tx, NOW) == 167
        assert await figures.spent_since(tx, NOW + timedelta(seconds=1), ANN) == 0
        await orders.move(tx, open_one, replace(open_one, state=S.REFUSED, charged=0))
        assert await figures.spent_since(tx, NOW, ANN) == 60


async def test_the_last_window_is_of_the_same_pair_and_not_of_an_exact_offer(database: Database) -> None:
    async with database.write() as tx:
        await stock(tx)
        assert await windows.last(tx, ANN, 1, 1) is None
        await orders.add(tx, wanted(nonce="a", low=1, held=2))
        await orders.add(tx, wanted(nonce="b", low=3, held=4))
        exact = await ordered(tx, nonce="c")
        await altered(tx, exact.id, product_id="p")
        assert await windows.last(tx, ANN, 1, 1) == Window(3, 4)
        assert await windows.last(tx, BEN, 1, 1) is None
        assert await windows.last(tx, ANN, 1, 2) is None


async def test_orders_are_to_be_closed_when_that_is_wanted_and_they_are_live(database: Database) -> None:
    order = await one(database)
    async with database.write() as tx:
        assert await worklist.to_close(tx) == []
        await orders.wish_closed(tx, order.id, wanted=True)
        assert await worklist.to_close(tx) == []
        await altered(tx, order.id, state=S.CREATING.value)
        assert await worklist.to_close(tx) == [(order.id, None)]
        await orders.close_later(tx, order.id, tx.now)
        assert await worklist.to_close(tx) == [(order.id, tx.now)]


async def test_a_watch_is_looked_at_until_it_is_ended(database: Database) -> None:
    order = await one(database)
    async with database.write() as tx:
        await altered(tx, order.id, state=S.COMPLETED.value)
        await altered(tx, order.id, operation_id="a" * 24)
        assert await worklist.tracked(tx) == []
        await orders.watch(tx, order.id, NOW)
        assert [o.watched_until for o in await worklist.tracked(at(tx, NOW + timedelta(days=1)))] == [NOW]
        await worklist.end_watch(tx, order.id, NOW - timedelta(seconds=1))
        assert [o.id for o in await worklist.tracked(tx)] == [order.id]
        await worklist.end_watch(tx, order.id, NOW)
        assert await worklist.tracked(tx) == []


async def test_orders_of_a_state_come_oldest_first_and_only_those_placed_by_then(database: Database) -> None:
    async with database.write() as tx:
        await stock(tx)
        for place in range(3):
            await orders.add(at(tx, NOW + timedelta(seconds=place)), wanted(nonce=str(place)))
        assert [o.nonce for o in await orders.in_state(tx, S.PLACING)] == ["0", "1", "2"]
        before = await orders.in_state(tx, S.PLACING, NOW + timedelta(seconds=1))
        assert [o.nonce for o in before] == ["0", "1"]
        assert await orders.in_state(tx, S.PENDING) == []


async def test_an_sms_is_kept_once_and_read_back_whole(database: Database) -> None:
    order = await one(database)
    async with database.write() as tx:
        first = await sms_rows.add(tx, order.id, "fp1", SMS)
        assert await sms_rows.add(tx, order.id, "fp1", SMS) is None
        second = await sms_rows.add(tx, order.id, "fp2", SMS)
        assert first is not None
        assert second is not None
        kept = await sms_rows.of_order(tx, order.id)
        assert [sms.id for sms in kept] == [first, second]
        assert (kept[0].text, kept[0].code, kept[0].sender, kept[0].received_at, kept[0].guessed) == (
            SMS.text, SMS.code, SMS.sender, NOW, True,
        )  # fmt: skip
        assert await sms_rows.get(tx, second) == kept[1]
        assert await sms_rows.get(tx, 999) is None
        card = await orders.card(tx, order.id)
        assert card is not None
        assert card.sms == kept
        assert await orders.card(tx, 999) is None


async def test_a_text_in_any_script_survives_the_file(database: Database) -> None:
    order = await one(database)
    hostile = "<b>код</b> & ١٢٣ 🔐👩‍👧 \u202eabc\u2069 \n\t'; DROP TABLE sms; --"
    async with database.write() as tx:
        await sms_rows.add(tx, order.id, "fp", Sms(0, hostile, None, hostile, None))
        kept = await sms_rows.of_order(tx, order.id)
    assert (kept[0].text, kept[0].sender) == (hostile, hostile)


async def test_an_idle_look_reads_only(database: Database) -> None:
    await one(database)
    async with database.read() as tx:
        before = (await tx.connection.execute(text("SELECT total_changes()"))).scalar_one()
        await worklist.tracked(tx)
        await worklist.to_close(tx)
        await people.get(tx, ANN)
        assert (await tx.connection.execute(text("SELECT total_changes()"))).scalar_one() == before
