"""Orders: one per nonce, moved only by whoever saw them last, leased once; SMS kept once."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.db import orders as rows
from bot.db import people
from bot.db.database import Database, DatabaseFault
from bot.domain.orders import IN_PROGRESS, LIVE, Order, OrderState, Sms
from bot.domain.price_window import Window
from tests.db.fresh import ANN, BEN, NOW, altered, found, ordered, stock, wanted

S = OrderState
SMS = Sms(0, "Your code is 123456", "123456", "Telegram", NOW, guessed=True)


async def one(database: Database, **given: object) -> Order:
    async with database.write() as connection:
        await stock(connection)
        return await ordered(connection, **given)  # type: ignore[arg-type]


async def again(database: Database, order: Order) -> Order:
    async with database.read() as connection:
        return await found(connection, order.id)


async def test_a_new_order_is_placing_with_all_that_was_asked(database: Database) -> None:
    order = await one(database)
    assert (order.state, order.revision, order.placed_at) == (S.PLACING, 1, NOW)
    assert (order.service_name, order.country_name, order.country_code) == ("Telegram", "Brazil", "BR")
    assert (order.window, order.held, order.currency) == (Window(100_000, 250_000), 250_000, "USD")
    assert (order.close_wanted, order.number, order.charged) == (False, None, None)


async def test_the_same_nonce_of_a_person_is_one_order_and_of_two_people_are_two(database: Database) -> None:
    order = await one(database)
    async with database.write() as connection:
        assert await rows.add(connection, wanted(), NOW) is None
        assert await rows.by_nonce(connection, ANN, "n1") == order
        assert await rows.by_nonce(connection, BEN, "n1") is None
        other = await rows.add(connection, wanted(BEN), NOW)
        assert other not in (None, order.id)


async def test_two_taps_at_once_make_one_order(database: Database) -> None:
    async with database.write() as connection:
        await stock(connection)

    async def tap() -> int | None:
        async with database.write() as connection:
            return await rows.add(connection, wanted(), NOW)

    made = await asyncio.gather(*(tap() for _ in range(5)))
    assert sorted(made, key=str) == [1, None, None, None, None]


async def test_an_order_of_nobody_is_refused(database: Database) -> None:
    await one(database)
    with pytest.raises(DatabaseFault):
        async with database.write() as connection:
            await rows.add(connection, wanted(person_id=999), NOW)


async def test_only_the_first_of_two_who_saw_an_order_moves_it(database: Database) -> None:
    seen = await one(database)
    async with database.write() as connection:
        assert await rows.move(connection, seen, replace(seen, state=S.PENDING, number="+55119", number_at=NOW))
        assert not await rows.move(connection, seen, replace(seen, state=S.UNCONFIRMED))
    moved = await again(database, seen)
    assert (moved.state, moved.number, moved.number_at, moved.revision) == (S.PENDING, "+55119", NOW, 2)


async def test_a_touched_order_can_no_longer_be_moved_by_who_saw_it_before(database: Database) -> None:
    seen = await one(database)
    async with database.write() as connection:
        await rows.wish_closed(connection, seen.id, wanted=True)
        assert not await rows.move(connection, seen, replace(seen, state=S.PENDING))
        now = await found(connection, seen.id)
        assert await rows.move(connection, now, replace(now, state=S.PENDING))


async def test_what_no_card_shows_draws_none_again(database: Database) -> None:
    seen = await one(database)
    async with database.write() as connection:
        await rows.name_operation(connection, seen.id, "op")
    noted = await again(database, seen)
    assert (noted.operation_id, noted.revision) == ("op", seen.revision)


async def test_one_operation_belongs_to_one_order(database: Database) -> None:
    await one(database)

    async def writes_twice() -> None:
        async with database.write() as connection:
            for nonce in ("x", "y"):
                order = await ordered(connection, nonce=nonce)
                await rows.name_operation(connection, order.id, "op")

    with pytest.raises(DatabaseFault):
        await writes_twice()


async def test_a_lease_is_given_once_until_it_ends(database: Database) -> None:
    order = await one(database)
    until = NOW + timedelta(seconds=1)
    async with database.write() as connection:
        await rows.move(connection, order, replace(order, state=S.PENDING))
        assert [o.id for o in await rows.live(connection, NOW)] == [order.id]
        assert await rows.lease(connection, [order.id, 999], NOW, until) == {order.id}
        assert await rows.lease(connection, [order.id], NOW, until) == set()
        assert await rows.live(connection, NOW) == []
        assert [o.id for o in await rows.live(connection, until)] == [order.id]
        assert await rows.lease(connection, [order.id], until, until + timedelta(seconds=1)) == {order.id}
    assert (await again(database, order)).asked_at == until


async def test_only_live_orders_are_asked_about(database: Database) -> None:
    async with database.write() as connection:
        await stock(connection)
        for state in S:
            order = await ordered(connection, nonce=state.value)
            await altered(connection, order.id, state=state.value)
        assert {o.state for o in await rows.live(connection, NOW)} == LIVE
        assert await rows.count(connection, ANN, in_progress=True) == len(IN_PROGRESS)
        assert await rows.count(connection, ANN, in_progress=False) == len(S)
        mine = await rows.of_person(connection, ANN, in_progress=True, limit=50)
        assert {o.state for o in mine} == IN_PROGRESS


async def test_lists_are_newest_first_and_paged_and_hold_nobody_elses_orders(database: Database) -> None:
    async with database.write() as connection:
        await stock(connection)
        for place in range(5):
            await ordered(connection, nonce=str(place))
        await ordered(connection, BEN, "b")
        assert [o.nonce for o in await rows.of_person(connection, ANN, in_progress=False, limit=2)] == ["4", "3"]
        last = await rows.of_person(connection, ANN, in_progress=False, limit=2, offset=4)
        assert [o.nonce for o in last] == ["0"]
        assert await rows.count(connection, BEN, in_progress=False) == 1


async def test_spend_counts_holds_while_they_are_open_and_charges_after(database: Database) -> None:
    async with database.write() as connection:
        await stock(connection)
        open_one = await ordered(connection, nonce="open", held=100)
        done = await ordered(connection, nonce="done", held=100)
        await rows.move(connection, done, replace(done, state=S.COMPLETED, charged=60))
        back = await ordered(connection, nonce="back", held=100)
        await rows.move(connection, back, replace(back, state=S.USER_REFUNDED, charged=0))
        await ordered(connection, BEN, "ben", held=7)
        assert await rows.spent_since(connection, NOW, ANN) == 160
        assert await rows.spent_since(connection, NOW) == 167
        assert await rows.spent_since(connection, NOW + timedelta(seconds=1), ANN) == 0
        await rows.move(connection, open_one, replace(open_one, state=S.REFUSED, charged=0))
        assert await rows.spent_since(connection, NOW, ANN) == 60


async def test_the_last_window_is_of_the_same_pair_and_not_of_an_exact_offer(database: Database) -> None:
    async with database.write() as connection:
        await stock(connection)
        assert await rows.last_window(connection, ANN, 1, 1) is None
        await rows.add(connection, wanted(nonce="a", low=1, held=2), NOW)
        await rows.add(connection, wanted(nonce="b", low=3, held=4), NOW)
        exact = await ordered(connection, nonce="c")
        await altered(connection, exact.id, product_id="p")
        assert await rows.last_window(connection, ANN, 1, 1) == Window(3, 4)
        assert await rows.last_window(connection, BEN, 1, 1) is None
        assert await rows.last_window(connection, ANN, 1, 2) is None


async def test_orders_are_to_be_closed_when_that_is_wanted_and_they_are_live(database: Database) -> None:
    order = await one(database)
    async with database.write() as connection:
        assert await rows.to_close(connection) == []
        await rows.wish_closed(connection, order.id, wanted=True)
        assert await rows.to_close(connection) == []
        await altered(connection, order.id, state=S.CREATING.value)
        assert [o.id for o in await rows.to_close(connection)] == [order.id]


async def test_a_watch_is_looked_at_until_it_is_ended(database: Database) -> None:
    order = await one(database)
    async with database.write() as connection:
        await altered(connection, order.id, state=S.COMPLETED.value)
        assert await rows.live(connection, NOW) == []
        await rows.watch(connection, order.id, NOW)
        assert [o.id for o in await rows.live(connection, NOW + timedelta(days=1))] == [order.id]
        await rows.end_watches(connection, [order.id])
        assert await rows.live(connection, NOW) == []


async def test_orders_of_a_state_come_oldest_first_and_only_those_placed_by_then(database: Database) -> None:
    async with database.write() as connection:
        await stock(connection)
        for place in range(3):
            await rows.add(connection, wanted(nonce=str(place)), NOW + timedelta(seconds=place))
        assert [o.nonce for o in await rows.in_state(connection, S.PLACING)] == ["0", "1", "2"]
        before = await rows.in_state(connection, S.PLACING, NOW + timedelta(seconds=1))
        assert [o.nonce for o in before] == ["0", "1"]
        assert await rows.in_state(connection, S.PENDING) == []


async def test_an_sms_is_kept_once_and_read_back_whole(database: Database) -> None:
    order = await one(database)
    async with database.write() as connection:
        first = await rows.add_sms(connection, order.id, "fp1", SMS)
        assert await rows.add_sms(connection, order.id, "fp1", SMS) is None
        second = await rows.add_sms(connection, order.id, "fp2", SMS)
        assert first is not None
        assert second is not None
        kept = await rows.sms_of(connection, order.id)
        assert [sms.id for sms in kept] == [first, second]
        assert (kept[0].text, kept[0].code, kept[0].sender, kept[0].received_at, kept[0].guessed) == (
            SMS.text, SMS.code, SMS.sender, NOW, True,
        )  # fmt: skip
        assert await rows.one_sms(connection, second) == kept[1]
        assert await rows.one_sms(connection, 999) is None
        card = await rows.card(connection, order.id)
        assert card is not None
        assert card.sms == kept
        assert await rows.card(connection, 999) is None


async def test_a_text_in_any_script_survives_the_file(database: Database) -> None:
    order = await one(database)
    hostile = "<b>код</b> & ١٢٣ 🔐👩‍👧 \u202eabc\u2069 \n\t'; DROP TABLE sms; --"
    async with database.write() as connection:
        await rows.add_sms(connection, order.id, "fp", Sms(0, hostile, None, hostile, None))
        kept = await rows.sms_of(connection, order.id)
    assert (kept[0].text, kept[0].sender) == (hostile, hostile)


async def test_an_idle_look_reads_only(database: Database) -> None:
    await one(database)
    async with database.read() as connection:
        before = (await connection.execute(text("SELECT total_changes()"))).scalar_one()
        await rows.live(connection, NOW)
        await rows.to_close(connection)
        await people.get(connection, ANN)
        assert (await connection.execute(text("SELECT total_changes()"))).scalar_one() == before
