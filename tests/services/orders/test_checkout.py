"""A purchase: one request for one intent, and an outcome that is told whatever it was."""

import asyncio
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from bot import milestones
from bot.domain.money import to_decimal
from bot.domain.orders import OrderState
from bot.domain.price_window import Window
from bot.domain.refusals import Reason, Refusal
from bot.facts.shop import SoldOut
from tests.db.fresh import altered
from tests.services.floor import ADA, ANN, BEN, Floor

S = OrderState


async def test_ten_taps_at_once_buy_once(floor: Floor) -> None:
    made = await asyncio.gather(*(floor.checkout.buy(ANN, floor.wish()) for _ in range(10)))
    await floor.purchases.drain(5)
    assert len({order.id for order in made}) == 1
    assert len(floor.sandbox.record.purchases) == 1


async def test_nobody_buys_in_bulk_twenty_buttons_in_a_second_are_as_many_as_may_be_open(floor: Floor) -> None:
    """There is no quantity anywhere: who wants many numbers has to tap as often, and each tap asks the limits."""
    taps = (floor.checkout.buy(ANN, floor.wish(nonce=f"n{tap}")) for tap in range(20))
    done = await asyncio.gather(*taps, return_exceptions=True)
    await floor.purchases.drain(5)
    refused = [one.facts for one in done if isinstance(one, Refusal)]
    assert {(facts.reason, facts.count) for facts in refused} == {(Reason.TOO_MANY_OPEN, 3)}
    assert (len(refused), len(floor.sandbox.record.purchases)) == (17, 3)


async def test_the_same_nonce_of_another_person_is_another_order(floor: Floor) -> None:
    await floor.people.meet(BEN, "Ben", "en")
    one, other = await floor.bought(ANN), await floor.bought(BEN)
    assert one.id != other.id
    assert len(floor.sandbox.record.purchases) == 2


async def test_the_order_stands_with_its_hold_before_hidsim_is_asked(floor: Floor) -> None:
    order = await floor.checkout.buy(ANN, floor.wish())
    assert (order.state, order.held) == (S.PLACING, 800_000)
    assert (await floor.money())[f"held:{ANN}"] == 800_000
    await floor.purchases.drain(5)
    assert (await floor.order(order.id)).live


async def test_a_purchase_buys_inside_the_window(floor: Floor) -> None:
    order = await floor.bought(low=300_000, high=500_000)
    assert order.cost is not None
    assert 300_000 <= order.cost <= 500_000


async def test_when_nothing_matches_nothing_is_bought_and_the_next_screen_reads_again(floor: Floor) -> None:
    pair = floor.pair()
    await floor.catalog.prices.offers(*pair)
    floor.director.sell_out("Telegram", "BR")
    order = await floor.bought()
    assert (order.state, order.reason, order.charged) == (S.REFUSED, Reason.NO_MATCH.value, 0)
    assert await floor.told() == ["refused"]
    assert isinstance(await floor.pricing.facts(ANN, pair[0].id, pair[1].id, None), SoldOut)


async def test_no_more_is_set_aside_than_the_dearest_offer_costs(floor: Floor) -> None:
    dearest = max(o.price for o in (await floor.catalog.prices.offers(*floor.pair())).offers)
    order = await floor.bought(high=5_000_000)
    assert (order.held, order.window) == (dearest, Window(100_000, dearest))
    (purchase,) = floor.sandbox.record.purchases
    assert purchase.highest == to_decimal(dearest)
    assert (await floor.bought(nonce="n2", high=dearest)).window.high == dearest
    assert (await floor.bought(nonce="n3", high=dearest - 1)).window.high == dearest - 1


async def test_a_maximum_stays_as_it_was_wished_while_no_offers_are_known(floor: Floor) -> None:
    assert (await floor.bought(high=5_000_000)).window.high == 5_000_000


@pytest.mark.parametrize(("low", "high"), [(1, 2), (4_000_000, 5_000_000)])
async def test_a_window_beside_all_offers_is_refused_with_where_they_start_unless_that_may_have_changed(
    floor: Floor, low: int, high: int
) -> None:
    cheapest = min(o.price for o in (await floor.catalog.prices.offers(*floor.pair())).offers)
    with pytest.raises(Refusal) as caught:
        await floor.bought(low=low, high=high)
    facts = caught.value.facts
    assert (facts.reason, facts.amount, facts.limit, facts.currency) == (Reason.NO_MATCH, cheapest, high, "USD")
    assert [one for one in floor.sandbox.record.requests if one.path.endswith("/purchase")] == []
    floor.clock.forward(20)
    order = await floor.bought(low=low, high=high)
    assert (order.state, order.reason, order.cheapest) == (S.REFUSED, Reason.NO_MATCH.value, cheapest)


