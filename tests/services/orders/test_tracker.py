"""Who is asked about and when: each order once at a time, until it ends; what never ends is told to the admins."""

import asyncio
from datetime import timedelta

from sqlalchemy import text

from bot.domain.orders import OrderState
from tests.services.floor import ADMIN, ANN, Floor


async def test_one_tick_asks_each_order_once_and_the_next_waits_its_second(floor: Floor) -> None:
    await floor.pending()
    floor.clock.forward(5)
    asked = len(floor.sandbox.record.reads)
    await asyncio.gather(floor.tracker.tick(), floor.tracker.tick())
    await floor.nursery.drain(2)
    await floor.tracker.tick()
    await floor.nursery.drain(2)
    assert len(floor.sandbox.record.reads) == asked + 1


async def test_the_poller_finds_the_code_by_itself(floor: Floor) -> None:
    order = await floor.pending()
    floor.director.code_now()
    floor.clock.forward(5)
    await floor.tracker.tick()
    await floor.nursery.drain(2)
    assert (await floor.order(order.id)).state is OrderState.COMPLETED
    floor.clock.forward(5)
    asked = len(floor.sandbox.record.reads)
    await floor.tracker.tick()
    await floor.nursery.drain(2)
    assert len(floor.sandbox.record.reads) == asked


async def alerts(floor: Floor) -> list[str]:
    async with floor.database.read() as tx:
        rows = await tx.connection.execute(text("SELECT detail FROM notices WHERE kind = 'alert' AND person_id = 900"))
        return [str(row.detail) for row in rows]


async def test_an_overdue_order_is_told_to_admins_once_and_keeps_its_hold(floor: Floor) -> None:
    order = await floor.pending()
    assert order.expires_at is not None
    floor.clock.at = order.expires_at + timedelta(minutes=59)
    await floor.tracker.tell_overdue()
    assert await alerts(floor) == []
    floor.clock.forward(61)
    for _ in range(3):
        await floor.tracker.tell_overdue()
    (told,) = await alerts(floor)
    assert "overdue" in told
    assert (await floor.money())[f"held:{ANN}"] == order.held
    assert ADMIN == 900


async def test_an_operation_that_hidsim_forgot_is_told_once_and_never_refunded_by_us(floor: Floor) -> None:
    order = await floor.pending()
    floor.director.fault("/operations", times=None, status=404, body={"message": "not found", "code": "NOT_FOUND"})
    for _ in range(3):
        floor.clock.forward(400)
        await floor.tracker.tick()
        await floor.nursery.drain(2)
    (told,) = await alerts(floor)
    assert "lost" in told
    assert (await floor.order(order.id)).live
    assert (await floor.money())[f"held:{ANN}"] == order.held
