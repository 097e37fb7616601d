"""What HidSim says late, says again in another way, or takes back: the person always has what is true now."""

import json
from typing import Any

import pytest
from sqlalchemy import text

from bot.domain.orders import OrderState
from bot.sandbox.person import ChatMessage
from tests.journeys.shop import Money, Shop, Thumb
from tests.journeys.steps import BOTH, BUY, asks_the_price, buys


def number_of(message: ChatMessage) -> str:
    """What the button under a card copies."""
    rows = message.raw["reply_markup"]["inline_keyboard"]
    return next(one["copy_text"]["text"] for row in rows for one in row if "Copy number" in one["text"])


def code_of(message: ChatMessage) -> str:
    rows = message.raw["reply_markup"]["inline_keyboard"]
    return next(one["copy_text"]["text"] for row in rows for one in row if "Copy code" in one["text"])


def changed(shop: Shop, path: str = "/operations/", **fields: Any) -> None:
    shop.director.fault(path, times=None, merge=fields)


async def buys_quickly(shop: Shop) -> tuple[Thumb, ChatMessage]:
    """The price screen on which Buy was tapped."""
    ann = shop.person()
    price = await asks_the_price(ann)
    await ann.tap(BUY, message=price)
    return ann, price


IDS: dict[str, dict[str, Any]] = {
    "the short id alone": {"drop": ["_id"]},
    "the _id in capitals": {"merge": {"_id": str.upper}},
    "the _id alone": {"drop": ["id"]},
}


@BOTH
@pytest.mark.parametrize("how", ["the short id alone", "the _id in capitals", "the _id alone"])
async def test_a_purchase_may_be_answered_with_any_id_of_its_operation(shop: Shop, how: str) -> None:
    shop.director.set_default_story("quick")
    shop.director.fault("/purchase", **IDS[how])
    ann, price = await buys_quickly(shop)
    await ann.sees("📞", since=price)
    await ann.sees_button("Copy code")
    assert (await shop.order()).state is OrderState.COMPLETED


@pytest.mark.parametrize("how", ["the short id alone", "the _id in capitals", "the _id alone"])
async def test_the_answers_behind_a_purchase_may_show_any_id_of_it(shop: Shop, how: str) -> None:
    shop.director.set_default_story("quick")
    shop.director.fault("/operations/", times=None, **IDS[how])
    ann, price = await buys_quickly(shop)
    await ann.sees("📞", since=price)
    await ann.sees_button("Copy code")


async def test_an_answer_about_another_operation_is_an_alert_and_its_code_goes_to_nobody(shop: Shop) -> None:
    admin = shop.admin()
    await admin.start()
    shop.director.set_default_story("never")
    ann = shop.person()
    await buys(ann)
    (operation,) = shop.director.operations()
    strange = {"_id": "65f1c2ab1d0e4b6f9a7c3e99", "id": 99, "state": "completed", "code": "998877"}
    fault = shop.director.fault("/operations/", body=strange, times=None)
    await ann.waits_for(lambda: fault.hits > 1, "two such answers")
    await admin.sees("answered about another number")
    await ann.stays_away_from("998877")
    assert admin.seen("answered about another number") == 1
    shop.director.clear_faults()
    shop.director.code_now(operation["id"], text="Your code is 445566")
    await ann.sees("445566")


async def test_a_number_that_hidsim_replaces_is_pushed_and_replaces_the_old_one(shop: Shop) -> None:
    shop.director.set_default_story("never")
    ann = shop.person()
    first = await buys(ann)
    old = number_of(first)
    changed(shop, number="+55 11 91000-0777")
    second = await ann.sees("The number has changed", since=first)
    assert number_of(second) == "+5511910000777"
    await ann.waits_for(lambda: not ann.seen(old[-4:]), "the old number to go from every card")
    shop.director.code_now()
    code = await ann.sees_button("Copy code")
    assert code.reply_to == second.message_id
    assert ann.seen("The number has changed") <= 1


