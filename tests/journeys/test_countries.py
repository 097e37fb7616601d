"""The step of countries: known ones first, an order that stays, sold-out ones folded away."""

from bot.sandbox.person import ChatMessage
from tests.journeys.shop import Shop, Thumb
from tests.journeys.steps import BOTH, buys


def now(ann: Thumb, message: ChatMessage) -> ChatMessage:
    """The same message as it is now."""
    return next(one for one in ann.chat() if one.message_id == message.message_id)


def names(message: ChatMessage) -> list[str]:
    """The countries on the buttons, without their prices."""
    return [label.partition(" · ")[0] for label in message.labels if label[0] in "🇦🇧🇨🇩🇪🇫🇬🇭🇮🇯🇰🇱🇲🇳🇴🇵🇶🇷🇸🇹🇺🇻🇼🇽🇾🇿🏳"]


async def opens(ann: Thumb, service: str = "Telegram") -> ChatMessage:
    """By taps, from /start."""
    home = await ann.searches("/start")
    await ann.tap("Buy a number", message=home)
    await ann.sees("Which service", since=home.message_id - 1)
    return await turns(ann, home, service, "which country?")


async def turns(ann: Thumb, menu: ChatMessage, label: str, shows: str) -> ChatMessage:
    await ann.tap(label, message=menu)
    await ann.waits_until(lambda: shows in now(ann, menu).text, f"{shows!r} on the menu")
    return now(ann, menu)


async def changes(ann: Thumb, menu: ChatMessage, label: str) -> ChatMessage:
    before = now(ann, menu).labels
    await ann.tap(label, message=menu)
    await ann.waits_until(lambda: now(ann, menu).labels != before, f"what {label!r} brings")
    return now(ann, menu)


@BOTH
async def test_brazil_stands_on_the_first_page_and_the_heading_is_short(shop: Shop) -> None:
    countries = await opens(shop.person())
    assert countries.text == "Telegram: which country?"
    assert len(names(countries)) == 8
    assert "🇧🇷 Brazil" in names(countries)
    assert all("$" in label for label in countries.labels[:8])


def lowest(message: ChatMessage) -> list[float]:
    return [float(label.partition("$")[2].partition(" ")[0]) for label in message.labels if "$" in label]


async def test_what_follows_the_first_page_stands_by_price_and_nothing_stands_twice(shop: Shop) -> None:
    ann = shop.person()
    menu = await opens(ann)
    await ann.waits_for(lambda: not shop.app.shop.catalog.prices._filling, "all prices")
    found, prices = names(menu), []
    for _ in range(2):
        page = await changes(ann, menu, "▶️")
        found += names(page)
        prices += lowest(page)
    assert len(found) > 16
    assert len(set(found)) == len(found)
    assert prices == sorted(prices)


async def test_a_page_stays_as_it_is_while_prices_move_and_countries_sell_out(shop: Shop) -> None:
    ann = shop.person()
    menu = await opens(ann)
    second = await changes(ann, menu, "▶️")
    shop.director.sell_out("Telegram", "BR")
    shop.server.watch.advance(minutes=6)
    first = await changes(ann, menu, "◀️")
    assert names(first) == names(menu)
    assert "🇧🇷 Brazil · sold out" in first.labels
    assert names(await changes(ann, menu, "▶️")) == names(second)


async def test_back_from_a_price_leads_to_the_same_page_of_the_same_order(shop: Shop) -> None:
    ann = shop.person()
    menu = await opens(ann)
    second = await changes(ann, menu, "▶️")
    for label in second.labels[:3]:
        await turns(ann, menu, label, "Telegram · ")
        assert names(await turns(ann, menu, "Back", "which country?")) == names(second)


async def test_sold_out_countries_are_folded_away_and_found_behind_one_button(shop: Shop) -> None:
    shop.director.sell_out("Telegram", "BR")
    ann = shop.person()
    menu = await opens(ann)
    assert "🇧🇷 Brazil" not in names(menu)
    last = await changes(ann, menu, "◀️")
    folded = next(label for label in last.labels if label.startswith("Sold out · "))
    aside = await turns(ann, menu, folded, "Telegram: sold out in these countries.")
    assert "🇧🇷 Brazil · sold out" in aside.labels
    again = await turns(ann, menu, "Back", "which country?")
    assert names(again) == names(menu)


async def test_where_everything_is_sold_out_the_screen_says_so_and_leads_on(shop: Shop) -> None:
    for country in shop.hidsim._backend.catalog.countries:
        shop.director.sell_out("Telegram", country.code)
    ann = shop.person()
    home = await ann.searches("telegram")
    await ann.tap("Telegram", message=home)
    await ann.waits_until(lambda: "Telegram" in now(ann, home).text, "the countries")
    for _ in range(4):
        if "sold out everywhere" in now(ann, home).text:
            break
        await changes(ann, home, "A–Z")
        await changes(ann, home, "Cheapest")
    assert any(label.startswith("Sold out · ") for label in now(ann, home).labels)


async def test_own_countries_stand_first_those_of_this_service_before_others(shop: Shop) -> None:
    ann = shop.person()
    await buys(ann, "telegram india")
    await buys(ann, "whatsapp brazil")
    menu = await opens(ann)
    assert names(menu)[:2] == ["🇮🇳 India", "🇧🇷 Brazil"]
    await ann.tap("A–Z", message=menu)
    await ann.waits_until(lambda: "✓ A–Z" in now(ann, menu).labels, "the other order")
    assert names(now(ann, menu)) == sorted(names(now(ann, menu)), key=lambda name: name.partition(" ")[2])


async def test_after_a_restart_an_old_arrow_still_turns_pages(shop: Shop) -> None:
    ann = shop.person()
    menu = await opens(ann)
    data = "c1:1:p:1:h:99999:"
    await ann.presses(data, menu)
    await ann.waits_until(lambda: names(now(ann, menu)) != names(menu), "the second page")
    await ann.presses("c1:1:p:0:h", menu)
    await ann.waits_until(lambda: "🇧🇷 Brazil" in names(now(ann, menu)), "a button of before, read as well")
