"""Edits, deletions, reactions."""

from typing import Any

import pytest

from bot.sandbox.person import Person
from bot.sandbox.telegram import TelegramSandbox
from tests.sandbox.telegram.wire import PNG, Wire, button, keyboard

SAME = (
    "400 Bad Request: message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)


@pytest.fixture
async def menu(wire: Wire, ann: Person) -> dict[str, Any]:
    """Chat and message id of a message with a keyboard."""
    sent = await wire.ok(
        "sendMessage", chat_id=ann.id, text="<b>menu</b>", parse_mode="HTML", reply_markup=keyboard([button()])
    )
    return {"chat_id": ann.id, "message_id": sent["message_id"]}


async def test_an_edit_replaces_text_and_keyboard_in_place(wire: Wire, ann: Person, menu: dict[str, Any]) -> None:
    edited = await wire.ok("editMessageText", **menu, text="new")
    assert edited["message_id"] == menu["message_id"]
    assert "reply_markup" not in edited
    assert "entities" not in edited
    assert (ann.screen().text, ann.screen().edited, len(ann.chat())) == ("new", True, 2)


async def test_an_edit_that_changes_nothing_is_refused(wire: Wire, menu: dict[str, Any]) -> None:
    markup = keyboard([button()])
    same = {**menu, "text": "<strong>menu</strong> ", "parse_mode": "HTML"}
    assert await wire.error("editMessageText", **same, reply_markup=markup) == SAME
    assert await wire.error("editMessageReplyMarkup", **menu, reply_markup=markup) == SAME
    assert (await wire.ok("editMessageText", **same))["text"] == "menu"


async def test_the_same_words_in_another_style_are_a_change(wire: Wire, menu: dict[str, Any]) -> None:
    edited = await wire.ok("editMessageText", **menu, text="menu", reply_markup=keyboard([button()]))
    assert "entities" not in edited


async def test_a_keyboard_can_be_changed_and_taken_away(wire: Wire, ann: Person, menu: dict[str, Any]) -> None:
    await wire.ok("editMessageReplyMarkup", **menu, reply_markup=keyboard([button("Other")]))
    assert ann.screen().buttons == [["Other"]]
    await wire.ok("editMessageReplyMarkup", **menu)
    assert ann.screen().buttons == []


async def test_what_can_not_be_edited(wire: Wire, ann: Person, menu: dict[str, Any]) -> None:
    own = await ann.say("mine")
    assert await wire.error("editMessageText", chat_id=ann.id, message_id=own, text="x") == (
        "400 Bad Request: message can't be edited"
    )
    assert await wire.error("editMessageText", text="x") == "400 Bad Request: message identifier is not specified"
    keys = {"keyboard": [["x"]]}
    assert await wire.error("editMessageText", **menu, text="x", reply_markup=keys) == (
        "400 Bad Request: inline keyboard expected"
    )
    assert await wire.error("editMessageCaption", **menu, caption="x") == (
        "400 Bad Request: there is no caption in the message to edit"
    )


async def test_a_photo_has_a_caption_but_no_text_to_edit(wire: Wire, ann: Person) -> None:
    sent = await wire.ok("sendPhoto", chat_id=ann.id, caption="old", files={"photo": ("p.png", PNG)})
    where = {"chat_id": ann.id, "message_id": sent["message_id"]}
    assert await wire.error("editMessageText", **where, text="x") == (
        "400 Bad Request: there is no text in the message to edit"
    )
    assert await wire.error("editMessageCaption", **where, caption="old") == SAME
    assert (await wire.ok("editMessageCaption", **where, caption="new"))["caption"] == "new"
    assert "caption" not in await wire.ok("editMessageCaption", **where)


def media(kind: str = "photo", given: str = "attach://new", **facts: Any) -> dict[str, Any]:
    return {"type": kind, "media": given, **facts}


async def test_a_photo_becomes_another_one_or_a_document_with_its_caption(wire: Wire, ann: Person) -> None:
    sent = await wire.ok("sendPhoto", chat_id=ann.id, caption="old", files={"photo": ("p.png", PNG)})
    where = {"chat_id": ann.id, "message_id": sent["message_id"]}
    shown = media(caption="<b>new</b>", parse_mode="HTML")
    edited = await wire.ok("editMessageMedia", **where, media=shown, files={"new": ("q.png", PNG)})
    assert (edited["caption"], edited["caption_entities"][0]["type"]) == ("new", "bold")
    assert edited["photo"][0]["file_id"] != sent["photo"][0]["file_id"]
    edited = await wire.ok("editMessageMedia", **where, media=media("document"), files={"new": ("a.csv", b"1;2")})
    assert edited["document"]["file_name"] == "a.csv"
    assert not {"photo", "caption", "text"} & set(edited)
    assert (ann.screen().edited, len(ann.chat())) == (True, 2)


async def test_a_text_becomes_a_photo_and_no_text_again(wire: Wire, ann: Person, menu: dict[str, Any]) -> None:
    edited = await wire.ok("editMessageMedia", **menu, media=media(), files={"new": ("p.png", PNG)})
    assert not {"text", "entities", "reply_markup"} & set(edited)
    assert await wire.error("editMessageText", **menu, text="x") == (
        "400 Bad Request: there is no text in the message to edit"
    )
    same = media(given=edited["photo"][0]["file_id"])
    assert await wire.error("editMessageMedia", **menu, media=same) == SAME


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ("", 'parameter "media" is required'),
        ("{", "can't parse input media JSON object"),
        ([], "can't parse InputMedia: expected an Object"),
        ({"type": "photo"}, "can't parse InputMedia: Can't find field \"media\""),
        (media("video"), "the sandbox knows photos and documents only"),
        (media(), "there is no photo in the request"),
        (media(given="nobody's"), "wrong file identifier/HTTP URL specified"),
        (media(given="attach://new", caption="<b>x", parse_mode="HTML"), "can't parse entities: Can't find end tag"),
    ],
)
async def test_media_that_telegram_refuses(wire: Wire, menu: dict[str, Any], given: object, error: str) -> None:
    assert (await wire.error("editMessageMedia", **menu, media=given)).startswith(f"400 Bad Request: {error}")


