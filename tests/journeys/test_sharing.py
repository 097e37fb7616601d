"""A link leads others to the same service or price, and buys nothing."""

from pathlib import Path

import pytest

from tests.journeys.shop import Shop, Thumb, open_shop
from tests.journeys.steps import asks_the_price


def payload(copied: str | None) -> str:
    address, _, found = (copied or "").partition("?start=")
    assert address == "https://t.me/hidsim_demo_bot"
    return found


async def shared(ann: Thumb, label: str = "Copy link") -> str:
    await ann.sees_button(label)
    return payload((await ann.tap(label)).copied)


async def test_a_pair_is_shared_from_its_price_and_opens_with_the_sharers_maximum(shop: Shop) -> None:
    ann, ben = shop.person(), shop.person(101)
    price = await asks_the_price(ann, "telegram brazil 0.3")
    await ann.tap("Share", message=price)
    await ann.sees("🔗 Telegram · 🇧🇷 Brazil, up to $0.30")
    link = await shared(ann)
    assert "t.me%2Fhidsim_demo_bot%3Fstart%3D" in ((await ann.tap("Send to a chat")).url or "")
    await ben.start(link)
    await ben.sees_button("Buy · up to $0.30")
    await ben.tap("Back")
    await ben.sees("Telegram: which country?")
    assert await shop.orders(101) == []
    await ann.tap("Back")
    await ann.sees_button("Buy · up to $0.30")


async def test_a_service_alone_is_shared_to_its_countries(shop: Shop) -> None:
    ann, ben = shop.person(), shop.person(101)
    await ann.tap("Share", message=await asks_the_price(ann))
    await ann.tap_seen("Share all countries")
    await ann.sees("🔗 Telegram in all countries")
    await ben.start(await shared(ann))
    await ben.sees("Telegram: which country?")
    await ann.tap("Back")
    await ann.sees("🔗 Telegram · 🇧🇷 Brazil, up to")
    await ann.tap("Back")
    await ann.sees("Matching now")


async def test_a_favorite_is_shared_from_the_list_and_back_leads_to_it(shop: Shop) -> None:
    ann, ben = shop.person(), shop.person(101)
    await ann.tap("Save", message=await asks_the_price(ann, "telegram brazil 0.3"))
    await ann.say("/menu")
    await ann.tap_seen("Favorites")
    await ann.tap_seen("Share")
    await ann.sees("Tap one to share it.")
    await ann.tap("🔗 Telegram")
    await ben.start(await shared(ann))
    await ben.sees_button("Buy · up to $0.30")
    await ann.tap("Back")
    await ann.sees("Tap one to share it.")
    await ann.tap("Back")
    await ann.sees("Tap one to buy it again")


@pytest.mark.parametrize("made_up", ["s1_1-2-3", "s9_1-2", "s1_0-0-9-1", "s1_"])
async def test_a_link_that_is_none_says_so_and_leads_on(shop: Shop, made_up: str) -> None:
    ann = shop.person()
    await ann.start(made_up)
    await ann.sees("This link doesn't lead anywhere any more.")
    await ann.tap("Buy a number")
    await ann.sees_button("Telegram")


async def test_a_link_to_what_is_not_sold_is_refused_in_words(shop: Shop) -> None:
    ann = shop.person()
    await ann.start("s1_999999-1")
    refused = await ann.sees("service")
    assert any("Buy a number" in one for one in refused.labels), refused


async def test_a_stranger_is_asked_about_and_finds_the_link_once_they_are_in(tmp_path: Path) -> None:
    async with open_shop(tmp_path, access="closed") as shop:
        ada, ben = shop.admin(), shop.person(101)
        await ada.tap("Share", message=await asks_the_price(ada, "telegram brazil 0.3"))
        link = await shared(ada)
        await ben.start(link)
        turned_away = await ben.sees("This bot is private")
        assert "$0.3" not in turned_away.text
        await ada.tap_seen("Allow")
        await ben.sees("You're in")
        await ben.tap("Menu")
        await ben.sees_button("Buy · up to $0.30")
        await ben.say("/menu")
        await ben.sees_button("Buy a number")
