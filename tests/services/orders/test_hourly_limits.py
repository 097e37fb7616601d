"""How often a person may buy and close in an hour: refused before anything is sent, and nothing is lost."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain.limits import LimitKind
from bot.domain.orders import OrderState
from bot.domain.price_window import Window
from bot.domain.refusals import Reason, Refusal, RefusalFacts
from bot.facts.shop import PriceFacts
from tests.services.floor import ADA, ANN, BEN, Floor, open_floor

S = OrderState


@pytest.fixture
async def strict(tmp_path: Path, migrated_file: Path) -> AsyncIterator[Floor]:
    """Two purchases and one close an hour."""
    given = {"max_open_orders": 100, "max_purchases_per_hour": 2, "max_closes_per_hour": 1}
    async with open_floor(tmp_path, migrated_file, **given) as floor:
        yield await floor.opened()


async def refused_buy(floor: Floor, nonce: str) -> RefusalFacts:
    with pytest.raises(Refusal) as refusal:
        await floor.checkout.buy(ANN, floor.wish(nonce=nonce))
    return refusal.value.facts


async def refused_close(floor: Floor, order_id: int) -> RefusalFacts:
    with pytest.raises(Refusal) as refusal:
        await floor.closing.close(ANN, order_id)
    return refusal.value.facts


async def test_one_more_purchase_than_an_hour_allows_waits_for_the_oldest(strict: Floor) -> None:
    await strict.bought(nonce="a", high=100_000)
    strict.clock.forward(600)
    await strict.bought(nonce="b", high=100_000)
    assert await refused_buy(strict, "c") == RefusalFacts(Reason.TOO_MANY_PURCHASES, count=2, wait=3_000)
    await strict.people.meet(BEN, "Ben", "en")
    assert (await strict.bought(BEN, "d", high=100_000)).nonce == "d"
    strict.clock.forward(3_000)
    assert (await strict.bought(nonce="e", high=100_000)).nonce == "e"
    assert len(strict.sandbox.record.purchases) == 4


async def test_purchases_at_once_are_counted_one_by_one(strict: Floor) -> None:
    wishes = [strict.wish(nonce=f"n{n}", high=100_000) for n in range(5)]
    done = await asyncio.gather(*(strict.checkout.buy(ANN, one) for one in wishes), return_exceptions=True)
    assert sum(isinstance(one, Refusal) for one in done) == 3
    await strict.purchases.drain(5)
    assert len(strict.sandbox.record.purchases) == 2


async def test_a_purchase_that_brought_nothing_is_none(strict: Floor) -> None:
    pair = strict.pair()
    await strict.catalog.prices.offers(*pair)
    strict.director.fault("/purchase", times=3, status=406, body={"message": "no match"})
    for nonce in ("a", "b", "c"):
        assert (await strict.bought(nonce=nonce)).state is S.REFUSED


async def test_the_price_screen_knows_it_before_the_tap(strict: Floor) -> None:
    for nonce in ("a", "b"):
        await strict.bought(nonce=nonce, high=100_000)
    service, country = strict.pair()
    facts = await strict.pricing.facts(ANN, service.id, country.id, Window(100_000, 500_000))
    assert isinstance(facts, PriceFacts)
    assert facts.obstacle is not None
    assert facts.obstacle.why == RefusalFacts(Reason.TOO_MANY_PURCHASES, count=2, wait=3_600)
    strict.clock.forward(3_600)
    facts = await strict.pricing.facts(ANN, service.id, country.id, Window(100_000, 500_000))
    assert isinstance(facts, PriceFacts)
    assert facts.obstacle is None


async def test_a_limit_of_nothing_names_no_time(strict: Floor) -> None:
    await strict.shop.person_limits.set(ADA, ANN, LimitKind.PURCHASES, 0)
    assert await refused_buy(strict, "a") == RefusalFacts(Reason.TOO_MANY_PURCHASES, count=0)


async def test_one_more_close_than_an_hour_allows_is_not_sent_and_can_wait_by_itself(strict: Floor) -> None:
    one, other = await strict.pending(nonce="a"), await strict.pending(nonce="b")
    await strict.closing.close(ANN, one.id)
    strict.clock.forward(60)
    facts = await refused_close(strict, other.id)
    assert (facts.reason, facts.count, facts.wait) == (Reason.TOO_MANY_CLOSES, 1, 3_540)
    assert len(strict.sandbox.record.closes) == 1
    put_off = await strict.order(other.id)
    assert put_off.live
    assert put_off.close_at is not None
    assert (put_off.close_at - strict.clock()).total_seconds() == 3_540


async def test_a_close_that_waits_by_itself_waits_for_the_hour_too_and_is_not_lost(strict: Floor) -> None:
    await strict.closing.close(ANN, (await strict.pending(nonce="a")).id)
    strict.clock.forward(3_300)
    order = await strict.pending(nonce="b")
    await strict.closing.close_when_allowed(ANN, order.id)
    for _ in range(2):
        await strict.closing.close_due()
    waits = await strict.order(order.id)
    assert (waits.live, waits.close_wanted, len(strict.sandbox.record.closes)) == (True, True, 1)
    strict.clock.forward(301)
    await strict.closing.close_due()
    assert (await strict.order(order.id)).state is S.USER_REFUNDED
    assert len(strict.sandbox.record.closes) == 2


async def test_closing_one_order_again_after_it_was_too_early_counts_once(strict: Floor) -> None:
    order = await strict.pending()
    strict.director.too_early(120)
    assert (await strict.closing.close(ANN, order.id)).early_wait == 120
    strict.clock.forward(120)
    assert (await strict.closing.close(ANN, order.id)).order.state is S.USER_REFUNDED
    assert len(strict.sandbox.record.closes) == 2


async def test_a_close_that_hidsim_never_took_uses_up_nothing_of_the_hour(strict: Floor) -> None:
    busy, other = await strict.pending(nonce="a"), await strict.pending(nonce="b")
    strict.director.fault("/close", times=None, status=429, body={"message": "busy"})
    assert (await refused_close(strict, busy.id)).reason is not Reason.TOO_MANY_CLOSES
    await strict.closing.close_when_allowed(ANN, busy.id)
    await strict.closing.close_due()
    strict.director.clear_faults()
    assert (await strict.closing.close(ANN, other.id)).order.state is S.USER_REFUNDED


async def test_a_close_that_was_too_early_still_counts_when_the_next_finds_hidsim_busy(strict: Floor) -> None:
    order, other = await strict.pending(nonce="a"), await strict.pending(nonce="b")
    strict.director.too_early(120)
    await strict.closing.close(ANN, order.id)
    strict.director.fault("/close", times=None, status=429, body={"message": "busy"})
    assert (await refused_close(strict, order.id)).reason is not Reason.TOO_MANY_CLOSES
    assert (await refused_close(strict, other.id)).reason is Reason.TOO_MANY_CLOSES


async def test_who_may_close_nothing_is_told_so_and_no_card_waits_for_it(strict: Floor) -> None:
    order = await strict.pending()
    await strict.closing.close_when_allowed(ANN, order.id)
    await strict.shop.person_limits.set(ADA, ANN, LimitKind.CLOSES, 0)
    await strict.closing.close_due()
    after = await strict.order(order.id)
    assert (after.live, after.close_wanted, after.close_at) == (True, False, None)
    with pytest.raises(Refusal) as refusal:
        await strict.closing.close_when_allowed(ANN, order.id)
    assert refusal.value.facts == RefusalFacts(Reason.TOO_MANY_CLOSES, count=0)
    assert not (await strict.order(order.id)).close_wanted


async def test_a_clock_that_is_set_back_makes_nobody_wait_longer_than_an_hour(strict: Floor) -> None:
    for nonce in ("a", "b"):
        await strict.bought(nonce=nonce, high=100_000)
    strict.clock.set_by(-86_400)
    assert (await strict.bought(nonce="c", high=100_000)).nonce == "c"


async def test_a_code_comes_to_an_order_that_may_not_be_closed(strict: Floor) -> None:
    await strict.shop.person_limits.set(ADA, ANN, LimitKind.CLOSES, 0)
    order = await strict.pending(story="never")
    assert await refused_close(strict, order.id) == RefusalFacts(Reason.TOO_MANY_CLOSES, count=0)
    await strict.record(order, state="completed", number=order.number, code="1234")
    assert (await strict.order(order.id)).state is S.COMPLETED
    assert await strict.told() == ["number", "code"]


async def test_a_limit_below_what_is_in_progress_ends_nothing(strict: Floor) -> None:
    orders = [await strict.pending(nonce=nonce) for nonce in ("a", "b")]
    await strict.shop.person_limits.set(ADA, ANN, LimitKind.OPEN_ORDERS, 1)
    assert await refused_buy(strict, "c") == RefusalFacts(Reason.TOO_MANY_OPEN, count=2, limit=1)
    assert all([(await strict.order(one.id)).live for one in orders])


async def test_a_day_of_ones_own_holds_for_a_wallet_too(tmp_path: Path, migrated_file: Path) -> None:
    async with open_floor(tmp_path, migrated_file, billing="prepaid", daily_spend=0) as floor:
        await floor.opened()
        asked = await floor.shop.credit.ask(ADA, f"{ANN} 5", taken=False)
        await floor.shop.credit.carry_out(ADA, asked.number)
        assert (await floor.bought(nonce="a", high=500_000)).held == 500_000
        await floor.shop.person_limits.set(ADA, ANN, LimitKind.SPEND, 600_000)
        facts = await refused_buy(floor, "b")
        assert (facts.reason, facts.limit) == (Reason.DAILY_LIMIT, 600_000)
        service, country = floor.pair()
        shown = await floor.pricing.facts(ANN, service.id, country.id, Window(100_000, 800_000))
        assert isinstance(shown, PriceFacts)
        assert shown.obstacle is not None
        assert (shown.obstacle.why.reason, shown.obstacle.why.amount) == (Reason.DAILY_LIMIT, facts.amount)