async def test_messages_can_be_deleted_for_48_hours(
    wire: Wire, ann: Person, menu: dict[str, Any], telegram: TelegramSandbox
) -> None:
    theirs = await ann.say("oops")
    assert await wire.ok("deleteMessage", chat_id=ann.id, message_id=theirs) is True
    assert await wire.error("deleteMessage", chat_id=ann.id, message_id=theirs) == (
        "400 Bad Request: message to delete not found"
    )
    telegram.advance(48 * 3600 + 2)
    assert await wire.error("deleteMessage", **menu) == "400 Bad Request: message can't be deleted for everyone"


async def test_deleting_needs_a_chat_and_a_message(wire: Wire) -> None:
    assert await wire.error("deleteMessage") == "400 Bad Request: chat identifier is not specified"
    assert await wire.error("deleteMessage", chat_id=5) == "400 Bad Request: message identifier is not specified"


async def test_many_are_deleted_at_once_and_missing_ones_passed_over(wire: Wire, ann: Person) -> None:
    first, second = await ann.say("a"), await ann.say("b")
    assert await wire.ok("deleteMessages", chat_id=ann.id, message_ids=[first, second, 99]) is True
    assert len(ann.chat()) == 1


@pytest.mark.parametrize(
    ("message_ids", "error"),
    [
        ("", "message identifiers are not specified"),
        ([], "message identifiers are not specified"),
        ({}, "expected an Array of message identifiers"),
        (list(range(1, 102)), "too many message identifiers specified"),
        ([0], "invalid message identifier specified"),
    ],
)
async def test_lists_of_messages_that_telegram_refuses(
    wire: Wire, ann: Person, message_ids: object, error: str
) -> None:
    refused = await wire.error("deleteMessages", chat_id=ann.id, message_ids=message_ids)
    assert refused == f"400 Bad Request: {error}"


async def test_a_reply_survives_the_deletion_of_what_it_answers(wire: Wire, ann: Person, menu: dict[str, Any]) -> None:
    reply = await wire.ok("sendMessage", chat_id=ann.id, text="x", reply_parameters={"message_id": menu["message_id"]})
    await wire.ok("deleteMessage", **menu)
    edited = await wire.ok("editMessageText", chat_id=ann.id, message_id=reply["message_id"], text="y")
    assert "reply_to_message" not in edited


async def test_a_bot_has_one_reaction_of_the_known_ones(wire: Wire, ann: Person) -> None:
    theirs = await ann.say("thanks")
    where = {"chat_id": ann.id, "message_id": theirs}
    heart, fire = {"type": "emoji", "emoji": "❤"}, {"type": "emoji", "emoji": "🔥"}
    await wire.ok("setMessageReaction", **where, reaction=[heart])
    assert (await wire.see(f"/people/{ann.id}/chat"))["reactions"] == {str(theirs): [heart]}
    assert await wire.error("setMessageReaction", **where, reaction=[heart, fire]) == (
        "400 Bad Request: REACTIONS_TOO_MANY"
    )
    assert await wire.error("setMessageReaction", **where, reaction=[{"type": "emoji", "emoji": "x"}]) == (
        "400 Bad Request: REACTION_INVALID"
    )
    assert await wire.error("setMessageReaction", **where, reaction=[{"type": "nose"}]) == (
        "400 Bad Request: can't parse ReactionType: invalid reaction type specified"
    )
    await wire.ok("setMessageReaction", **where, reaction=[])
    assert (await wire.see(f"/people/{ann.id}/chat"))["reactions"] == {str(theirs): []}
