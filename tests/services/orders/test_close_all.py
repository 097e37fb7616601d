"""All that somebody has in progress, closed by one tap."""

import asyncio
from pathlib import Path

import pytest

from bot.domain.limits import LimitKind
from bot.domain.orders import OrderState
from bot.domain.refusals import Reason, Refusal, RefusalFacts
from bot.services.orders.close_all import CloseAll
from tests.services.floor import ADA, ANN, BEN, Floor, open_floor

S = OrderState


async def states(floor: Floor, *ids: int) -> list[OrderState]:
    return [(await floor.order(one)).state for one in ids]


async def test_each_is_closed_once_and_what_it_held_is_free(floor: Floor) -> None:
    ids = [(await floor.pending(nonce=nonce)).id for nonce in "abc"]
    asked = await floor.shop.close_all.facts(ANN)
    assert [order.id for order in asked.orders] == ids[::-1]
    assert asked.held == sum([(await floor.order(one)).held for one in ids])
    after = await floor.shop.close_all.close(ANN, ids[-1])
    assert {order.state for order in after.orders} == {S.USER_REFUNDED}
    assert len(floor.sandbox.record.closes) == 3
    assert (await floor.money())[f"held:{ANN}"] == 0
    assert await floor.told() == ["number"] * 3


async def test_double_taps_send_each_close_once(floor: Floor) -> None:
    ids = [(await floor.pending(nonce=nonce)).id for nonce in "ab"]
    await asyncio.gather(*(floor.shop.close_all.close(ANN, ids[-1]) for _ in range(3)))
    await floor.closing.close_due()
    assert await states(floor, *ids) == [S.USER_REFUNDED] * 2
    assert len(floor.sandbox.record.closes) == 2
    assert (await floor.shop.close_all.close(ANN, ids[-1])).orders == ()


async def test_what_is_too_early_is_closed_when_allowed(floor: Floor) -> None:
    ids = [(await floor.pending(nonce=nonce)).id for nonce in "ab"]
    floor.director.too_early(120)
    after = await floor.shop.close_all.close(ANN, ids[-1])
    assert [(order.live, order.close_wanted) for order in after.orders] == [(True, True)] * 2
    floor.clock.forward(121)
    await floor.closing.close_due()
    assert await states(floor, *ids) == [S.USER_REFUNDED] * 2


async def test_an_order_that_is_getting_its_number_is_closed_as_well(floor: Floor) -> None:
    floor.director.fault("/purchase", delay=0.3)
    order = await floor.checkout.buy(ANN, floor.wish())
    assert order.state is S.PLACING
    after = await floor.shop.close_all.close(ANN, order.id)
    assert [(one.state, one.close_wanted) for one in after.orders] == [(S.PLACING, True)]
    await floor.purchases.drain(5)
    floor.clock.forward(1)
    await floor.closing.close_due()
    assert await states(floor, order.id) == [S.USER_REFUNDED]


async def test_an_order_that_was_placed_after_the_question_stays(floor: Floor) -> None:
    first = await floor.pending(nonce="a")
    later = await floor.pending(nonce="b")
    await floor.shop.close_all.close(ANN, first.id)
    assert await states(floor, first.id, later.id) == [S.USER_REFUNDED, S.PENDING]
    assert not (await floor.order(later.id)).close_wanted


async def test_nobody_closes_what_is_somebody_elses(floor: Floor) -> None:
    await floor.people.meet(BEN, "Ben", "en")
    order = await floor.pending()
    assert (await floor.shop.close_all.close(BEN, 2**52)).orders == ()
    assert (await floor.order(order.id)).live


async def test_what_is_over_the_hours_limit_is_closed_an_hour_later(tmp_path: Path, migrated_file: Path) -> None:
    async with open_floor(tmp_path, migrated_file, max_closes_per_hour=2) as floor:
        await floor.opened()
        ids = [(await floor.pending(nonce=nonce)).id for nonce in "abc"]
        after = await floor.shop.close_all.close(ANN, ids[-1])
        left = [order for order in after.orders if order.live]
        assert len(left) == 1
        assert left[0].close_wanted
        assert left[0].close_at is not None
        floor.clock.forward(3_599)
        await floor.closing.close_due()
        assert (await floor.order(left[0].id)).live
        floor.clock.forward(2)
        await floor.closing.close_due()
        assert not (await floor.order(left[0].id)).live


async def test_who_may_close_nothing_is_told_so_and_no_wish_stays(floor: Floor) -> None:
    order = await floor.pending()
    await floor.shop.person_limits.set(ADA, ANN, LimitKind.CLOSES, 0)
    with pytest.raises(Refusal) as refusal:
        await floor.shop.close_all.close(ANN, order.id)
    assert refusal.value.facts == RefusalFacts(Reason.TOO_MANY_CLOSES, count=0)
    assert not (await floor.order(order.id)).close_wanted


async def test_what_the_tap_has_no_time_for_is_closed_by_the_tick(floor: Floor) -> None:
    ids = [(await floor.pending(nonce=f"n{number}")).id for number in range(3)]
    seconds = iter(range(0, 100, 3)).__next__
    close_all = CloseAll(floor.database, floor.shop.wallet, floor.closing, floor.recorder, seconds)
    after = await close_all.close(ANN, ids[-1])
    assert [order.state for order in after.orders].count(S.USER_REFUNDED) == 1
    await floor.closing.close_due()
    assert await states(floor, *ids) == [S.USER_REFUNDED] * 3
