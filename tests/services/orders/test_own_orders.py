"""Own orders: looked at, refreshed, asked for another SMS."""

import asyncio

import pytest

from bot.db.orders import orders
from bot.domain.orders import OrderState
from bot.domain.refusals import Reason, Refusal
from tests.services.floor import ANN, BEN, Floor

S = OrderState


async def reason(floor: Floor, act: str, order_id: int) -> Reason:
    with pytest.raises(Refusal) as caught:
        await getattr(floor.own_orders, act)(ANN, order_id)
    return caught.value.facts.reason


async def test_after_another_sms_was_asked_for_in_vain_hidsim_is_asked_for_five_minutes(floor: Floor) -> None:
    order = await floor.pending()
    floor.director.code_now()
    await floor.own_orders.refresh(ANN, order.id)

    async def asked() -> int:
        before = len(floor.sandbox.record.requests)
        await floor.tracker.tick()
        await floor.nursery.drain(5)
        return len(floor.sandbox.record.requests) - before

    floor.clock.forward(10)
    assert await asked() == 0
    await floor.own_orders.another_sms(ANN, order.id)
    for _ in range(2):
        floor.clock.forward(149)
        assert await asked() == 1
    floor.clock.forward(3)
    assert await asked() == 0
    assert await floor.told() == ["number", "code"]


async def test_the_watch_ends_with_the_sms_and_calls_no_order_overdue(floor: Floor) -> None:
    order = await floor.pending()
    floor.director.code_now()
    await floor.own_orders.refresh(ANN, order.id)
    floor.clock.forward(86_400)
    await floor.own_orders.another_sms(ANN, order.id)
    await floor.tracker.tell_overdue()
    floor.director.code_now(order.operation_id, "Your second code is 4711")
    floor.clock.forward(1)
    await floor.tracker.tick()
    await floor.nursery.drain(5)
    assert (await floor.order(order.id)).watched_until is None
    assert await floor.told() == ["number", "code", "code"]


async def test_pages_are_newest_first_and_a_page_beyond_the_last_is_the_last(floor: Floor) -> None:
    async with floor.database.write() as tx:
        for place in range(10):
            service, country = floor.pair()
            new = orders.NewOrder(ANN, str(place), service.id, country.id, None, floor.wish().window, "USD", 0)
            await orders.add(tx, new)
    first = await floor.own_orders.in_progress(ANN, 0)
    assert [o.nonce for o in first.orders] == ["9", "8", "7", "6", "5", "4", "3", "2"]
    last = await floor.own_orders.in_progress(ANN, 99)
    assert ([o.nonce for o in last.orders], last.page.number, last.page.pages, last.total) == (["1", "0"], 1, 2, 10)
    assert (await floor.own_orders.in_progress(BEN, 0)).orders == ()


async def test_refresh_brings_the_code_and_a_second_one_brings_nothing_more(floor: Floor) -> None:
    order = await floor.pending()
    floor.director.code_now()
    card = await floor.own_orders.refresh(ANN, order.id)
    assert card.order.state is S.COMPLETED
    assert [sms.code for sms in card.sms] == [floor.director.operations()[0]["code"]]
    assert await floor.told() == ["number", "code"]
    assert await floor.own_orders.refresh(ANN, order.id) == card


async def test_refresh_says_when_hidsim_does_not_answer(floor: Floor) -> None:
    order = await floor.pending()
    floor.director.fault("/operations", times=None, status=503)
    assert await reason(floor, "refresh", order.id) is Reason.HIDSIM_DOWN


async def test_a_tap_that_fails_shows_the_end_of_which_a_poll_has_heard_meanwhile(floor: Floor) -> None:
    order = await floor.pending()
    floor.director.fault("/operations", times=None, status=503, delay=0.3)
    ended = floor.record(order, state="system_refunded")
    card, _ = await asyncio.gather(floor.own_orders.refresh(ANN, order.id), ended)
    assert card.order.state is S.SYSTEM_REFUNDED


async def test_an_order_still_placing_gets_no_other_sms(floor: Floor) -> None:
    async with floor.database.write() as tx:
        service, country = floor.pair()
        new = orders.NewOrder(ANN, "x", service.id, country.id, None, floor.wish().window, "USD", 0)
        order_id = await orders.add(tx, new)
    assert order_id is not None
    assert await reason(floor, "another_sms", order_id) is Reason.NOT_NOW
    assert len(floor.sandbox.record.refetches) == 0


async def test_another_sms_is_asked_for_once_and_a_new_one_is_pushed_once(floor: Floor) -> None:
    order = await floor.pending(story="second_sms")
    floor.director.code_now()
    await floor.own_orders.refresh(ANN, order.id)
    card, new = await floor.own_orders.another_sms(ANN, order.id)
    assert new
    assert len(card.sms) == 2
    assert len({sms.code for sms in card.sms}) == 2
    again, more = await floor.own_orders.another_sms(ANN, order.id)
    assert not more
    assert again.sms == card.sms
    assert await floor.told() == ["number", "code", "code"]
    assert len(floor.sandbox.record.refetches) == 2


async def test_a_lost_answer_to_another_sms_is_cleared_up_by_looking(floor: Floor) -> None:
    order = await floor.pending(story="second_sms")
    floor.director.code_now()
    await floor.own_orders.refresh(ANN, order.id)
    floor.director.fault("/refetch", cut="after")
    card, new = await floor.own_orders.another_sms(ANN, order.id)
    assert new
    assert len(card.sms) == 2
    assert len(floor.sandbox.record.refetches) == 1


async def test_another_sms_of_a_closed_order_is_refused(floor: Floor) -> None:
    order = await floor.pending()
    await floor.closing.close(ANN, order.id)
    assert await reason(floor, "another_sms", order.id) is Reason.NOT_NOW
