"""What people say is answered, an album once; what Telegram remarks about a chat is not."""

from typing import Any

from aiogram.enums import ContentType

from bot.sandbox.telegram import schema
from bot.telegram.intake import SAID
from tests.services.floor import ANN
from tests.telegram.booth import Booth, at_work, bots

MESSAGE = schema.load()["types"]["Message"]["fields"]
PHOTO = [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]


def least(kinds: str) -> Any:
    """The smallest value of a type of the schema."""
    kind, _, constant = kinds.split("|")[0].partition("=")
    if kind.startswith("Array of "):
        return [least(kind.removeprefix("Array of "))]
    plain: dict[str, Any] = {"String": constant or "x", "Integer": 1, "Float": 1.0, "Boolean": True, "True": True}
    if kind in plain:
        return plain[kind]
    shape = schema.load()["types"][kind]
    if "any" in shape:
        return least(shape["any"][0])
    return {name: least(kinds) for name, kinds in shape["fields"].items() if not name.endswith("?")}


def remarks() -> dict[str, Any]:
    """Every field of a message that aiogram knows as a kind of content and that nobody says."""
    known = {kind.value for kind in ContentType} - {kind.value for kind in SAID}
    return {name.removesuffix("?"): least(kinds) for name, kinds in MESSAGE.items() if name.removesuffix("?") in known}


def test_there_are_many_kinds_of_remarks_and_each_can_be_made() -> None:
    found = remarks()
    assert len(found) > 50
    assert {"pinned_message", "message_auto_delete_timer_changed", "chat_background_set", "successful_payment"} <= set(
        found
    )


async def test_no_remark_of_telegrams_is_answered(booth: Booth) -> None:
    ann = await booth.ann()
    before, state = len(bots(ann)), booth.telegram.state
    profile = booth.telegram.people.get(ANN)
    for content in [*({name: value} for name, value in remarks().items()), {"a_kind_of_a_later_version": {}}]:
        message = state.chats.add(ANN, profile.user(), content)
        state.updates.add_odd({"message": state.chats.shown(message)})
    async with at_work(booth):
        await ann.say("/menu")
        await ann.waits_until(lambda: len(bots(ann)) > before, "the answer to what was said behind them")
    assert len(bots(ann)[before:]) == 1


async def test_an_album_is_answered_once_and_the_next_one_again(booth: Booth) -> None:
    ann = await booth.ann()
    before, state = len(bots(ann)), booth.telegram.state
    profile = booth.telegram.people.get(ANN)
    for album in ["first"] * 8 + ["second"] * 10:
        message = state.chats.add(ANN, profile.user(), {"photo": PHOTO, "media_group_id": album})
        state.update("message", state.chats.shown(message), ANN)
    await booth.hears()
    assert [one.text[:16] for one in bots(ann)[before:]] == ["I only read text"] * 2


async def test_edits_and_posts_of_channels_are_nothing_said(booth: Booth) -> None:
    ann = await booth.ann()
    before, state = len(bots(ann)), booth.telegram.state
    message = state.chats.shown(state.chats.add(ANN, booth.telegram.people.get(ANN).user(), {"text": "/menu"}))
    channel = {**message, "chat": {"id": -100_777, "type": "channel", "title": "News"}, "sender_chat": message["chat"]}
    for kind in ("edited_message", "channel_post", "edited_channel_post", "business_message"):
        state.updates.add_odd({kind: message if kind == "edited_message" else channel})
    await booth.hears()
    assert bots(ann)[before:] == []