async def test_a_refusal_for_want_of_numbers_knows_what_they_cost_now(floor: Floor) -> None:
    before = (await floor.catalog.prices.offers(*floor.pair())).offers
    floor.director.move_prices("Telegram", "BR", 10)
    order = await floor.bought()
    assert (order.state, order.cheapest) == (S.REFUSED, 10 * min(o.price for o in before))
    assert (await floor.money())[f"held:{ANN}"] == 0


async def test_an_exact_offer_that_is_gone_says_where_the_others_start(floor: Floor) -> None:
    cheapest = min(o.price for o in (await floor.catalog.prices.offers(*floor.pair())).offers)
    with pytest.raises(Refusal) as caught:
        await floor.bought(low=150_000, high=150_000, product_id="f" * 24)
    facts = caught.value.facts
    assert (facts.reason, facts.amount, facts.currency) == (Reason.OFFER_GONE, cheapest, "USD")


@pytest.mark.parametrize("fault", [{"status": 500}, {"delay": 3.0}, {"cut": "before"}])
async def test_what_it_costs_now_is_not_waited_for_and_may_stay_unknown(floor: Floor, fault: dict[str, object]) -> None:
    floor.director.move_prices("Telegram", "BR", 10)
    floor.director.fault("/products", times=None, **fault)
    begun = asyncio.get_running_loop().time()
    order = await floor.bought()
    assert (order.state, order.cheapest) == (S.REFUSED, None)
    assert asyncio.get_running_loop().time() - begun < 3


async def test_a_price_that_the_window_holds_explains_no_refusal(floor: Floor) -> None:
    floor.director.fault("/purchase", status=406, body={"message": "no", "code": "NO"})
    assert (await floor.bought()).cheapest is None


async def test_an_exact_offer_is_bought_at_its_price(floor: Floor) -> None:
    service, country = floor.pair()
    offer = (await floor.catalog.prices.offers(service, country)).offers[-1]
    order = await floor.bought(low=offer.price, high=offer.price, product_id=offer.product_id)
    assert (order.cost, order.window) == (offer.price, Window(offer.price, offer.price))
    (purchase,) = floor.sandbox.record.purchases
    assert (purchase.kind, purchase.product_id) == ("product", offer.product_id)


async def test_an_exact_offer_that_became_dearer_is_not_bought(floor: Floor) -> None:
    service, country = floor.pair()
    offer = (await floor.catalog.prices.offers(service, country)).offers[0]
    floor.director.move_prices("Telegram", "BR", 2)
    with pytest.raises(Refusal) as caught:
        await floor.bought(low=offer.price, high=offer.price, product_id=offer.product_id)
    facts = caught.value.facts
    assert (facts.reason, facts.amount, facts.limit) == (Reason.PRICE_MOVED, 2 * offer.price, offer.price)
    assert facts.currency == floor.account.currency
    floor.director.sell_out("Telegram", "BR")
    for product_id in (offer.product_id, "f" * 24):
        with pytest.raises(Refusal) as caught:
            await floor.bought(low=offer.price, high=offer.price, product_id=product_id)
        assert (caught.value.facts.reason, caught.value.facts.amount) == (Reason.OFFER_GONE, None)
    assert len(floor.sandbox.record.purchases) == 0
    assert await floor.money() == {}


@pytest.mark.parametrize(
    ("fault", "bought"),
    [
        ({"cut": "before"}, 0),
        ({"cut": "after"}, 1),
        ({"status": 500}, 0),
        ({"status": 502, "after": True}, 1),
        ({"status": 400, "body": "<html>"}, 0),
        ({"broken_body": "garbage", "after": True}, 1),
    ],
)
async def test_an_unknown_outcome_is_told_never_sent_again_and_released_in_time(
    floor: Floor, fault: dict[str, object], bought: int
) -> None:
    floor.director.fault("/purchase", **fault)
    order = await floor.bought()
    assert order.state is S.UNCONFIRMED
    assert await floor.told() == ["unconfirmed", "alert"]
    lost = floor.shop.lost
    floor.clock.forward(599)
    await lost.release_due()
    assert (await floor.order(order.id)).state is S.UNCONFIRMED
    floor.clock.forward(1)
    await lost.release_due()
    await lost.release_due()
    after = await floor.order(order.id)
    assert (after.state, after.charged) == (S.RELEASED, 0)
    money = await floor.money()
    assert (money[f"held:{ANN}"], money[f"wallet:{ANN}"]) == (0, 0)
    assert len(floor.sandbox.record.purchases) == bought
    assert sum(one.path.endswith("/purchase") for one in floor.sandbox.record.requests) == 1


async def test_a_refusal_passes_its_milestones(floor: Floor) -> None:
    floor.director.fault("/purchase", status=406, body={"message": "no", "code": "NO"})
    names: list[str] = []
    milestones.listen(names.append)
    try:
        await floor.bought()
    finally:
        milestones.listen(None)
    assert names == ["hold.before-commit", "hold.committed", "outcome.before-commit", "outcome.committed"]


