"""Drafts: what is ticked for one order is there for a day, for its person alone, and without what is not sold."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.domain.drafts import mark_of
from bot.domain.orders import Order
from bot.domain.price_window import Window
from bot.domain.refusals import Reason, Refusal
from bot.facts.shop import PriceFacts, Unsold
from bot.services.orders.checkout import Wish
from bot.services.shop.drafts import Drafts
from tests.services.floor import ANN, BEN, Floor

TELEGRAM = "Telegram"


def ids(floor: Floor, *codes: str) -> tuple[int, ...]:
    return tuple(floor.pair(country=code)[1].id for code in codes)


async def ticks(floor: Floor, *codes: str, person_id: int = ANN) -> tuple[int, tuple[int, ...]]:
    """(Telegram, the ticked countries)"""
    service, countries = floor.pair()[0].id, ids(floor, *codes)
    for one in countries:
        await floor.shop.drafts.tick(person_id, service, one)
    return service, countries


async def ticked(floor: Floor, person_id: int = ANN, drafts: Drafts | None = None) -> list[str | None]:
    (service,) = (one.id for one in floor.catalog.services.values() if one.name == TELEGRAM)
    found = await (drafts or floor.shop.drafts).ticked(person_id, service)
    return [one.code for one in found]


async def test_what_one_person_ticks_for_a_service_is_there_after_a_restart_and_nobody_elses(floor: Floor) -> None:
    await floor.people.meet(BEN, "Ben", "en")
    await ticks(floor, "BR", "IN", "BR")
    await ticks(floor, "DE", person_id=BEN)
    again = Drafts(floor.database, floor.catalog, floor.account)
    assert await ticked(floor, drafts=again) == ["BR", "IN"]
    assert await ticked(floor, BEN, again) == ["DE"]
    assert await again.ticked(ANN, floor.pair("WhatsApp")[0].id) == ()


async def test_a_country_that_is_not_sold_is_not_ticked_and_leaves_a_draft_that_has_it(floor: Floor) -> None:
    service, (brazil, india) = await ticks(floor, "BR", "IN")
    floor.catalog.countries.pop(brazil)
    assert await ticked(floor) == ["IN"]
    with pytest.raises(Refusal) as refused:
        await floor.shop.drafts.tick(ANN, service, brazil)
    assert refused.value.facts.reason is Reason.NO_COUNTRY
    sold = await floor.shop.sale.sell_any(ANN, mark_of((brazil, india)), Wish(service, 0, Window(0, 800_000), "n1"))
    assert isinstance(sold, Unsold)
    assert sold.why.reason is Reason.COUNTRIES_CHANGED
    assert isinstance(sold.prices, PriceFacts)
    assert (sold.prices.country.id, sold.prices.countries) == (india, ())


async def test_drafts_are_kept_for_a_day(floor: Floor) -> None:
    await ticks(floor, "BR", "IN")
    floor.clock.forward(23 * 3600)
    await floor.shop.drafts.forget_old()
    assert await ticked(floor) == ["BR", "IN"]
    floor.clock.forward(2 * 3600)
    await floor.shop.drafts.forget_old()
    assert await ticked(floor) == []
    with pytest.raises(Refusal) as refused:
        await floor.shop.drafts.wanted(ANN, floor.pair()[0].id)
    assert refused.value.facts.reason is Reason.COUNTRIES_CHANGED


async def test_a_draft_without_a_tick_leaves_nothing_behind(floor: Floor) -> None:
    service, (brazil,) = await ticks(floor, "BR")
    await floor.shop.drafts.untick(ANN, service, brazil)
    async with floor.database.read() as tx:
        assert (await tx.connection.execute(text("SELECT count(*) FROM drafts"))).scalar_one() == 0


async def bought(floor: Floor, *codes: str) -> Order:
    """An order of any of these countries, its purchase answered."""
    service, countries = await ticks(floor, *codes)
    wish = Wish(service, countries[0], Window(0, 800_000), "n1", countries=countries)
    order = await floor.checkout.buy(ANN, wish)
    await floor.purchases.drain(5)
    return await floor.order(order.id)


async def test_the_price_of_several_is_one_ladder_and_what_cannot_be_read_is_left_out(floor: Floor) -> None:
    floor.director.set_prices(TELEGRAM, "BR", ["0.30"])
    floor.director.set_prices(TELEGRAM, "IN", ["0.20", "0.40"])
    service, countries = await ticks(floor, "BR", "IN")
    facts = await floor.pricing.of_any(ANN, service, countries, None)
    assert isinstance(facts, PriceFacts)
    assert facts.ladder.prices == (200_000, 300_000, 400_000)
    assert facts.window == Window(200_000, 300_000)
    floor.clock.forward(60)
    brazil = floor.hidsim._backend.catalog.find_country("BR").object_id
    floor.director.fault(f"_country={brazil}", status=500, times=None)
    assert isinstance(await floor.pricing.of_any(ANN, service, countries, None), PriceFacts)


async def test_an_order_keeps_its_countries_whatever_becomes_of_the_draft(floor: Floor) -> None:
    order = await bought(floor, "IN", "BR")
    await floor.shop.drafts.untick(ANN, order.service_id, order.countries[0].id)
    assert [one.code for one in (await floor.order(order.id)).countries] == ["IN", "BR"]
    await floor.shop.again.prices(ANN, order.id)
    assert await ticked(floor) == ["IN", "BR"]


async def test_the_prices_of_somebody_elses_order_are_refused_and_tick_nothing(floor: Floor) -> None:
    await floor.people.meet(BEN, "Ben", "en")
    order = await bought(floor, "IN", "BR")
    with pytest.raises(Refusal) as refused:
        await floor.shop.again.prices(BEN, order.id)
    assert refused.value.facts.reason is Reason.NOT_YOURS
    assert await ticked(floor, BEN) == []


async def test_a_window_of_several_is_no_pairs_last_window(floor: Floor) -> None:
    order = await bought(floor, "BR", "IN")
    assert order.country_known
    facts = await floor.pricing.facts(ANN, order.service_id, order.country_id, None)
    assert isinstance(facts, PriceFacts)
    assert facts.window != order.window


async def test_a_lost_purchase_of_several_is_of_one_of_them(floor: Floor) -> None:
    floor.director.fault("/purchase", cut="after")
    order = await bought(floor, "BR", "IN")
    assert not order.country_known
    assert order.region is None
    floor.clock.forward(timedelta(minutes=20).total_seconds())
    await floor.shop.lost.release_due()
    assert [one.code for one in (await floor.order(order.id)).countries] == ["BR", "IN"]
