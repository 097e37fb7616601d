"""What an SMS may hold: markup, tricks, pages of text, a code that only its text knows, or nothing."""

from decimal import Decimal
from typing import Any

from bot.sandbox.person import ChatMessage
from tests.journeys.shop import Shop
from tests.journeys.steps import BOTH, buys


async def code_of(shop: Shop, story: str, **overrides: Any) -> ChatMessage:
    """Buys into a story; the message that brings its code."""
    shop.director.set_default_story(story, **overrides)
    ann = shop.person()
    card = await buys(ann)
    await ann.sees("the code came. You paid")
    return await ann.sees("🔑", since=card)


@BOTH
async def test_markup_in_an_sms_is_shown_and_does_nothing(shop: Shop) -> None:
    push = await code_of(shop, "html_sms")
    assert "<b>Bold</b> & <a href='https://example.org'>link</a> &lt;i&gt;" in push.text
    assert not push.parts("bold")[1:]
    assert push.parts("text_link") == []
    assert len(push.parts("expandable_blockquote")) == 1
    assert "\u202e" not in push.text


@BOTH
async def test_the_code_is_there_to_tap_and_to_copy(shop: Shop) -> None:
    push = await code_of(shop, "code")
    (code,) = push.parts("code")
    assert shop.director.operations()[0]["code"] == code
    assert (await shop.person().tap("Copy code", message=push)).copied == code


@BOTH
async def test_a_long_sms_is_clipped_and_keeps_its_code(shop: Shop) -> None:
    push = await code_of(shop, "long_sms")
    assert push.parts("code") == [shop.director.operations()[0]["code"]]
    assert 3000 < len(push.text) < 4096
    assert "…" in push.text


@BOTH
async def test_a_code_that_only_the_text_holds_is_marked_as_a_guess(shop: Shop) -> None:
    push = await code_of(shop, "code_only_in_text")
    assert "our guess from the text; check it below" in push.text
    (code,) = push.parts("code")
    assert code in shop.director.operations()[0]["texts"][0]


async def test_an_sms_without_any_code_says_so_and_shows_its_text(shop: Shop) -> None:
    shop.director.set_default_story("code", texts="Welcome! Open the app to go on.", code_in_field=False)
    ann = shop.person()
    card = await buys(ann)
    push = await ann.sees("I see no code in it.", since=card)
    assert push.parts("expandable_blockquote") == ["Welcome! Open the app to go on."]
    assert push.labels == ["📨 Another SMS"]


async def test_several_sms_at_once_are_pushed_in_their_order(shop: Shop) -> None:
    shop.director.set_default_story("code", texts=("First: {code}.", "Second: {code}.", "Third: {code}."))
    ann = shop.person()
    await buys(ann)
    await ann.waits_until(lambda: len(ann.codes()) == 3, "three codes")
    assert [one.text.rsplit("\n", 1)[-1].split(":")[0] for one in ann.codes()] == ["First", "Second", "Third"]


async def answered_with(shop: Shop, **facts: Any) -> ChatMessage:
    """Buys; HidSim then calls the operation completed, with these facts alone. The card of the number."""
    shop.director.set_default_story("never")
    card = await buys(shop.person())
    operation = shop.director.operations()[0]
    body = {"_id": operation["id"], "id": operation["short_id"], "state": "completed", "price": Decimal("0.1")} | facts
    shop.director.fault("/operations/", body=body, times=None)
    return card


async def test_a_code_without_any_text_is_delivered(shop: Shop) -> None:
    card = await answered_with(shop, code="73310", messages=[])
    push = await shop.person().sees("73310 🔑", since=card)
    assert push.parts("code") == ["73310"]
    assert (await shop.money()).held == 0


async def test_an_end_without_code_and_text_is_said_and_can_be_asked_again(shop: Shop) -> None:
    card = await answered_with(shop, messages=[])
    ann = shop.person()
    told = await ann.sees("An SMS came, but without any text.", since=card)
    assert any("Another SMS" in label for label in told.labels)
    shop.director.clear_faults()
    shop.director.code_now()
    await ann.tap("Another SMS", message=told)
    await ann.waits_until(lambda: len(ann.codes()) == 1, "the code")
