"""Buying one offer: at the price on its button, or not at all. And countries where nothing is left."""

from bot.domain.money import to_micros
from tests.journeys.shop import NOTHING_SPENT, Shop, Thumb
from tests.journeys.steps import BOTH, asks_the_price


async def to_the_offers(ann: Thumb) -> None:
    await asks_the_price(ann)
    await ann.tap("Exact offer")
    await ann.sees("A tap on an offer buys it")


@BOTH
async def test_an_offer_is_bought_at_the_price_on_its_button(shop: Shop) -> None:
    ann = shop.person()
    await to_the_offers(ann)
    label = ann.screen().labels[2]
    await ann.tap(label)
    await ann.sees("the code came. You paid")
    (bought,) = shop.record.purchases
    assert bought.kind == "product"
    assert label.startswith((f"${bought.price:.2f}", f"${bought.price.normalize()}"))
    order = await shop.order()
    assert order.held == order.charged == to_micros(bought.price)


async def test_an_offer_whose_price_rose_is_not_bought_and_both_prices_are_said(shop: Shop) -> None:
    ann = shop.person()
    await to_the_offers(ann)
    shop.director.move_prices("Telegram", "BR", 2)
    answer = await ann.tap(ann.screen().labels[0])
    assert answer.alert
    assert answer.text.startswith("This offer now costs $0.20 instead of $0.10: nothing was bought.")
    assert shop.record.purchases == []
    assert await shop.orders() == []


async def test_an_offer_that_became_cheaper_is_bought_at_the_lower_price(shop: Shop) -> None:
    ann = shop.person()
    await to_the_offers(ann)
    shop.director.move_prices("Telegram", "BR", "0.5")
    await ann.tap(ann.screen().labels[0])
    await ann.sees("the code came. You paid $0.05.")
    assert (await shop.money()).wallet == -50_000


async def test_an_offer_that_is_gone_is_said_and_not_bought(shop: Shop) -> None:
    ann = shop.person()
    await to_the_offers(ann)
    shop.director.sell_out("Telegram", "BR")
    answer = await ann.tap(ann.screen().labels[0])
    assert answer.alert
    assert answer.text == "😕 This offer is gone: nothing was bought. Choose another one."
    assert shop.record.purchases == []


async def test_an_offer_that_goes_at_the_last_moment_ends_with_next_steps(shop: Shop) -> None:
    ann = shop.person()
    await to_the_offers(ann)
    shop.director.fault(
        "/purchase", status=400, body={"message": "The product is out of stock", "code": "OUT_OF_STOCK"}
    )
    offers = ann.screen()
    await ann.tap(offers.labels[0])
    told = await ann.sees("You paid nothing.")
    assert "was sold a moment ago" in told.text or "is gone at" in told.text
    assert any("Other countries" in label for label in told.labels)
    assert await shop.money() == NOTHING_SPENT


async def test_a_sold_out_country_is_said_when_typed(shop: Shop) -> None:
    shop.director.sell_out("Telegram", "BR")
    ann = shop.person()
    told = await ann.searches("telegram brazil")
    assert "Sold out here for now" in told.text
    assert told.labels


async def test_a_sold_out_country_goes_last_and_its_button_says_so(shop: Shop) -> None:
    shop.director.sell_out("Telegram", "BR")
    ann = shop.person()
    await ann.start()
    await ann.tap_seen("Buy a number")
    await ann.tap_seen("Telegram")
    await ann.sees("which country?")
    sold_out = await ann.sees_button("Brazil")
    gone = [label.endswith("none now") for label in sold_out.labels if "none now" in label or "$" in label]
    assert gone == sorted(gone)
    assert any("Brazil · none now" in label for label in sold_out.labels)
    answer = await ann.tap("Brazil")
    assert answer.alert
    assert answer.text.startswith("😕 Sold out here for now.")
