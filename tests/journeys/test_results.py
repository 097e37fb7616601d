"""What numbers brought lately: on the price screen, in the list, and as an order of its own."""

from tests.journeys.shop import ANN, Shop
from tests.journeys.steps import asks_the_price, buys
from tests.journeys.test_countries import changes, names, now, opens

PEOPLE = (ANN, 300, 301)


async def buy_and_get_codes(shop: Shop, text: str, times: int = 3) -> None:
    """Three people, each so many times."""
    for person in (shop.person(one) for one in PEOPLE):
        for _ in range(times):
            before = len(person.codes())
            await buys(person, text)
            await person.waits_until(lambda p=person, n=before: len(p.codes()) > n, "the code")
    shop.server.watch.advance(minutes=2)  # results are remembered for a minute


async def test_until_enough_people_bought_nothing_is_told_of_results(shop: Shop) -> None:
    ann = shop.person()
    assert "got a code" not in (await asks_the_price(ann)).text
    assert not any("Best results" in label or "%" in label for label in (await opens(ann)).labels)


async def test_what_the_last_numbers_brought_stands_beside_their_price_and_orders_the_list(shop: Shop) -> None:
    ann = shop.person()
    await buy_and_get_codes(shop, "telegram india")
    assert "9 of the last 9 got a code, median" in (await asks_the_price(ann, "telegram india")).text
    assert "got a code" not in (await asks_the_price(ann, "telegram brazil")).text
    menu = await opens(shop.person(400))
    best = await changes(shop.person(400), menu, "Best results")
    assert names(best)[0] == "🇮🇳 India"
    assert "· 100% · " in best.labels[0]
    assert "✓ Best results" in best.labels
    assert "The percentage says how many of the last numbers got a code." in best.text


async def test_the_order_by_results_of_a_service_without_any_is_the_usual_one(shop: Shop) -> None:
    """A button of before, when there were results."""
    ann = shop.person()
    menu = await opens(ann)
    await ann.presses("c1:1:b:0:h::", menu)
    await ann.waits_until(lambda: "which country?" in now(ann, menu).text, "the countries")
    assert not any("✓" in label for label in now(ann, menu).labels)
    assert "🇧🇷 Brazil" in names(now(ann, menu))
    assert len(names(await changes(ann, menu, "▶️"))) == 8


async def test_a_chosen_order_is_strict_whatever_was_bought_before(shop: Shop) -> None:
    ann = shop.person()
    await buys(ann, "telegram brazil")
    menu = await opens(ann)
    assert names(menu)[0] == "🇧🇷 Brazil"
    await ann.waits_for(lambda: not shop.app.shop.catalog.prices._filling, "all prices")
    cheapest = await changes(ann, menu, "Cheapest")
    shown = [float(label.partition("$")[2].partition(" ")[0]) for label in cheapest.labels if "$" in label]
    assert shown == sorted(shown)
    assert shown[0] == min(
        (tag.lowest or 0) / 1_000_000
        for tag in shop.app.shop.catalog.prices.tags(shop.app.shop.catalog.services[1]).values()
        if tag.lowest is not None
    )