@pytest.mark.parametrize("status", [400, 404, 406, 429])
async def test_a_refusal_in_hidsims_own_words_is_a_refusal(floor: Floor, status: int) -> None:
    floor.director.fault("/purchase", status=status, body={"message": "no", "code": "NO"})
    order = await floor.bought()
    assert (order.state, order.finished_at, order.charged) == (S.REFUSED, floor.clock(), 0)
    assert (await floor.money())[f"held:{ANN}"] == 0
    assert await floor.notices_of(order) == [("refused", ANN)]
    assert await floor.audited(order) == [("order.placing", ANN), ("order.sent", None), ("order.refused", None)]
    assert await floor.audit_detail(order, "order.placing") == {"held": order.held}
    assert await floor.audit_detail(order, "order.refused") == {"reason": order.reason}


async def test_what_a_dead_process_left_is_unconfirmed_and_not_sent_again(floor: Floor) -> None:
    order = await floor.checkout.buy(ANN, floor.wish())
    await floor.purchases.drain(0)
    assert (await floor.order(order.id)).state is S.PLACING
    sent = len(floor.sandbox.record.purchases)
    async with floor.database.write() as tx:
        await altered(tx, order.id, process_id=1)  # another one, which is no more
    assert await floor.shop.takeover.take_over() == 1
    assert await floor.shop.takeover.take_over() == 0
    assert (await floor.order(order.id)).state is S.UNCONFIRMED
    await floor.checkout.buy(ANN, floor.wish())
    await floor.purchases.drain(5)
    assert len(floor.sandbox.record.purchases) == sent


async def test_three_lost_answers_in_ten_minutes_pause_buying_and_an_admin_resumes_it(floor: Floor) -> None:
    floor.director.fault("/purchase", times=None, cut="before")
    for nonce in "abc":
        await floor.bought(nonce=nonce)
    floor.director.clear_faults()
    floor.clock.forward(600)
    await floor.shop.lost.release_due()
    with pytest.raises(Refusal) as caught:
        await floor.bought(nonce="d")
    assert caught.value.facts.reason is Reason.BUYING_PAUSED
    await floor.shop.pause.steer(ADA, paused=False)
    assert (await floor.bought(nonce="d")).live


async def test_lost_answers_far_apart_do_not_pause_buying(floor: Floor) -> None:
    for nonce in "abcd":
        floor.director.fault("/purchase", cut="before")
        await floor.bought(nonce=nonce)
        floor.clock.forward(timedelta(minutes=6).total_seconds())
        await floor.shop.lost.release_due()
    assert (await floor.bought(nonce="e")).live


async def test_a_second_tap_gets_its_order_though_the_offer_became_dearer_since(floor: Floor) -> None:
    service, country = floor.pair()
    offer = (await floor.catalog.prices.offers(service, country)).offers[0]
    facts: dict[str, Any] = {"low": offer.price, "high": offer.price, "product_id": offer.product_id}
    order = await floor.bought(**facts)
    floor.director.move_prices("Telegram", "BR", 2)
    assert (await floor.bought(**facts)).id == order.id
    with pytest.raises(Refusal):
        await floor.bought(nonce="n2", **facts)
    await floor.people.meet(BEN, "Ben", "en")
    with pytest.raises(Refusal):
        await floor.bought(BEN, **facts)
    assert len(floor.sandbox.record.purchases) == 1


@pytest.mark.parametrize(("low", "sent"), [(0, None), (1, Decimal("0.000001")), (100_000, Decimal("0.1"))])
async def test_a_window_that_begins_at_nothing_names_no_minimum(floor: Floor, low: int, sent: Decimal | None) -> None:
    await floor.catalog.prices.offers(*floor.pair())
    await floor.bought(low=low)
    (purchase,) = floor.sandbox.record.purchases
    assert (purchase.lowest, purchase.highest) == (sent, Decimal("0.8"))


async def test_without_offers_at_hand_both_ends_give_way_by_what_rounding_can_hide(floor: Floor) -> None:
    await floor.bought(low=100_000)
    (purchase,) = floor.sandbox.record.purchases
    assert (purchase.lowest, purchase.highest) == (Decimal("0.0999995"), Decimal("0.8000005"))


@pytest.mark.parametrize(("low", "high"), [(300_000, 200_000), (0, 0)])
async def test_a_window_that_holds_nothing_is_refused_before_anything_is_written(
    floor: Floor, low: int, high: int
) -> None:
    with pytest.raises(Refusal) as caught:
        await floor.bought(low=low, high=high)
    assert caught.value.facts.reason is Reason.NO_MATCH
    assert await floor.money() == {}
    assert [one for one in floor.sandbox.record.requests if one.path.endswith("/purchase")] == []
