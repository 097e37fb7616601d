"""What is sold out or too dear is told of when it comes, and is two taps from its number."""

from decimal import Decimal
from typing import Any

from tests.journeys.shop import Shop, Thumb
from tests.journeys.steps import asks_the_price

PAIR = ("Telegram", "BR")
WAITS = "Tell me when available"


async def waits_for_brazil(shop: Shop, ann: Thumb) -> None:
    shop.director.sell_out(*PAIR)
    sent = await ann.say("telegram brazil")
    await ann.sees("Sold out", since=sent)
    await ann.tap(WAITS)
    await ann.sees("I'll tell you when Telegram in 🇧🇷 Brazil is available.")


def sounds(shop: Shop, text: str) -> list[bool]:
    """Of each message with this text that the bot sent: whether it rang."""
    sent: list[Any] = [one.params for one in shop.server.telegram.calls if one.method == "sendMessage"]
    return [not one.get("disable_notification") for one in sent if text in str(one.get("text"))]


async def test_what_was_sold_out_is_told_of_once_and_two_taps_bring_its_number(shop: Shop) -> None:
    ann = shop.person()
    await waits_for_brazil(shop, ann)
    await ann.tap("Back")
    await ann.sees("I'm looking, and tell you here")
    shop.director.restock(*PAIR)
    shop.server.watch.advance(minutes=2)
    push = await ann.sees("Telegram in 🇧🇷 Brazil: from $0.10")
    await ann.tap("Go and buy", message=push)
    await ann.tap_seen("Buy · up to")
    await ann.sees("📞")
    assert sounds(shop, "from <b>$0.10") == [True]
    await ann.say("/menu")
    await ann.tap_seen("Favorites")
    await ann.tap_seen("Watches")
    await ann.sees("Nothing is watched yet")


async def test_a_lower_price_is_waited_for_from_the_price_screen_and_back_leads_there(shop: Shop) -> None:
    ann = shop.person()
    sent = await ann.say("telegram brazil 0.05")
    await ann.sees("Nothing here costs $0.05 or less", since=sent)
    await ann.tap("Tell me under $0.05")
    await ann.sees("costs $0.05 or less")
    await ann.tap("Back")
    await ann.sees("Nothing here costs $0.05 or less")
    await ann.sees_button("Watches")
    shop.director.set_prices(*PAIR, [Decimal("0.05"), Decimal("0.9")])
    shop.server.watch.advance(minutes=2)
    push = await ann.sees("from $0.05")
    assert "You wanted to hear of $0.05 or less" in push.text
    await ann.tap("Go and buy", message=push)
    await ann.sees_button("Buy · up to $0.05")


async def test_the_cheapest_price_alone_offers_to_wait_for_a_tenth_less(shop: Shop) -> None:
    ann = shop.person()
    price = await asks_the_price(ann)
    await ann.tap("Cheapest", message=price)
    await ann.tap_seen("Tell me under $0.09")
    await ann.sees("costs $0.09 or less")


async def test_a_purchase_that_found_nothing_offers_to_wait_at_its_own_maximum(shop: Shop) -> None:
    ann = shop.person()
    price = await asks_the_price(ann, "telegram brazil 0.3")
    shop.director.sell_out(*PAIR)
    await ann.tap("Buy · up to $0.30", message=price)
    await ann.tap_seen(WAITS)
    await ann.sees("costs $0.30 or less")
    await ann.tap("Back")
    await ann.sees_button("Try again")


async def test_the_list_names_them_stops_one_in_place_and_takes_that_back(shop: Shop) -> None:
    ann = shop.person()
    await waits_for_brazil(shop, ann)
    await ann.tap("Watches")
    await ann.sees("• Telegram · 🇧🇷 Brazil, until")
    await ann.tap("Stop")
    await ann.sees("Stopped: Telegram · 🇧🇷 Brazil.")
    await ann.tap("Undo")
    await ann.sees("I'll tell you when Telegram in 🇧🇷 Brazil is available.")
    await ann.tap("Back")
    await ann.sees_button("Telegram 🇧🇷")
    await ann.tap("Telegram 🇧🇷")
    await ann.sees("Sold out")
    await ann.tap("Back")
    await ann.sees("• Telegram")


async def test_after_a_week_in_vain_it_says_so_without_a_sound_and_one_tap_goes_on(shop: Shop) -> None:
    ann = shop.person()
    await waits_for_brazil(shop, ann)
    shop.server.watch.advance(days=7)
    push = await ann.sees("7 days without Telegram in 🇧🇷 Brazil.")
    assert sounds(shop, "7 days without") == [False]
    await ann.tap("Watch again", message=push)
    await ann.sees("I'll tell you when Telegram in 🇧🇷 Brazil is available.", since=push)


async def test_in_quiet_hours_it_comes_at_once_and_without_a_sound(shop: Shop) -> None:
    ann = shop.person()
    await ann.start()
    await ann.sees("left to spend")
    await shop.app.front.dispatcher["preferences"].set(ann.id, quiet_from=0, quiet_until=23 * 60 + 59)
    shop.director.sell_out(*PAIR)
    sent = await ann.say("telegram brazil")
    await ann.sees("Sold out", since=sent)
    await ann.tap(WAITS)
    await ann.sees("In your quiet hours it comes without a sound")
    shop.director.restock(*PAIR)
    shop.server.watch.advance(minutes=2)
    await ann.sees("from $0.10")
    assert sounds(shop, "from <b>$0.10") == [False]


async def test_a_restart_forgets_nothing_and_nobody_elses_watch_can_be_stopped(shop: Shop) -> None:
    ann, ben = shop.person(), shop.person(101)
    await waits_for_brazil(shop, ann)
    await ben.start()
    home = await ben.sees("left to spend")
    await ben.presses("ws1:1:0", home)
    await ben.sees("Nothing is watched yet")
    await ann.tap("Watches")
    await ann.sees("• Telegram")
