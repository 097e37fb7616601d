"""Who waits longer than usual is told once what else helps, and nobody else is."""

from datetime import timedelta

from sqlalchemy import text

from bot.domain.orders import OrderState
from tests.db.fresh import altered
from tests.services.floor import ANN, Floor
from tests.services.shop.test_results import PEOPLE, ended
from tests.services.test_two_processes import Street, street

__all__ = ["street"]


async def hinted(floor: Floor) -> list[int]:
    """The orders of which a hint was ever written, once for each."""
    async with floor.database.read() as tx:
        rows = await tx.connection.execute(text("SELECT order_id FROM notices WHERE key LIKE 'late:%' ORDER BY id"))
        return [row.order_id for row in rows]


async def test_after_a_minute_without_an_sms_there_is_one_hint_and_never_a_second(floor: Floor) -> None:
    order = await floor.pending()
    floor.clock.forward(55)
    await floor.shop.hints.hint_due()
    assert await hinted(floor) == []
    floor.clock.forward(10)
    for _ in range(3):
        await floor.shop.hints.hint_due()
        floor.clock.forward(60)
    assert await hinted(floor) == [order.id]
    assert (await floor.order(order.id)).hinted_at is not None


async def test_where_codes_usually_take_longer_the_hint_does(floor: Floor) -> None:
    order = await floor.pending()
    for person_id in PEOPLE[1:]:
        await floor.people.meet(person_id, "Another", "en")
    await ended(floor, OrderState.COMPLETED, 9, took=200)
    floor.clock.forward(190)
    await floor.shop.hints.hint_due()
    assert await hinted(floor) == []
    floor.clock.forward(20)
    await floor.shop.hints.hint_due()
    assert await hinted(floor) == [order.id]


async def test_an_order_that_ended_or_is_to_be_closed_or_is_old_has_no_hint(floor: Floor) -> None:
    over = await floor.pending()
    wished = await floor.pending(nonce="n2")
    old = await floor.pending(nonce="n3")
    async with floor.database.write() as tx:
        await altered(tx, old.id, number_at=tx.now - timedelta(hours=1))
    await floor.closing.close_when_allowed(ANN, wished.id)
    floor.clock.forward(90)
    await floor.record(over, state="user_refunded")
    assert (await floor.order(over.id)).state is OrderState.USER_REFUNDED
    await floor.shop.hints.hint_due()
    assert await hinted(floor) == []


async def test_two_processes_hint_their_own_orders_once(street: Street) -> None:
    async with street.process() as one, street.process() as two:
        order = await one.pending()
        street.clock.forward(70)
        await two.shop.hints.hint_due()
        assert await hinted(one) == []
        async with one.database.write() as tx:  # taken over meanwhile
            await altered(tx, order.id, process_id=two.resources.process_id)
        await one.shop.hints.hint_due()
        await two.shop.hints.hint_due()
        await two.shop.hints.hint_due()
        assert await hinted(one) == [order.id]