@pytest.mark.parametrize("spelled", [lambda n: n[1:], lambda n: f"tel:{n}", lambda n: f"{n[:3]} ({n[3:5]}) {n[5:]}"])
async def test_another_spelling_of_a_number_is_no_other_number(shop: Shop, spelled: Any) -> None:
    shop.director.set_default_story("never")
    ann = shop.person()
    await buys(ann)
    shop.director.fault("/operations/", times=None, merge={"number": spelled}, states=["pending"])
    await ann.stays_away_from("has changed", ticks=8)


@pytest.mark.parametrize("nothing", [0, "null", "-", "Searching...", "000000", "+", False, []])
async def test_a_placeholder_is_not_shown_and_the_number_behind_it_is(shop: Shop, nothing: Any) -> None:
    shop.director.set_default_story("never", number_after=900)
    shop.director.fault("/purchase", merge={"number": nothing})
    shop.director.fault("/operations/", times=None, merge={"number": nothing}, states=["creating"])
    ann, price = await buys_quickly(shop)
    await ann.sees("Getting a number")
    await ann.stays_away_from("📞", ticks=3)
    shop.director.number_now()
    assert number_of(await ann.sees("📞", since=price)).startswith("+55")


@pytest.mark.parametrize("nothing", [0, "null", "pending", "0000"])
async def test_a_placeholder_is_no_code(shop: Shop, nothing: Any) -> None:
    shop.director.set_default_story("never")
    shop.director.fault("/operations/", times=None, merge={"code": nothing}, states=["pending"])
    ann = shop.person()
    await buys(ann)
    await ann.stays_away_from("🔑", ticks=5)
    shop.director.code_now(text="Your code is 445566")
    assert code_of(await ann.sees_button("Copy code")) == "445566"


@pytest.mark.parametrize(("told", "meant"), [("11910000001", "+5511910000001"), ("011 91000-0001", "+5511910000001")])
async def test_a_national_number_gets_the_code_of_its_country(shop: Shop, told: str, meant: str) -> None:
    shop.director.set_default_story("never")
    changed(shop, number=told)
    ann = shop.person()
    card = await buys(ann)
    assert number_of(card) == meant
    assert "+55 11 91000-0001" in card.text


async def test_what_is_no_number_of_any_country_is_shown_as_hidsim_wrote_it(shop: Shop) -> None:
    shop.director.set_default_story("never")
    changed(shop, number="99 99 99 99 99 99 99")
    card = await buys(shop.person())
    assert "99 99 99 99 99 99 99 📞" in card.text


async def test_a_code_that_lost_its_zeros_gets_them_from_the_text(shop: Shop) -> None:
    shop.director.set_default_story("quick")
    messages = [{"text": "Your code is 082913"}]
    shop.director.fault("/operations/", times=None, merge={"code": 82913, "messages": messages}, states=["completed"])
    ann = shop.person()
    await buys(ann)
    assert code_of(await ann.sees_button("Copy code")) == "082913"


async def test_zeros_that_the_text_shows_only_later_are_told_as_a_correction(shop: Shop) -> None:
    shop.director.set_default_story("never")
    ann = shop.person()
    await buys(ann)
    changed(shop, code=82913, messages=[])
    bare = await ann.sees_button("Copy code")
    assert code_of(bare) == "82913"
    shop.director.clear_faults()
    changed(shop, code=82913, messages=[{"text": "Your code is 082913"}])
    again = await ann.sees("This code was corrected", since=bare)
    assert code_of(again) == "082913"


async def test_a_code_that_hidsim_corrects_is_told_again(shop: Shop) -> None:
    shop.director.set_default_story("never")
    ann = shop.person()
    await buys(ann)
    changed(shop, code="111222", messages=[{"text": "Welcome to the shop"}])
    first = await ann.sees_button("Copy code")
    shop.director.clear_faults()
    changed(shop, code="333444", messages=[{"text": "Welcome to the shop"}])
    assert code_of(await ann.sees("This code was corrected", since=first)) == "333444"


