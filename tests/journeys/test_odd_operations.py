"""Operations as no contract promises them: the person's money and the bot survive whatever HidSim says."""

from decimal import Decimal
from typing import Any

import pytest

from bot.domain.orders import OrderState
from bot.sandbox.person import ChatMessage
from tests.journeys.shop import NOTHING_SPENT, Money, Shop
from tests.journeys.steps import BUY, asks_the_price, buys

OPERATION = {"_id": "65f1c2ab1d0e4b6f9a7c3e21", "id": 1, "state": "completed", "number": "+5511961239275"}


async def bought_as(shop: Shop, **facts: Any) -> ChatMessage:
    """The purchase is made, and its answer shows the operation so; the price screen it was tapped on."""
    ann = shop.person()
    price = await asks_the_price(ann, "telegram brazil 0.3")
    shop.director.fault("/purchase", after=True, body=OPERATION | facts)
    await ann.tap(BUY, message=price)
    return price


async def test_a_purchase_that_is_completed_at_once_brings_number_and_code(shop: Shop) -> None:
    ann = shop.person()
    price = await bought_as(shop, price=Decimal("0.1"), code="12345", messages=["Your code: 12345"])
    number = await ann.sees("📞", since=price)
    code = await ann.sees_button("Copy code")
    assert code.reply_to == number.message_id
    assert await shop.money() == Money(wallet=-100_000, held=0, revenue=100_000, cost=100_000)


async def test_a_person_never_pays_more_than_their_maximum(shop: Shop) -> None:
    price = await bought_as(shop, price=Decimal(5), code="12345")
    await shop.person().sees("You paid $0.30", since=price)
    assert await shop.money() == Money(wallet=-300_000, held=0, revenue=300_000, cost=5_000_000)


@pytest.mark.parametrize("told", ["-1", "1e30", "NaN", "free", "", None, "1,500", {"amount": 1, "unit": "cents"}, True])
async def test_a_price_that_is_none_is_taken_for_the_maximum_and_everybody_concerned_is_told(
    shop: Shop, told: Any
) -> None:
    admin = shop.admin()
    await admin.start()
    price = await bought_as(shop, price=told, code="12345")
    ann = shop.person()
    await ann.sees("the code came.", since=price)
    code = await ann.sees_button("Copy code")
    assert "$0.30, the most you agreed to, was taken for now" in code.text
    await admin.sees("HidSim named no price for it")
    order = await shop.order()
    assert order.state is OrderState.COMPLETED
    assert order.charged == 300_000
    assert (await shop.money()).held == 0


@pytest.mark.parametrize("told", ["0,1", "$0.10", {"amount": Decimal("0.1"), "currency": "USD"}, "0.10 USD"])
async def test_a_price_in_any_usual_spelling_is_what_is_paid(shop: Shop, told: Any) -> None:
    shop.director.set_default_story("quick")
    shop.director.fault("/operations/", times=None, merge={"price": told})
    shop.director.fault("/purchase", times=None, merge={"price": told})
    ann = shop.person()
    await buys(ann, "telegram brazil 0.36")
    await ann.sees("You paid $0.10")
    assert await shop.money() == Money(wallet=-100_000, held=0, revenue=100_000, cost=100_000)


async def test_an_operation_refunded_at_once_gives_everything_back(shop: Shop) -> None:
    await bought_as(shop, state="no_number_refunded", number=None, price=Decimal("0.1"))
    await shop.person().sees("No number was free")
    assert await shop.money() == NOTHING_SPENT


ODD: dict[str, dict[str, Any]] = {
    "markup in the number": {"state": "pending", "number": "<b>+55</b> & Co"},
    "a number of pages": {"state": "pending", "number": "9" * 5000},
    "no end at all": {"state": "pending", "number": "+5511961239275", "expiresAt": "never"},
    "an end in another age": {"state": "pending", "number": "+5511961239275", "expiresAt": "9999-12-31T23:59:59.999Z"},
    "an end before time began": {"state": "pending", "number": "+5511961239275", "expiresAt": -(10**18)},
    "wrong types": {"state": 7, "number": {"a": 1}, "messages": "x", "price": []},
    "another operation": {"_id": "65f1c2ab1d0e4b6f9a7c3e99", "state": "user_refunded"},
    "no id": {"_id": None, "id": None, "state": "user_refunded"},
    "a pending one without its number": {"state": "pending", "number": None},
}


@pytest.mark.parametrize("how", ODD)
async def test_an_odd_answer_in_between_ends_no_order(shop: Shop, how: str) -> None:
    shop.director.set_default_story("never", number_after=60)
    ann = shop.person()
    price = await asks_the_price(ann)
    await ann.tap(BUY, message=price)
    await ann.waits_for(lambda: bool(shop.record.purchases), "the purchase")
    (operation,) = shop.director.operations()
    body = {"_id": operation["id"], "id": operation["short_id"]} | ODD[how]
    fault = shop.director.fault("/operations/", body=body, times=None)
    await ann.waits_for(lambda: fault.hits > 1, "two such answers")
    await ann.lets_time_pass()
    shop.director.clear_faults()
    shop.director.code_now()
    await ann.sees_button("Copy code")
    assert (await shop.order()).state is OrderState.COMPLETED


async def test_an_sms_of_nothing_but_odd_characters_is_delivered(shop: Shop) -> None:
    shop.director.set_default_story("never")
    ann = shop.person()
    card = await buys(ann)
    shop.director.code_now(text="\u202e\u200f\x00\ud7ff\u2028 \x07 4711-0815 \ufeff" + "𝟙𝟚𝟛" * 50)
    push = await ann.sees("4711-0815", since=card)
    assert "\u202e" not in push.text


async def test_a_code_longer_than_a_button_holds_is_delivered(shop: Shop) -> None:
    price = await bought_as(shop, price=Decimal("0.1"), code="9" * 700, messages=["x"])
    number = await shop.person().sees("📞", since=price)
    await shop.person().sees("9" * 64, since=number)


async def test_close_works_before_there_is_a_number(shop: Shop) -> None:
    shop.director.set_default_story("never", number_after=600)
    ann = shop.person()
    price = await asks_the_price(ann)
    await ann.tap(BUY, message=price)
    await ann.sees_button("Close")
    assert (await ann.tap("Close")).text == "Closed. You paid nothing."
    await ann.sees("Closed: the number is given back.")
    assert await shop.money() == NOTHING_SPENT
    await ann.lets_time_pass()
    assert len([one for one in ann.chat() if one.from_bot]) == 1


async def test_close_when_allowed_works_before_there_is_a_number(shop: Shop) -> None:
    shop.director.set_default_story("too_early", early=900, number_after=6000, expires_after=9000)
    ann = shop.person()
    price = await asks_the_price(ann)
    await ann.tap(BUY, message=price)
    await ann.sees_button("Close")
    assert (await ann.tap("Close")).alert
    await ann.tap_seen("Close when allowed")
    await ann.sees("Will be closed as soon as that is allowed")
    shop.server.watch.advance(minutes=16)
    await ann.sees("Closed: the number is given back.", since=price)
    assert await shop.money() == NOTHING_SPENT
