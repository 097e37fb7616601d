"""Taps and inline queries, and the bot's answers to them."""

import pytest

from bot.sandbox.person import Person
from bot.sandbox.telegram import TelegramSandbox
from tests.sandbox.telegram.wire import Json, Wire, button, keyboard

TOO_OLD = "400 Bad Request: query is too old and response timeout expired or query ID is invalid"
ARTICLE = {"type": "article", "id": "1", "title": "Telegram", "input_message_content": {"message_text": "/buy tg"}}


async def tapped(wire: Wire, ann: Person) -> Json:
    """The callback query that a tap brings to the bot."""
    await wire.ok("sendMessage", chat_id=ann.id, text="menu", reply_markup=keyboard([button("Go")]))
    await ann.tap("Go", wait=False)
    query: Json = (await wire.updates(offset=-1))[0]["callback_query"]
    return query


async def test_a_tap_brings_data_and_message_to_the_bot(wire: Wire, ann: Person) -> None:
    query = await tapped(wire, ann)
    assert query["data"] == "go"
    assert query["from"]["id"] == ann.id
    assert query["message"]["text"] == "menu"


async def test_an_answer_reaches_the_person_once(wire: Wire, ann: Person) -> None:
    query = await tapped(wire, ann)
    answer = {"callback_query_id": query["id"], "text": "Bought", "show_alert": True}
    assert await wire.ok("answerCallbackQuery", **answer) is True
    seen = await ann.answered(query["id"])
    assert (seen.text, seen.alert) == ("Bought", True)
    assert await wire.error("answerCallbackQuery", **answer) == TOO_OLD


async def test_an_answer_after_150_seconds_is_too_late(wire: Wire, ann: Person, telegram: TelegramSandbox) -> None:
    query = await tapped(wire, ann)
    telegram.advance(151)
    assert await wire.error("answerCallbackQuery", callback_query_id=query["id"]) == TOO_OLD
    assert await wire.error("answerCallbackQuery", callback_query_id="12") == TOO_OLD


async def test_a_toast_has_at_most_200_characters(wire: Wire, ann: Person) -> None:
    query = await tapped(wire, ann)
    long = {"callback_query_id": query["id"], "text": "x" * 201}
    assert await wire.error("answerCallbackQuery", **long) == "400 Bad Request: MESSAGE_TOO_LONG"
    assert await wire.error("answerCallbackQuery", callback_query_id=query["id"], url="https://x.org") == (
        "400 Bad Request: URL_INVALID"
    )


async def test_a_very_old_message_comes_as_inaccessible(wire: Wire, ann: Person) -> None:
    sent = await wire.ok("sendMessage", chat_id=ann.id, text="menu", reply_markup=keyboard([button("Go")]))
    await wire.sim(f"/people/{ann.id}/tap", {"label": "Go", "faded": True})
    message = (await wire.updates(offset=-1))[0]["callback_query"]["message"]
    assert message == {"chat": sent["chat"], "message_id": sent["message_id"], "date": 0}


async def test_inline_results_reach_the_person_and_can_be_chosen(wire: Wire, ann: Person) -> None:
    _, asked = await wire.sim(f"/people/{ann.id}/inline", {"query": "tel"})
    query = (await wire.updates(offset=-1))[0]["inline_query"]
    assert (query["id"], query["query"]) == (asked["query_id"], "tel")
    results = [{**ARTICLE, "reply_markup": keyboard([button("Go")])}]
    assert await wire.ok("answerInlineQuery", inline_query_id=query["id"], results=results, cache_time=0) is True
    status, sent = await wire.sim(f"/people/{ann.id}/inline/choose", {"query_id": query["id"], "result_id": "1"})
    message = (await wire.updates(offset=-1))[0]["message"]
    assert status == 200
    assert (message["message_id"], message["text"], message["via_bot"]["is_bot"]) == (
        sent["message_id"],
        "/buy tg",
        True,
    )


@pytest.mark.parametrize(
    ("results", "error"),
    [
        ({}, "expected an Array of inline query results"),
        ([{**ARTICLE, "id": str(n)} for n in range(51)], "too many inline query results specified"),
        ([ARTICLE, ARTICLE], "RESULT_ID_DUPLICATE"),
        ([{**ARTICLE, "id": "x" * 65}], "RESULT_ID_INVALID"),
        ([7], "can't parse inline query result: Inline query result must be an object"),
        ([{**ARTICLE, "title": None}], 'can\'t parse inline query result: Field "title" must be of type String'),
        (
            [{**ARTICLE, "input_message_content": {"message_text": ""}}],
            "can't parse inline query result: Message text is empty",
        ),
    ],
)
async def test_inline_results_that_telegram_refuses(wire: Wire, ann: Person, results: object, error: str) -> None:
    _, asked = await wire.sim(f"/people/{ann.id}/inline", {"query": ""})
    refused = await wire.error("answerInlineQuery", inline_query_id=asked["query_id"], results=results)
    assert refused == f"400 Bad Request: {error}"


async def test_a_bogus_inline_query_is_too_old(wire: Wire) -> None:
    assert await wire.error("answerInlineQuery", inline_query_id="9", results=[]) == TOO_OLD
