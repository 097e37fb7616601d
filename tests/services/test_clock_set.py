"""Somebody sets the machine's clock, by a minute or a day: numbers and codes come at the normal pace."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.domain.orders import OrderState
from tests.services.floor import ANN, Floor

SET_BY = pytest.mark.parametrize(
    "by",
    [-60, -3600, -86_400, 60, 3600, 86_400],
    ids=["a minute back", "an hour back", "a day back", "a minute on", "an hour on", "a day on"],
)
LONG_RUN = 600.0


async def tick(floor: Floor) -> None:
    await floor.tracker.tick()
    await floor.nursery.drain(5)


def asks(floor: Floor) -> int:
    return sum(request.method == "GET" and "/operation" in request.path for request in floor.sandbox.record.requests)


async def runs_for_a_while(floor: Floor) -> None:
    floor.clock.forward(LONG_RUN)
    await tick(floor)


async def alerts(floor: Floor) -> int:
    async with floor.database.read() as tx:
        count = await tx.connection.execute(text("SELECT COUNT(*) FROM notices WHERE kind = 'alert'"))
        return int(count.scalar_one())


@SET_BY
async def test_a_number_and_its_code_come_at_the_normal_pace(floor: Floor, by: float) -> None:
    await runs_for_a_while(floor)
    floor.director.queue_story("never", number_after=2.0)
    order = await floor.bought()
    floor.clock.forward(1)
    await tick(floor)
    floor.clock.set_by(by)
    floor.clock.forward(1)
    await tick(floor)
    assert (await floor.order(order.id)).state is OrderState.PENDING
    floor.clock.forward(1.5)
    await tick(floor)
    floor.director.code_now()
    floor.clock.forward(1)
    await tick(floor)
    assert (await floor.order(order.id)).state is OrderState.COMPLETED
    assert "code" in await floor.told()


@SET_BY
async def test_a_code_comes_though_it_happens_right_after_the_number_has_come(floor: Floor, by: float) -> None:
    await runs_for_a_while(floor)
    order = await floor.pending()
    floor.clock.set_by(by)
    floor.clock.forward(1)
    await tick(floor)
    floor.director.code_now()
    floor.clock.forward(1)
    await tick(floor)
    assert (await floor.order(order.id)).state is OrderState.COMPLETED


@SET_BY
async def test_an_order_whose_purchase_is_under_way_when_it_happens_is_not_called_old(floor: Floor, by: float) -> None:
    await runs_for_a_while(floor)
    floor.director.fault("/purchase", delay=0.2)
    floor.director.queue_story("never")
    order = await floor.checkout.buy(ANN, floor.wish())
    await asyncio.sleep(0)
    floor.clock.set_by(by)
    await floor.purchases.drain(5)
    floor.clock.forward(2)
    await tick(floor)
    floor.director.code_now()
    floor.clock.forward(1)
    await tick(floor)
    assert (await floor.order(order.id)).state is OrderState.COMPLETED


@SET_BY
async def test_asks_are_no_more_frequent_than_usual(floor: Floor, by: float) -> None:
    await floor.pending()
    floor.clock.forward(2)
    await tick(floor)
    before = asks(floor)
    floor.clock.set_by(by)
    await tick(floor)
    assert asks(floor) == before
    floor.clock.forward(1)
    await tick(floor)
    await tick(floor)
    assert asks(floor) == before + 1


@SET_BY
async def test_no_admin_is_told_that_an_order_should_have_ended(floor: Floor, by: float) -> None:
    await runs_for_a_while(floor)
    await floor.pending()
    floor.clock.forward(1)
    await tick(floor)
    floor.clock.set_by(by)
    await floor.tracker.tell_overdue()
    assert await alerts(floor) == 0


@pytest.mark.parametrize("by", [-86_400, 86_400])
async def test_an_order_that_is_truly_old_is_told_all_the_same(floor: Floor, by: float) -> None:
    order = await floor.pending()
    await tick(floor)
    assert order.expires_at is not None
    floor.clock.set_by(by)
    floor.clock.at = order.expires_at + timedelta(minutes=61)
    await floor.tracker.tell_overdue()
    assert await alerts(floor) == 1


@SET_BY
async def test_a_number_that_may_be_closed_later_is_closed_then(floor: Floor, by: float) -> None:
    order = await floor.pending()
    floor.director.fault("/close", status=425, headers={"Retry-After": "120"}, body={"message": "early", "code": "E"})
    await floor.closing.close_when_allowed(ANN, order.id)
    await floor.closing.close_due()
    floor.clock.forward(1)
    await floor.closing.close_due()
    floor.clock.set_by(by)
    floor.clock.forward(118)
    await floor.closing.close_due()
    assert (await floor.order(order.id)).live
    floor.clock.forward(1)
    await floor.closing.close_due()
    assert (await floor.order(order.id)).state is OrderState.USER_REFUNDED


@SET_BY
async def test_another_sms_is_looked_for_as_long_as_usual(floor: Floor, by: float) -> None:
    order = await floor.pending()
    floor.director.code_now()
    floor.clock.forward(1)
    await floor.own_orders.refresh(ANN, order.id)
    floor.clock.forward(10)
    await floor.own_orders.another_sms(ANN, order.id)
    await tick(floor)
    floor.clock.set_by(by)
    floor.clock.forward(200)
    before = asks(floor)
    await tick(floor)
    assert asks(floor) == before + 1
    floor.clock.forward(101)
    await tick(floor)
    assert (await floor.order(order.id)).watched_until is None
    assert asks(floor) == before + 1
