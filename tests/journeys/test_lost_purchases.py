"""A purchase whose answer nobody heard: told at once, never sent again, the money back after a while."""

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.domain.orders import OrderState
from bot.sandbox.person import ChatMessage
from tests.journeys.shop import NOTHING_SPENT, QUICK, Shop, Thumb, World, data_of, open_shop, running, settings_for
from tests.journeys.steps import BUY, asks_the_price

LOST: dict[str, dict[str, Any]] = {
    "a 500 after": {"status": 500, "after": True},
    "cut after the work": {"cut": "after"},
    "cut in the middle of the answer": {"cut": "during"},
    "half an answer": {"broken_body": "half", "after": True},
    "a proxy's page instead of the answer": {"broken_body": "html", "after": True},
    "a hang, then cut": {"after": True, "delay": 0.3, "cut": "after"},
    "cut before the work": {"cut": "before"},
    "a refusal that is not HidSim's": {"status": 404, "body": "<html>404</html>"},
}
UNSURE = "We are not sure that this order went through."


async def lost(shop: Shop, ann: Thumb, how: str = "cut after the work") -> ChatMessage:
    """A purchase whose answer gets lost in this way; the message that says so."""
    shop.director.fault("/purchase", **LOST[how])
    price = await asks_the_price(ann, "telegram brazil 0.3")
    await ann.tap(BUY, message=price)
    return await ann.sees(UNSURE)


def purchase_requests(shop: Shop) -> int:
    return len([one for one in shop.record.requests if one.method == "POST" and "purchase" in one.path])


@pytest.mark.parametrize(
    ("dialect", "how"),
    [*(("canonical", how) for how in LOST), ("variant", "half an answer"), ("variant", "a 500 after")],
)
async def test_a_lost_answer_is_told_to_person_and_admin_and_never_sent_again(shop: Shop, how: str) -> None:
    ada = shop.admin()
    await ada.start()
    ann = shop.person()
    told = await lost(shop, ann, how)
    assert "$0.30 stays set aside; you will not be charged twice." in told.text
    alert = await ada.sees("The answer to a purchase was lost")
    assert "Order #1" in alert.text
    await ann.lets_time_pass()
    assert purchase_requests(shop) == 1
    assert (await shop.order()).state is OrderState.UNCONFIRMED
    assert (await shop.money()).held == 300_000


async def test_an_answer_that_takes_too_long_is_waited_for_no_longer_and_the_purchase_is_unknown(
    world: World, tmp_path: Path
) -> None:
    async with running(world, settings_for(world, tmp_path), replace(QUICK, hidsim_purchases=0.3)) as shop:
        world.hidsim.director.fault("/purchase", after=True, delay=20, cut="after")
        ann = shop.person()
        price = await asks_the_price(ann)
        await ann.tap(BUY, message=price)
        await ann.sees(UNSURE)
        assert (await shop.order()).state is OrderState.UNCONFIRMED
    assert len(world.hidsim.record.purchases) == 1


async def test_a_second_tap_on_the_same_button_buys_nothing(shop: Shop) -> None:
    ann = shop.person()
    price = await asks_the_price(ann)
    data = data_of(price, BUY)
    shop.director.fault("/purchase", cut="after")
    await ann.tap(BUY, message=price)
    await ann.sees(UNSURE)
    await asyncio.gather(*(ann.presses(data, price) for _ in range(3)))
    assert purchase_requests(shop) == 1
    assert len(await shop.orders()) == 1


async def test_the_hold_comes_back_after_the_operators_minutes_and_the_person_is_told(tmp_path: Path) -> None:
    async with open_shop(tmp_path, unconfirmed_release_minutes=20) as shop:
        ann = shop.person()
        await lost(shop, ann)
        shop.server.watch.advance(minutes=15)
        await ann.stays_away_from("This order was never confirmed")
        shop.server.watch.advance(minutes=6)
        back = await ann.sees("This order was never confirmed.")
        assert any("Try again" in label for label in back.labels)
        assert await shop.money() == NOTHING_SPENT
        assert (await shop.order()).state is OrderState.RELEASED
        assert purchase_requests(shop) == 1


async def test_the_card_of_an_unconfirmed_order_can_be_refreshed(shop: Shop) -> None:
    ann = shop.person()
    told = await lost(shop, ann)
    answer = await ann.tap("Refresh", message=told)
    assert answer.text == "This is up to date."
    await ann.lets_time_pass()
    assert ann.seen(UNSURE) == 1


async def test_an_unconfirmed_order_stands_in_my_numbers(shop: Shop) -> None:
    ann = shop.person()
    await lost(shop, ann)
    home = await ann.searches("/menu")
    assert "1 order in progress" in home.text
    await ann.tap("My numbers", message=home)
    await ann.sees("1 in progress", since=home.message_id - 1)
    await ann.tap("⏳ Telegram")
    assert UNSURE in next(one for one in ann.chat() if one.message_id == home.message_id).text