async def test_a_price_that_comes_after_the_code_corrects_the_charge_and_is_told(shop: Shop) -> None:
    shop.director.set_default_story("quick")
    shop.director.fault("/purchase", times=None, drop=["price"])
    shop.director.fault("/operations/", times=None, drop=["price"])
    ann = shop.person()
    card = await buys(ann, "telegram brazil 0.36")
    code = await ann.sees_button("Copy code")
    assert "$0.36, the most you agreed to, was taken for now" in code.text
    assert (await shop.money()).revenue == 360_000
    shop.director.clear_faults()
    paid = int(shop.record.purchases[0].price * 1_000_000)
    await ann.sees("The price is known now", since=card)
    await ann.waits_for(lambda: ann.seen("was taken for now") == 1, "the card to know the price")
    assert await shop.money() == Money(wallet=-paid, held=0, revenue=paid, cost=paid)
    assert (await shop.order()).charged == paid


ENDS = ["1970-01-01T00:00:00.000Z", "0001-01-01T00:00:00Z", 1200, 600, 0, "9999-12-31T23:59:59Z", 2147483647]


@pytest.mark.parametrize("end", ENDS)
async def test_an_absurd_end_delays_nothing_alerts_nobody_and_is_not_shown(shop: Shop, end: Any) -> None:
    admin = shop.admin()
    await admin.start()
    changed(shop, expiresAt=end)
    changed(shop, "/purchase", expiresAt=end)
    shop.director.set_default_story("never")
    ann = shop.person()
    card = await buys(ann)
    assert "Expires" not in card.text
    await admin.stays_away_from("should have ended", ticks=8)
    shop.director.code_now()
    await ann.sees_button("Copy code")


async def test_an_absurd_end_that_an_older_release_wrote_down_is_none_either(shop: Shop) -> None:
    admin = shop.admin()
    await admin.start()
    shop.director.set_default_story("never")
    changed(shop, expiresAt=None)
    changed(shop, "/purchase", expiresAt=None)
    ann = shop.person()
    await buys(ann)
    async with shop.app.resources.database.write() as tx:
        await tx.connection.execute(text("UPDATE orders SET expires_at = 1200000000, revision = revision + 1"))
    await admin.stays_away_from("should have ended", ticks=8)
    await ann.stays_away_from("Expires")
    shop.director.code_now()
    await ann.sees_button("Copy code")


async def test_a_rate_limiters_page_refuses_a_purchase_and_frees_the_money(shop: Shop) -> None:
    ann = shop.person()
    price = await asks_the_price(ann)
    shop.director.fault("/purchase", status=429, body="<html>Too many requests</html>")
    await ann.tap(BUY, message=price)
    await ann.sees("You paid nothing")
    assert await shop.money() == Money(wallet=0, held=0, revenue=0, cost=0)


@pytest.mark.parametrize("dialect", ["canonical", "variant"])
async def test_a_shop_whose_token_says_its_scheme_sells(shop: Shop) -> None:
    key = {"canonical": ("token",), "variant": ("access_token", "jwt")}
    merge = {name: lambda old: old and f"Bearer {old}" for name in key[shop.director.state()["dialect"]]}
    shop.director.fault("/auth/login", times=None, merge=merge)
    shop.director.fault("/auth/renew", times=None, merge=merge)
    shop.director.revoke_tokens()
    shop.director.set_default_story("quick")
    ann = shop.person()
    await buys(ann)
    await ann.sees_button("Copy code")


CONTAINERS: dict[str, Any] = {
    "keyed": {"0": {"text": "Your code is 553312"}},
    "one object": {"body": "Your code is 553312"},
    "written": json.dumps([{"text": "Your code is 553312"}]),
    "an empty spelling first": [{"text": "", "body": "Your code is 553312"}],
}


@pytest.mark.parametrize("messages", CONTAINERS.values(), ids=CONTAINERS)
async def test_an_sms_is_told_once_whatever_container_it_comes_in(shop: Shop, messages: Any) -> None:
    shop.director.set_default_story("quick")
    facts = {"messages": messages, "code": None, "message": None}
    shop.director.fault("/operations/", times=None, merge=facts, states=["completed"])
    ann = shop.person()
    await buys(ann)
    assert code_of(await ann.sees_button("Copy code")) == "553312"
    await ann.lets_time_pass()
    assert len(ann.codes()) == 1
