"""Buying one offer: at the price on its button, or not at all. And countries where nothing is left."""

from decimal import Decimal
from pathlib import Path

from bot.domain.money import to_micros
from tests.journeys.shop import NOTHING_SPENT, Shop, Thumb, open_shop
from tests.journeys.steps import BOTH, asks_the_price

FEW = ["0.10", "0.12", "0.125", "0.30"]


async def to_the_offers(shop: Shop, ann: Thumb, prices: list[str] | None = None) -> None:
    """The list; of one page unless there are more prices."""
    shop.director.set_prices("Telegram", "BR", prices or FEW)
    await asks_the_price(ann)
    await ann.tap("Exact offer")
    await ann.sees("at exactly its price")


def priced(ann: Thumb) -> list[str]:
    return [label for label in ann.screen().labels if label.startswith("$")]


@BOTH
async def test_an_offer_is_bought_at_the_price_on_its_button(shop: Shop) -> None:
    ann = shop.person()
    await to_the_offers(shop, ann)
    assert [label.split(" ")[0] for label in priced(ann)] == ["$0.10", "$0.12", "$0.13", "$0.30"]
    await ann.tap(priced(ann)[2])
    await ann.sees("the code came. You paid")
    (bought,) = shop.record.purchases
    assert bought.kind == "product"
    assert to_micros(bought.price) == 125_000
    order = await shop.order()
    assert order.held == order.charged == 125_000


async def test_where_a_thumb_turns_pages_an_offer_is_asked_back_before_it_is_bought(shop: Shop) -> None:
    ann = shop.person()
    await to_the_offers(shop, ann, [f"0.{10 + n}" for n in range(20)])
    assert [label.split(" ")[0] for label in priced(ann)] == [f"$0.{10 + n}" for n in range(8)]
    await ann.tap("▶️")
    await ann.sees_button("2/3")
    await ann.tap("▶️")
    await ann.sees_button("3/3")
    await ann.tap("▶️")
    await ann.sees_button("1/3")
    await ann.tap("◀️")
    await ann.sees_button("3/3")
    await ann.tap("$0.29")
    asked = await ann.sees("for $0.29?")
    assert shop.record.purchases == []
    await ann.tap("Back")
    await ann.sees_button("3/3")
    await ann.tap("$0.29")
    await ann.tap_seen("Buy · $0.29")
    await ann.sees("the code came. You paid $0.29.")
    assert len(shop.record.purchases) == 1
    assert asked.message_id <= ann.screen().message_id


async def test_an_offer_that_went_before_it_was_asked_back_shows_the_list_as_it_is(shop: Shop) -> None:
    ann = shop.person()
    await to_the_offers(shop, ann, [f"0.{10 + n}" for n in range(20)])
    shop.director.set_prices("Telegram", "BR", FEW)
    shop.server.watch.advance(minutes=1)
    answer = await ann.tap("$0.15")
    assert answer.alert
    assert "This offer is gone" in answer.text
    await ann.sees_button("$0.30")
    assert len(priced(ann)) == 4


async def test_an_offer_whose_price_rose_is_not_bought_and_the_list_is_shown_fresh(shop: Shop) -> None:
    ann = shop.person()
    await to_the_offers(shop, ann)
    shop.director.move_prices("Telegram", "BR", 2)
    answer = await ann.tap("$0.10")
    assert answer.alert
    assert answer.text.startswith("This offer now costs $0.20 instead of $0.10: nothing was bought.")
    await ann.sees_button("$0.20")
    assert [label.split(" ")[0] for label in priced(ann)] == ["$0.20", "$0.24", "$0.25", "$0.60"]
    assert shop.record.purchases == []
    assert await shop.orders() == []
    await ann.tap("$0.20")
    await ann.sees("the code came. You paid $0.20.")
    assert len(shop.record.purchases) == 1


async def test_an_offer_that_became_cheaper_is_bought_at_the_lower_price(shop: Shop) -> None:
    ann = shop.person()
    await to_the_offers(shop, ann)
    shop.director.move_prices("Telegram", "BR", "0.5")
    await ann.tap("$0.10")
    await ann.sees("the code came. You paid $0.05.")
    assert (await shop.money()).wallet == -50_000


async def test_an_offer_that_is_gone_is_said_and_the_others_are_shown(shop: Shop) -> None:
    ann = shop.person()
    await to_the_offers(shop, ann)
    shop.director.sell_out("Telegram", "BR")
    answer = await ann.tap("$0.10")
    assert answer.alert
    assert answer.text == "😕 This offer is gone: nothing was bought. Choose another one."
    gone = await ann.sees("Sold out: Telegram in 🇧🇷 Brazil.")
    assert any("Other countries" in label for label in gone.labels)
    assert shop.record.purchases == []


async def test_offers_beyond_the_balance_are_not_offered(tmp_path: Path) -> None:
    async with open_shop(tmp_path, daily_spend=Decimal("0.12")) as shop:
        ann = shop.person()
        await to_the_offers(shop, ann)
        assert [label.split(" ")[0] for label in priced(ann)] == ["$0.10", "$0.12"]
        assert "2 more cost more than you can spend now." in ann.screen().text


async def test_an_offer_that_goes_at_the_last_moment_ends_with_next_steps(shop: Shop) -> None:
    ann = shop.person()
    await to_the_offers(shop, ann)
    shop.director.fault(
        "/purchase", status=400, body={"message": "The product is out of stock", "code": "OUT_OF_STOCK"}
    )
    await ann.tap("$0.10")
    told = await ann.sees("You paid nothing.")
    assert "was sold a moment ago" in told.text or "The number at" in told.text
    assert any("Other countries" in label for label in told.labels)
    assert await shop.money() == NOTHING_SPENT


async def test_a_sold_out_country_is_a_screen_with_a_way_on_when_typed(shop: Shop) -> None:
    shop.director.sell_out("Telegram", "BR")
    ann = shop.person()
    told = await ann.searches("telegram brazil 0.3")
    assert told.text == "😕 Sold out: Telegram in 🇧🇷 Brazil."
    ways = ["🔔 Tell me when available", "🌍 Other countries", "🔄 Look again"]
    assert told.labels == [*ways, "↩️ Back", "🏠 Menu"]
    shop.director.set_prices("Telegram", "BR", FEW)
    shop.server.watch.advance(minutes=1)
    await ann.tap("Look again", message=told)
    await ann.sees_button("Buy · up to $0.30")
    shop.director.sell_out("Telegram", "BR")
    shop.server.watch.advance(minutes=1)
    await ann.tap("Cheapest")
    await ann.tap_seen("Other countries")
    await ann.sees("Telegram: which country?")
