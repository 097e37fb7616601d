"""Telegram asks to wait, fails, loses its answer, or the person is away: the code arrives all the same."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from bot.domain.orders import OrderState
from tests.journeys.shop import RATE, Shop, Thumb, World, running, settings_for
from tests.journeys.steps import BUY, asks_the_price, buys
from tests.services.floor import ADA

CODE = "Copy code"


async def waits_for_a_code(shop: Shop) -> Thumb:
    """A person with a number whose code comes when the director says so."""
    shop.director.set_default_story("never")
    ann = shop.person()
    await buys(ann)
    return ann


def sends_of_codes(shop: Shop) -> list[Any]:
    return [one for one in shop.server.telegram.calls if one.method == "sendMessage" and CODE in str(one.params)]


async def test_a_code_that_telegram_asks_to_hold_back_comes_after_the_wait_once(shop: Shop) -> None:
    ann = await waits_for_a_code(shop)
    shop.server.telegram.faults.add(method="sendMessage", contains=CODE, status=429, retry_after=20)
    shop.director.code_now()
    await ann.sees_button(CODE)
    first, second = sends_of_codes(shop)
    waited = datetime.fromisoformat(second.at) - datetime.fromisoformat(first.at)
    assert waited.total_seconds() * RATE >= 20 * 0.95
    await ann.lets_time_pass()
    assert len(ann.codes()) == 1


@pytest.mark.parametrize(
    "fault", [{"status": 502, "html_body": True}, {"status": 500}, {"drop": "before"}], ids=["502", "500", "cut"]
)
async def test_a_failed_send_of_a_code_is_tried_again(shop: Shop, fault: dict[str, Any]) -> None:
    ann = await waits_for_a_code(shop)
    shop.server.telegram.faults.add(method="sendMessage", contains=CODE, times=2, **fault)
    shop.director.code_now()
    await ann.sees_button(CODE)
    await ann.lets_time_pass()
    assert len(ann.codes()) == 1


async def test_a_code_whose_receipt_was_lost_comes_twice_at_most(shop: Shop) -> None:
    ann = await waits_for_a_code(shop)
    shop.server.telegram.faults.add(method="sendMessage", contains=CODE, drop="after")
    shop.director.code_now()
    await ann.sees_button(CODE)
    await ann.waits_until(lambda: len(sends_of_codes(shop)) == 2, "the second try")
    await ann.lets_time_pass()
    assert len(ann.codes()) == 2


async def test_a_screen_that_telegram_can_not_parse_comes_as_plain_text(shop: Shop) -> None:
    ann = await waits_for_a_code(shop)
    shop.server.telegram.faults.add(
        method="sendMessage",
        contains=CODE,
        status=400,
        description='Bad Request: can\'t parse entities: Unsupported start tag "x" at byte offset 0',
    )
    shop.director.code_now(text="Use <7731> & go")
    push = await ann.sees_button(CODE)
    assert "Use <7731> & go" in push.text
    assert push.parts("code") == []
    assert len(ann.codes()) == 1


async def test_a_code_waits_for_somebody_who_blocked_the_bot(shop: Shop) -> None:
    ann = await waits_for_a_code(shop)
    await ann.block()
    shop.director.code_now()
    await ann.lets_time_pass(10)
    assert ann.codes() == []
    tried = len(sends_of_codes(shop))
    assert tried <= 1
    await ann.start()
    await ann.sees_button(CODE)
    await ann.lets_time_pass()
    assert len(ann.codes()) == 1


async def test_somebody_who_is_away_hinders_nobody_else(shop: Shop) -> None:
    shop.director.set_default_story("never")
    ann, bob = shop.person(), shop.person(101, first_name="Bob")
    await buys(ann)
    await buys(bob)
    await ann.block()
    for operation in shop.director.operations():
        shop.director.code_now(operation["id"])
    await bob.sees_button(CODE)


async def test_a_person_whom_telegram_slows_down_hinders_nobody_else(shop: Shop) -> None:
    shop.director.set_default_story("never")
    ann, bob = shop.person(), shop.person(101, first_name="Bob")
    await buys(ann)
    await buys(bob)
    shop.server.telegram.faults.add(method="sendMessage", contains='"100"', status=429, retry_after=3000, times=99)
    shop.server.telegram.faults.add(method="sendMessage", contains="100,", status=429, retry_after=3000, times=99)
    for operation in shop.director.operations():
        shop.director.code_now(operation["id"])
    await bob.sees_button(CODE)


async def test_an_edit_that_fails_is_made_up_for(shop: Shop) -> None:
    ann = await waits_for_a_code(shop)
    shop.server.telegram.faults.add(method="editMessageText", status=502, times=2, html_body=True)
    shop.director.code_now()
    await ann.sees("the code came. You paid")


async def test_telegram_away_for_a_while_loses_no_tap(shop: Shop) -> None:
    ann = shop.person()
    price = await asks_the_price(ann)
    shop.server.telegram.faults.add(method="getUpdates", status=502, times=1, html_body=True)
    await ann.tap(BUY, message=price)
    await ann.sees_button(CODE)
    assert len(shop.record.purchases) == 1


async def test_a_number_is_pushed_before_its_code_also_when_its_first_send_fails(shop: Shop) -> None:
    shop.server.telegram.faults.add(method="sendMessage", contains="Copy number", status=500, times=2)
    ann = shop.person()
    price = await asks_the_price(ann)
    await ann.tap(BUY, message=price)
    code = await ann.sees_button(CODE)
    number = await ann.sees("the code came. You paid", since=price)
    assert number.message_id < code.message_id
    assert code.reply_to == number.message_id


async def test_telegram_away_at_the_start_is_waited_for(world: World, tmp_path: Path) -> None:
    world.telegram.faults.add(method="getMe", status=502, html_body=True)
    async with running(world, settings_for(world, tmp_path)) as shop:
        assert "Numbers for sign-ups" in (await shop.person().searches("/start")).text


async def test_a_code_whose_buttons_telegram_does_not_take_comes_without_them(shop: Shop) -> None:
    ann = await waits_for_a_code(shop)
    shop.server.telegram.faults.add(
        method="sendMessage", contains=CODE, status=400, times=99, description="Bad Request: BUTTON_DATA_INVALID"
    )
    shop.director.code_now(text="Your code is 7731")
    push = await ann.sees("From Telegram")
    assert push.parts("code") == ["7731"]
    await ann.lets_time_pass()
    assert ann.seen("From Telegram") == 1


async def test_a_number_pushed_after_an_outage_has_its_buttons(shop: Shop) -> None:
    shop.director.set_default_story("never")
    shop.server.telegram.faults.add(method="sendMessage", contains="Copy number", status=502, times=4, html_body=True)
    ann = shop.person()
    price = await asks_the_price(ann)
    await ann.tap(BUY, message=price)
    card = await ann.sees("📞", since=price)
    assert any("Close" in label for label in card.labels)


NO_WORD = {"only messages": ("sendMessage",), "messages and edits": ("sendMessage", "editMessageText")}
"""What Telegram does not take while it is away; taps and answers to them go through."""


async def buys_in_an_outage(shop: Shop, methods: tuple[str, ...]) -> Thumb:
    ann = shop.person()
    price = await asks_the_price(ann)
    for method in methods:
        shop.server.telegram.faults.add(method=method, status=502, times=100_000, html_body=True)
    await ann.tap(BUY, message=price)
    return ann


def told(ann: Thumb) -> list[str]:
    """All that stands in the chat from the bot, but for menus and prices."""
    return [one.text for one in ann.chat() if one.from_bot and " · #1" in one.text]


async def telegram_is_back(shop: Shop, ann: Thumb, text: str) -> None:
    shop.server.telegram.faults.clear()
    await ann.sees(text)
    await ann.lets_time_pass(20)


@pytest.mark.parametrize("methods", NO_WORD.values(), ids=NO_WORD)
async def test_a_lost_purchase_of_an_outage_is_told_once(shop: Shop, methods: tuple[str, ...]) -> None:
    shop.director.fault("/purchase", cut="after")
    ann = await buys_in_an_outage(shop, methods)
    await shop.has_order_in(OrderState.UNCONFIRMED)
    shop.server.watch.advance(minutes=11)
    await shop.has_order_in(OrderState.RELEASED)
    await telegram_is_back(shop, ann, "This order was never confirmed")
    assert ann.seen("This order was never confirmed") == 1
    assert ann.seen("not sure") == 0
    assert len(told(ann)) == len(set(told(ann)))


@pytest.mark.parametrize("methods", NO_WORD.values(), ids=NO_WORD)
async def test_a_refund_of_an_outage_is_told_once_and_its_number_not_at_all(
    shop: Shop, methods: tuple[str, ...]
) -> None:
    shop.director.set_default_story("never")
    ann = await buys_in_an_outage(shop, methods)
    await shop.has_order_in(OrderState.PENDING)
    shop.director.refund_now()
    await shop.has_order_in(OrderState.SYSTEM_REFUNDED)
    await telegram_is_back(shop, ann, "No code came to this number")
    assert ann.seen("No code came to this number") == 1
    assert ann.seen("📞") == 0
    assert len(told(ann)) == len(set(told(ann)))


@pytest.mark.parametrize("methods", NO_WORD.values(), ids=NO_WORD)
async def test_number_and_code_of_an_outage_are_both_told_once(shop: Shop, methods: tuple[str, ...]) -> None:
    shop.director.set_default_story("never")
    ann = await buys_in_an_outage(shop, methods)
    await shop.has_order_in(OrderState.PENDING)
    shop.director.code_now()
    await shop.has_order_in(OrderState.COMPLETED)
    await telegram_is_back(shop, ann, "From Telegram")
    assert len(ann.codes()) == 1
    assert ann.seen("📞") == 1
    assert len(told(ann)) == len(set(told(ann)))


async def test_a_judged_purchase_of_an_outage_is_one_message_and_no_alert(shop: Shop) -> None:
    ada = shop.admin()
    await ada.start()
    shop.director.fault("/purchase", cut="after")
    ann = await buys_in_an_outage(shop, NO_WORD["messages and edits"])
    await shop.has_order_in(OrderState.UNCONFIRMED)
    (order,) = await shop.orders()
    await shop.app.shop.lost.judge(ADA, order.id, bought=False)
    await telegram_is_back(shop, ann, "Nothing was bought for this order")
    assert ann.seen("Nothing was bought for this order") == 1
    assert ada.seen("Alert") == 0


async def test_a_code_whose_answer_can_not_be_read_comes_once(shop: Shop) -> None:
    ann = await waits_for_a_code(shop)
    shop.server.telegram.faults.add(
        method="sendMessage", contains=CODE, times=99, merge={"result": {"from": {"id": 1}}}
    )
    shop.director.code_now()
    await ann.sees_button(CODE)
    await ann.lets_time_pass(20)
    assert len(ann.codes()) == 1
