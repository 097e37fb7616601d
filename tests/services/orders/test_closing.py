"""Orders closed: by a tap, or when HidSim allows it; once, whatever becomes of the answer."""

from datetime import timedelta

import pytest

from bot.db.orders import orders
from bot.domain.orders import OrderState
from bot.tasks import Nursery
from tests.services.floor import ANN, Floor

S = OrderState


async def test_close_gives_the_money_back_and_the_card_says_so_without_a_push(floor: Floor) -> None:
    order = await floor.pending()
    card = await floor.closing.close(ANN, order.id)
    assert (card.order.state, card.order.charged, card.early_wait) == (S.USER_REFUNDED, 0, None)
    assert await floor.told() == ["number"]
    assert (await floor.closing.close(ANN, order.id)).order == card.order
    assert len(floor.sandbox.record.closes) == 1


async def test_too_early_says_how_long_and_nothing_is_lost(floor: Floor) -> None:
    order = await floor.pending()
    floor.director.too_early(120)
    card = await floor.closing.close(ANN, order.id)
    assert (card.order.state, card.early_wait) == (S.PENDING, 120)
    assert card.order.close_at == floor.clock() + timedelta(seconds=120)


@pytest.mark.parametrize("wait", ["999999999", "Fri, 31 Dec 9999 23:59:59 GMT", "1e9"])
async def test_an_absurd_wait_is_not_believed_for_longer_than_a_day(floor: Floor, wait: str) -> None:
    order = await floor.pending()
    body = {"message": "Too early", "code": "TOO_EARLY"}
    floor.director.fault("/close", status=425, body=body, headers={"Retry-After": wait})
    card = await floor.closing.close(ANN, order.id)
    assert card.order.live
    assert card.order.close_at is not None
    assert card.order.close_at <= floor.clock() + timedelta(days=1)


async def test_close_when_allowed_waits_and_then_closes_once_and_rings(floor: Floor) -> None:
    order = await floor.pending()
    floor.director.too_early(120)
    await floor.closing.close(ANN, order.id)
    assert (await floor.closing.close_when_allowed(ANN, order.id)).order.close_wanted
    await floor.closing.close_due()
    assert len(floor.sandbox.record.closes) == 1
    floor.clock.forward(120)
    await floor.closing.close_due()
    await floor.closing.close_due()
    assert (await floor.order(order.id)).state is S.USER_REFUNDED
    assert len(floor.sandbox.record.closes) == 2
    assert await floor.told() == ["number", "ended"]


async def test_a_close_that_a_tap_has_put_off_meanwhile_is_not_sent(floor: Floor) -> None:
    order = await floor.pending()
    await floor.closing.close_when_allowed(ANN, order.id)
    tick = Nursery().start(floor.closing.close_due(), "the tick, which waits for the connection")
    async with floor.database.write() as tx:
        await orders.close_later(tx, order.id, tx.now + timedelta(seconds=120))
    await tick
    assert len(floor.sandbox.record.closes) == 0
    floor.clock.forward(120)
    await floor.closing.close_due()
    assert len(floor.sandbox.record.closes) == 1


async def test_a_second_tap_takes_the_wish_back(floor: Floor) -> None:
    order = await floor.pending()
    await floor.closing.close_when_allowed(ANN, order.id)
    assert not (await floor.closing.close_when_allowed(ANN, order.id)).order.close_wanted
    await floor.closing.close_due()
    assert len(floor.sandbox.record.closes) == 0


@pytest.mark.parametrize("status", [400, 404, 429, 500])
async def test_a_close_that_hidsim_refuses_is_not_repeated_every_second(floor: Floor, status: int) -> None:
    order = await floor.pending()
    await floor.closing.close_when_allowed(ANN, order.id)
    fault = floor.director.fault("/close", times=None, status=status, body={"message": "not now", "code": "NO"})
    for _ in range(4):
        await floor.closing.close_due()
        floor.clock.forward(1)
    assert fault.hits == 1
    assert (await floor.order(order.id)).live


async def test_a_close_that_hidsim_took_but_has_not_carried_out_is_not_repeated_every_second(floor: Floor) -> None:
    order = await floor.pending()
    await floor.closing.close_when_allowed(ANN, order.id)
    body = {"_id": order.operation_id, "state": "pending", "number": order.number}
    fault = floor.director.fault("/close", times=None, status=200, body=body)
    for _ in range(4):
        await floor.closing.close_due()
        floor.clock.forward(1)
    assert fault.hits == 1


async def test_a_lost_answer_to_close_is_cleared_up_by_looking(floor: Floor) -> None:
    order = await floor.pending()
    floor.director.fault("/close", cut="after")
    card = await floor.closing.close(ANN, order.id)
    assert card.order.state is S.USER_REFUNDED
    assert len(floor.sandbox.record.closes) == 1


async def test_a_code_that_lands_while_closing_is_delivered_and_paid(floor: Floor) -> None:
    order = await floor.pending(story="code_while_closing")
    card = await floor.closing.close(ANN, order.id)
    assert card.order.state is S.COMPLETED
    assert card.order.charged == 100_000
    assert len(card.sms) == 1
    assert await floor.told() == ["number", "code"]


async def test_an_order_still_placing_is_not_closed(floor: Floor) -> None:
    async with floor.database.write() as tx:
        service, country = floor.pair()
        new = orders.NewOrder(ANN, "x", service.id, country.id, None, floor.wish().window, "USD", 0)
        order_id = await orders.add(tx, new)
    assert order_id is not None
    assert (await floor.closing.close(ANN, order_id)).order.state is S.PLACING
    assert len(floor.sandbox.record.closes) == 0
