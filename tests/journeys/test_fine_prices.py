"""Prices finer than a micro-unit: what the screen counts as matching can be bought, at no more than the maximum."""

from pathlib import Path

import pytest

from bot.domain.money import Markup, to_micros
from tests.journeys.shop import Shop, Thumb, World, open_shop, running, settings_for
from tests.journeys.steps import BOTH, BUY, asks_the_price

FINE = ["0.1923076923", "0.25"]


def chosen(ann: Thumb, preset: str) -> bool:
    """The preset's button is marked by its colour."""
    rows = ann.screen().raw["reply_markup"]["inline_keyboard"]
    return any(one["text"] == preset and one.get("style") == "primary" for row in rows for one in row)


async def buys_by(shop: Shop, prices: list[str], preset: str, markup: int = 0) -> None:
    shop.director.set_prices("Telegram", "BR", prices)
    ann = shop.person()
    await asks_the_price(ann)
    await ann.tap(preset)
    await ann.waits_until(lambda: chosen(ann, preset), f"{preset} as the chosen one")
    await ann.tap(BUY)
    await ann.sees("the code came. You paid")
    order, (bought,) = await shop.order(), shop.record.purchases
    assert order.charged == Markup(markup).shown(to_micros(bought.price))
    assert order.charged == order.price <= order.held <= order.window.high  # the code may come with the number


@BOTH
@pytest.mark.parametrize(
    ("prices", "preset"),
    [
        (FINE, "Cheapest"),
        (FINE, "Any price"),
        (["0.30000000000000004"], "Any price"),
        (["0.1234565"], "Cheapest"),  # exactly between two micro-units
        (["0.1234575"], "Median"),
        (["0.1000001", "0.1000002", "0.10000031", "0.10000049"], "Cheapest"),  # four within one micro-unit
        (["0.05", "0.333333333333333333333333333333"], "Any price"),
    ],
)
async def test_an_offer_shown_as_matching_is_bought(shop: Shop, prices: list[str], preset: str) -> None:
    await buys_by(shop, prices, preset)


@pytest.mark.parametrize("markup", [7, 15, 33])
@pytest.mark.parametrize("preset", ["Cheapest", "Any price"])
async def test_a_markup_changes_nothing_in_that(tmp_path: Path, markup: int, preset: str) -> None:
    async with open_shop(tmp_path, markup_percent=markup) as shop:
        await buys_by(shop, ["0.1923076923", "0.30000000000000004"], preset, markup)


async def test_an_exact_offer_of_such_a_price_is_bought_at_the_price_on_its_button(shop: Shop) -> None:
    shop.director.set_prices("Telegram", "BR", FINE)
    ann = shop.person()
    await asks_the_price(ann)
    await ann.tap("Exact offer")
    await ann.sees("A tap on an offer buys it")
    await ann.tap("$0.20")
    await ann.sees("the code came. You paid")
    assert (await shop.order()).charged == 192_308


async def test_an_old_button_buys_after_a_restart_without_the_offers_being_read_again(
    tmp_path: Path, world: World
) -> None:
    settings = settings_for(world, tmp_path)
    world.hidsim.director.set_prices("Telegram", "BR", FINE)
    async with running(world, settings) as shop:
        ann = shop.person()
        await asks_the_price(ann)
        await ann.tap("Cheapest")
        await ann.waits_until(lambda: chosen(ann, "Cheapest"), "Cheapest as the chosen one")
    async with running(world, settings) as shop:
        await shop.person().tap(BUY)
        await shop.person().sees("the code came. You paid $0.20.")


@pytest.mark.parametrize("price", ["0.0000001", "0", "0.0000005"])
async def test_a_price_that_rounds_to_nothing_is_not_offered(shop: Shop, price: str) -> None:
    shop.director.set_prices("Telegram", "BR", [price, "0.25"])
    ann = shop.person()
    shown = await asks_the_price(ann)
    assert "1 offer, $0.25" in shown.text
    shop.director.set_prices("Telegram", "BR", [price])
    shop.app.shop.catalog.prices.forget_offers(*(await _pair(shop)))
    await ann.say("telegram brazil")
    await ann.sees("Sold out: Telegram in 🇧🇷 Brazil.")


async def _pair(shop: Shop) -> tuple[int, int]:
    catalog = shop.app.shop.catalog
    service = next(s.id for s in catalog.services.values() if s.name == "Telegram")
    return service, next(c.id for c in catalog.countries.values() if c.code == "BR")
