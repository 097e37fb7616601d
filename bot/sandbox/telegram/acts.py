"""What a person can do in Telegram: write, press Start, tap buttons, block the bot, use inline mode.

Each act changes the chat and queues the update that the bot would get.
"""

import re
from typing import Any

from bot.sandbox.telegram.chats import Stored
from bot.sandbox.telegram.errors import bad_request
from bot.sandbox.telegram.methods.answering import content_of
from bot.sandbox.telegram.params import Json
from bot.sandbox.telegram.people import GROUP_ID, Profile
from bot.sandbox.telegram.state import State
from bot.sandbox.telegram.text import as_typed


class NoButtonError(LookupError):
    """No button there says so. `buttons` are those that can be seen."""

    def __init__(self, text: str, buttons: list[list[str]]) -> None:
        super().__init__(text)
        self.buttons = buttons


class DeadButtonError(NoButtonError):
    """The button is there, but it can't be tapped."""


def start(state: State, person: Profile, payload: str = "") -> Stored:
    """The Start button, or a deep link with a payload. Who has blocked the bot unblocks it so. Raises ApiError."""
    if payload and not re.fullmatch(r"[A-Za-z0-9_-]{1,64}", payload):
        raise bad_request("a start parameter is 1-64 characters of A-Z, a-z, 0-9, _ and -")
    if person.blocked:
        unblock(state, person)
    return say(state, person, f"/start {payload}".strip())


def say(state: State, person: Profile, text: str, reply_to: int | None = None) -> Stored:
    """A message in the private chat. Raises ApiError when it is empty or too long."""
    typed = as_typed(text)
    if person.blocked:
        raise DeadButtonError("the person has blocked the bot", [])
    person.started = person.seen = True
    content = state.chats.content(typed.text, typed.entities)
    return _receive(state, state.chats.add(person.id, person.user(), content, reply_to=reply_to), person.id)


def say_in_group(state: State, person: Profile, text: str) -> Stored:
    """A message in the group that everybody shares. The bot then knows the person, but may not write to them first."""
    typed = as_typed(text)
    person.seen = True
    content = state.chats.content(typed.text, typed.entities)
    return _receive(state, state.chats.add(GROUP_ID, person.user(), content), person.id)


def _receive(state: State, message: Stored, person: int) -> Stored:
    shown = state.chats.shown(message)
    state.tell("message", message.chat_id, message=shown)
    state.note("person", "message", message.chat_id, message.visible, message_id=message.id, person=person)
    state.update("message", shown, message.chat_id)
    return message


def block(state: State, person: Profile) -> None:
    _change_membership(state, person, blocked=True)


def unblock(state: State, person: Profile) -> None:
    _change_membership(state, person, blocked=False)


def _change_membership(state: State, person: Profile, *, blocked: bool) -> None:
    if person.blocked == blocked:
        return
    person.blocked, person.seen = blocked, True
    member = {"status": "member", "user": state.bot.user()}
    banned = {"status": "kicked", "user": state.bot.user(), "until_date": 0}
    old, new = (member, banned) if blocked else (banned, member)
    body = {"chat": person.chat(), "from": person.user(), "date": state.clock.unix()}
    state.update("my_chat_member", {**body, "old_chat_member": old, "new_chat_member": new}, person.id)
    state.note("person", "block" if blocked else "unblock", person.id, "")
    state.events.send("person", person.id, profile=person.json())


def find_button(state: State, chat_id: int, label: str, message_id: int | None = None) -> tuple[Stored, int, int]:
    """The first button whose text contains the label, in the newest message that has one. Raises NoButtonError."""
    for message in reversed(state.chats.messages(chat_id)):
        if message_id in (None, message.id):
            for row, texts in enumerate(message.buttons):
                for column, text in enumerate(texts):
                    if label in text:
                        return message, row, column
    raise NoButtonError(f"no button says {label!r}", visible_buttons(state, chat_id))


def visible_buttons(state: State, chat_id: int) -> list[list[str]]:
    newest = state.chats.newest(chat_id, lambda message: bool(message.buttons))
    return newest.buttons if newest else []


def tap(state: State, person: Profile, message: Stored, row: int, column: int, *, faded: bool = False) -> Json:
    """Presses a button; what comes of it depends on its kind (see README). Raises NoButtonError, DeadButtonError.

    `faded`: the bot gets an InaccessibleMessage instead of the message, as Telegram does with very old ones.
    """
    button = message.button(row, column)
    if button is None:
        raise NoButtonError("no such button", message.buttons)
    label = button["text"]
    if "disabled" in button or person.blocked:
        reason = "the button is disabled" if "disabled" in button else "the person has blocked the bot"
        raise DeadButtonError(f"{label!r}: {reason}", message.buttons)
    if "callback_data" not in button:
        state.note("person", "tap", message.chat_id, label, message_id=message.id, person=person.id)
        return _local_tap(button)
    return {"query_id": _call_back(state, person, message, (row, column), button, faded=faded)}


def _local_tap(button: Json) -> Json:
    """Buttons of which the bot hears nothing."""
    if "copy_text" in button:
        return {"copied": button["copy_text"]["text"]}
    if "url" in button or "web_app" in button:
        return {"url": button.get("url") or button["web_app"]["url"]}
    if "switch_inline_query_current_chat" in button:
        return {"switch_inline": button["switch_inline_query_current_chat"], "here": True}
    chosen = button.get("switch_inline_query_chosen_chat", {}).get("query", "")
    return {"switch_inline": button.get("switch_inline_query", chosen), "here": False}


def _call_back(
    state: State, person: Profile, message: Stored, place: tuple[int, int], button: Json, *, faded: bool
) -> str:
    person.seen = True
    query = state.taps.ask(person.id, message.chat_id, message_id=message.id, label=button["text"])
    where = {"chat_id": message.chat_id, "message_id": message.id, "row": place[0], "column": place[1]}
    state.events.send("tap", person.id, **where, label=button["text"], query_id=query.id)
    state.note("person", "tap", message.chat_id, button["text"], message_id=message.id, person=person.id)
    lost = {"chat": message.body["chat"], "message_id": message.id, "date": 0}
    shown = lost if faded else state.chats.shown(message)
    body = {"id": query.id, "from": person.user(), "message": shown, "data": button["callback_data"]}
    state.update("callback_query", {**body, "chat_instance": state.chat_instance}, person.id)
    return query.id


def ask_inline(state: State, person: Profile, text: str, offset: str = "", chat_type: str = "sender") -> str:
    """Types into the input line after the bot's name, in the chat with it or in another. The query's id."""
    person.seen = True
    query = state.inline.ask(person.id, person.id, query=text)
    body: dict[str, Any] = {"id": query.id, "from": person.user(), "query": text, "offset": offset}
    state.update("inline_query", {**body, "chat_type": chat_type}, person.id)
    return query.id


def choose_inline(state: State, person: Profile, query_id: str, result_id: str) -> Stored:
    """Sends a result of an answered inline query into the chat with the bot. Raises NoButtonError."""
    query = state.inline.find(query_id)
    results = query.answer["results"] if query and query.answer else []
    result = next((one for one in results if one["id"] == result_id), None)
    if result is None:
        raise NoButtonError("no such result", [[one["title"] for one in results]])
    content: Json = state.chats.content(*content_of(result))
    if "reply_markup" in result:
        content["reply_markup"] = result["reply_markup"]
    content["via_bot"] = state.bot.user()
    person.started = True
    return _receive(state, state.chats.add(person.id, person.user(), content), person.id)
