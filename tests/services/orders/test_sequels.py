"""Another number after one without a code: by a tap, or by itself; once, never dearer, never elsewhere unasked."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import cast

import pytest
from sqlalchemy import text

from bot.domain.access import Standing
from bot.domain.ledger import held
from bot.domain.limits import LimitKind
from bot.domain.orders import Order, OrderState
from bot.domain.price_window import Window
from bot.domain.refusals import Reason, Refusal
from bot.domain.results import Result
from bot.domain.sequels import MAX_TRIES, NO_PLAN, Plan, Sequel, agreed
from bot.services.shop.next_country import NextCountry
from bot.services.shop.results import Results
from tests.services.floor import ADA, ANN, BEN, Floor

S = OrderState
BY_ITSELF = Plan().switched()


async def ended(floor: Floor, plan: Plan = NO_PLAN, nonce: str = "n1") -> Order:
    """An order whose number got no code."""
    order = await numbered(floor, plan, nonce)
    return await no_code(floor, order)


async def numbered(floor: Floor, plan: Plan = NO_PLAN, nonce: str = "n1") -> Order:
    floor.director.set_default_story("never")
    order = await floor.bought(nonce=nonce, **agreed(plan))
    return await number_of(floor, order)


async def number_of(floor: Floor, order: Order) -> Order:
    floor.clock.forward(1)
    return (await floor.own_orders.refresh(order.person_id, order.id)).order


async def no_code(floor: Floor, order: Order) -> Order:
    floor.director.refund_now(order.operation_id)
    await floor.recorder.read(await floor.order(order.id))
    return await floor.order(order.id)


async def follows(floor: Floor) -> None:
    await floor.shop.sequels.follow_due()
    await floor.purchases.drain(5)


async def all_orders(floor: Floor) -> list[Order]:
    async with floor.database.read() as tx:
        found = (await tx.connection.execute(text("SELECT id FROM orders ORDER BY id"))).scalars()
        ids = list(found)
    return [await floor.order(one) for one in ids]


async def test_another_number_is_the_same_again_and_two_taps_buy_it_once(floor: Floor) -> None:
    first = await ended(floor)
    bought = await floor.shop.sequels.another(ANN, first.id)
    again = await floor.shop.sequels.another(ANN, first.id)
    await floor.purchases.drain(5)
    assert isinstance(bought, Order)
    assert isinstance(again, Order)
    assert again.id == bought.id
    second = await floor.order(bought.id)
    same = ("service_id", "country_id", "window", "person_id")
    assert [getattr(second, one) for one in same] == [getattr(first, one) for one in same]
    assert (second.replaces, second.attempt, second.tries, second.sequel) == (first.id, 2, 1, None)
    assert (await floor.order(first.id)).followed_by == second.id
    assert len(floor.sandbox.record.purchases) == 2
    assert ("order.follows", ANN) in await floor.audited(second)


async def test_a_number_that_is_alive_or_got_its_code_is_followed_by_none(floor: Floor) -> None:
    alive = await numbered(floor)
    with pytest.raises(Refusal, match=r"not_now"):
        await floor.shop.sequels.another(ANN, alive.id)
    floor.director.code_now(alive.operation_id)
    await floor.recorder.read(alive)
    with pytest.raises(Refusal, match=r"not_now"):
        await floor.shop.sequels.another(ANN, alive.id)


async def test_somebody_elses_order_is_not_followed(floor: Floor) -> None:
    first = await ended(floor)
    await floor.people.meet(BEN, "Ben", "en")
    with pytest.raises(Refusal, match=r"not_yours"):
        await floor.shop.sequels.another(BEN, first.id)


async def test_the_next_country_is_the_cheapest_inside_the_window_that_was_not_tried(floor: Floor) -> None:
    first = await ended(floor)
    onward = await floor.shop.sequels.onward(ANN, first.id)
    assert onward.country is not None
    assert onward.country.id != first.country_id
    bought = await floor.shop.sequels.another(ANN, first.id, onward.country.id)
    assert isinstance(bought, Order)
    await floor.purchases.drain(5)
    second = await number_of(floor, bought)
    assert second.country_id == onward.country.id
    assert first.window.low == second.window.low <= second.window.high <= first.window.high
    after = await floor.shop.sequels.onward(ANN, (await no_code(floor, second)).id)
    assert after.country is not None
    assert after.country.id not in (first.country_id, second.country_id)


class Told:
    """Results as many people would have left them."""

    def __init__(self, results: Mapping[int, Result]) -> None:
        self._results = results

    async def of(self, _service_id: int) -> Mapping[int, Result]:
        return self._results


async def test_a_country_with_good_results_goes_before_a_cheaper_one_and_a_bad_one_last(floor: Floor) -> None:
    service, brazil = floor.pair()
    window = Window(0, 800_000)
    cheapest = await NextCountry(floor.catalog, floor.shop.results).best(service.id, window, [brazil.id])
    assert cheapest is not None
    others = [one.id for one in floor.catalog.countries.values() if one.id not in (brazil.id, cheapest.id)]
    good = await NextCountry(floor.catalog, cast("Results", Told({}))).best(
        service.id, window, [brazil.id, cheapest.id]
    )
    assert good is not None
    assert good.id in others
    told = cast("Results", Told({good.id: Result(28, 30), cheapest.id: Result(1, 30)}))
    first = await NextCountry(floor.catalog, told).best(service.id, window, [brazil.id])
    assert first == good
    told = cast("Results", Told({cheapest.id: Result(1, 30)}))
    assert await NextCountry(floor.catalog, told).best(service.id, window, [brazil.id]) != cheapest


async def test_no_country_is_named_where_all_is_dearer_than_the_window(floor: Floor) -> None:
    floor.director.set_default_story("never")
    order = await floor.checkout.buy(ANN, floor.wish(high=100_000))
    await floor.purchases.drain(5)
    for country in floor.catalog.countries.values():
        if country.id != order.country_id:
            floor.director.set_prices("Telegram", country.code, ["0.5"])
    first = await no_code(floor, await number_of(floor, order))
    assert (await floor.shop.sequels.onward(ANN, first.id)).country is None


async def test_by_itself_three_numbers_are_bought_one_after_the_other_and_then_no_more(floor: Floor) -> None:
    await ended(floor, BY_ITSELF)
    for attempt in (2, 3):
        await follows(floor)
        newest = (await all_orders(floor))[-1]
        assert (newest.attempt, newest.tries) == (attempt, MAX_TRIES)
        assert (await floor.money())[held(ANN)] == newest.held
        await no_code(floor, await number_of(floor, newest))
    await follows(floor)
    chain = await all_orders(floor)
    assert [one.attempt for one in chain] == [1, 2, 3]
    assert {(one.country_id, one.window) for one in chain} == {(chain[0].country_id, chain[0].window)}
    assert [one.followed_by for one in chain] == [2, 3, None]
    assert (await floor.told()).count("ended") == 3
    assert ("order.follows", None) in await floor.audited(chain[1])


@pytest.mark.parametrize("by_itself", [True, False])
async def test_any_of_several_countries_is_followed_by_any_of_the_same(floor: Floor, by_itself: bool) -> None:
    asked = tuple(floor.pair(country=code)[1].id for code in ("BR", "GB"))
    floor.director.set_default_story("never")
    plan = BY_ITSELF if by_itself else NO_PLAN
    order = await number_of(floor, await floor.bought(countries=asked, **agreed(plan)))
    first = await no_code(floor, order)
    await (follows(floor) if by_itself else floor.shop.sequels.another(ANN, first.id))
    await floor.purchases.drain(5)
    last = (await all_orders(floor))[-1]
    assert last.replaces == first.id
    assert [one.id for one in last.countries] == list(asked)
    onward = await floor.shop.sequels.onward(ANN, first.id)
    assert onward.country is None or onward.country.id not in asked


async def test_nothing_follows_a_code(floor: Floor) -> None:
    order = await numbered(floor, BY_ITSELF)
    floor.director.code_now(order.operation_id)
    await floor.recorder.read(order)
    await follows(floor)
    assert [(one.state, one.sequel) for one in await all_orders(floor)] == [(S.COMPLETED, None)]


async def test_nothing_follows_by_itself_where_nothing_matches(floor: Floor) -> None:
    floor.director.fault("/purchase", status=406, body={"message": "No product matched"})
    order = await floor.bought(**agreed(BY_ITSELF))
    await follows(floor)
    assert [(one.state, one.sequel) for one in await all_orders(floor)] == [(S.REFUSED, None)]
    bought = await floor.shop.sequels.another(ANN, order.id)
    assert isinstance(bought, Order)


async def test_whoever_closes_has_had_enough(floor: Floor) -> None:
    order = await numbered(floor, BY_ITSELF)
    assert (await floor.closing.close(ANN, order.id)).order.state is S.USER_REFUNDED
    await follows(floor)
    assert len(await all_orders(floor)) == 1


async def test_close_when_allowed_ends_the_trying_too(floor: Floor) -> None:
    order = await numbered(floor, BY_ITSELF)
    await floor.closing.close_when_allowed(ANN, order.id)
    await floor.closing.close_due()
    await follows(floor)
    assert [one.state for one in await all_orders(floor)] == [S.USER_REFUNDED]


@pytest.mark.parametrize("reason", ["pause", "blocked", "limit"])
async def test_what_stops_buying_stops_it_and_is_told_in_one_message_with_the_end(floor: Floor, reason: str) -> None:
    order = await numbered(floor, BY_ITSELF)
    if reason == "pause":
        await floor.shop.pause.steer(ADA, paused=True)
    elif reason == "blocked":
        await floor.people.decide(ADA, ANN, Standing.BLOCKED)
    else:
        await floor.shop.person_limits.set(ADA, ANN, LimitKind.PURCHASES, 1)
    await no_code(floor, order)
    await follows(floor)
    await follows(floor)
    assert len(await all_orders(floor)) == 1
    assert (await floor.order(order.id)).sequel is None
    assert (await floor.told()).count("not_followed") == 1
    async with floor.database.read() as tx:
        open_ = await tx.connection.execute(text("SELECT key FROM notices WHERE done_at IS NULL AND order_id = 1"))
        assert "ended:1" not in {row.key for row in open_}


async def test_an_end_that_is_met_hours_later_buys_nothing(floor: Floor) -> None:
    await ended(floor, BY_ITSELF)
    floor.clock.forward(3601)
    await follows(floor)
    assert len(await all_orders(floor)) == 1
    assert "not_followed" in await floor.told()


async def test_a_number_that_the_service_refused_is_closed_when_allowed_and_followed(floor: Floor) -> None:
    order = await numbered(floor)
    floor.director.too_early(120)
    card = await floor.shop.sequels.turn_down(ANN, order.id)
    assert (card.order.sequel, card.order.close_wanted) == (Sequel.HERE, True)
    await floor.closing.close_due()
    await follows(floor)
    assert len(await all_orders(floor)) == 1
    floor.clock.forward(121)
    await floor.closing.close_due()
    await follows(floor)
    first, second = await all_orders(floor)
    assert (first.state, second.replaces) == (S.USER_REFUNDED, first.id)
    assert second.country_id == first.country_id


async def test_a_code_that_comes_before_the_close_ends_the_wish(floor: Floor) -> None:
    order = await numbered(floor)
    floor.director.too_early(120)
    await floor.shop.sequels.turn_down(ANN, order.id)
    floor.director.code_now(order.operation_id)
    await floor.recorder.read(await floor.order(order.id))
    await follows(floor)
    assert [(one.state, one.sequel) for one in await all_orders(floor)] == [(S.COMPLETED, None)]


async def test_another_country_follows_a_refused_number_where_its_person_chose_it(floor: Floor) -> None:
    order = await numbered(floor, BY_ITSELF)
    onward = await floor.shop.sequels.onward(ANN, order.id)
    assert onward.country is not None
    await floor.shop.sequels.turn_down(ANN, order.id, onward.country.id)
    await floor.closing.close_due()
    await follows(floor)
    second = (await all_orders(floor))[1]
    assert (second.country_id, second.tries, second.sequel) == (onward.country.id, 1, None)


async def test_a_number_is_kept_after_all(floor: Floor) -> None:
    order = await numbered(floor)
    await floor.shop.sequels.turn_down(ANN, order.id)
    kept = (await floor.shop.sequels.keep(ANN, order.id)).order
    assert (kept.close_wanted, kept.sequel, kept.state) == (False, None, S.PENDING)


async def test_a_wish_lapses_when_the_number_can_not_be_closed_for_an_hour(floor: Floor) -> None:
    floor.director.set_default_story("never", expires_after=90_000)
    order = await number_of(floor, await floor.bought())
    floor.director.too_early(80_000)
    await floor.shop.sequels.turn_down(ANN, order.id)
    floor.clock.forward(3601)
    await follows(floor)
    now = await floor.order(order.id)
    assert (now.live, now.sequel) == (True, None)
    assert "not_followed" in await floor.told()


async def test_a_time_limit_closes_a_number_by_itself_and_the_next_follows(floor: Floor) -> None:
    order = await numbered(floor, BY_ITSELF)
    floor.clock.forward(479)
    await floor.shop.time_limits.give_up_due()
    assert not (await floor.order(order.id)).close_wanted
    floor.clock.forward(2)
    await floor.shop.time_limits.give_up_due()
    await floor.closing.close_due()
    assert (await floor.order(order.id)).state is S.USER_REFUNDED
    await follows(floor)
    assert (await all_orders(floor))[1].give_up_after == BY_ITSELF.give_up_after
    assert await floor.told() == ["number", "ended"]


async def test_a_time_limit_is_changed_and_taken_away_on_the_live_card(floor: Floor) -> None:
    order = await numbered(floor)
    assert (await floor.shop.time_limits.set(ANN, order.id, 300)).order.give_up_after == 300
    assert (await floor.shop.time_limits.set(ANN, order.id, None)).order.give_up_after is None
    floor.clock.forward(1000)
    await floor.shop.time_limits.give_up_due()
    assert not (await floor.order(order.id)).close_wanted


async def test_whoever_keeps_a_number_that_was_given_up_is_not_overruled(floor: Floor) -> None:
    order = await numbered(floor, replace(BY_ITSELF, tries=1))
    floor.clock.forward(481)
    await floor.shop.time_limits.give_up_due()
    await floor.closing.close_when_allowed(ANN, order.id)
    floor.clock.forward(1)
    await floor.shop.time_limits.give_up_due()
    assert not (await floor.order(order.id)).close_wanted


async def test_a_price_above_the_window_is_never_paid_by_itself(floor: Floor) -> None:
    order = await numbered(floor, BY_ITSELF)
    floor.director.move_prices("Telegram", "BR", 100)
    floor.clock.forward(30)
    await no_code(floor, order)
    await follows(floor)
    later = (await all_orders(floor))[1:]
    assert [one.state for one in later] in ([], [S.REFUSED])
    assert len(floor.sandbox.record.purchases) == 1


def test_a_plan_is_switched_on_with_a_time_limit_and_off_again() -> None:
    assert Plan().switched() == Plan(3, 480)
    assert Plan(1, 900).switched() == Plan(3, 900)
    assert Plan(3, 480).switched() == Plan()
    shown = Plan()
    assert [(shown := shown.limited()).give_up_after for _ in range(4)] == [300, 480, 900, None]
    assert Plan(3, 900).limited() == Plan(3, 300)
    assert timedelta(seconds=Plan().switched().give_up_after or 0) == timedelta(minutes=8)


async def test_money_that_is_gone_meanwhile_is_told_as_the_reason(floor: Floor) -> None:
    order = await numbered(floor, BY_ITSELF)
    await floor.shop.person_limits.set(ADA, ANN, LimitKind.SPEND, 100_000)
    await no_code(floor, order)
    await follows(floor)
    assert len(await all_orders(floor)) == 1
    detail = await notice(floor, "not_followed")
    assert detail["reason"] == Reason.DAILY_LIMIT.value


async def notice(floor: Floor, kind: str) -> dict[str, str]:
    async with floor.database.read() as tx:
        found = await tx.connection.execute(
            text("SELECT detail FROM notices WHERE key LIKE :kind"), {"kind": f"{kind}:%"}
        )
        return dict(json.loads(found.scalar_one()))


async def test_close_all_ends_the_trying_too(floor: Floor) -> None:
    order = await numbered(floor, BY_ITSELF)
    await floor.shop.close_all.close(ANN, order.id)
    await follows(floor)
    assert [one.state for one in await all_orders(floor)] == [S.USER_REFUNDED]
