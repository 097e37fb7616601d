"""The messages of all chats, as Telegram would show them to the bot."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.sandbox.telegram.clock import Clock
from bot.sandbox.telegram.entities import Entity
from bot.sandbox.telegram.errors import bad_request
from bot.sandbox.telegram.params import Json
from bot.sandbox.telegram.people import GROUP_ID, People, group_chat
from bot.sandbox.telegram.records import labels

_LAST_DATE = 1_098 * 86_400
"""Seconds ahead that a date in a text may lie, as reported; the official server's source does not say."""


@dataclass(slots=True)
class Stored:
    """A message. `body` is Telegram's object without `reply_to_message`, which is put in when it is shown."""

    body: Json
    reply_to: int | None = None
    frozen: bool = False

    @property
    def id(self) -> int:
        return int(self.body["message_id"])

    @property
    def chat_id(self) -> int:
        return int(self.body["chat"]["id"])

    @property
    def from_bot(self) -> bool:
        return bool(self.body["from"]["is_bot"])

    @property
    def visible(self) -> str:
        return str(self.body.get("text", self.body.get("caption", "")))

    @property
    def buttons(self) -> list[list[str]]:
        return labels(self.body)

    def button(self, row: int, column: int) -> Json | None:
        rows = self.body.get("reply_markup", {}).get("inline_keyboard", [])
        inside = 0 <= row < len(rows) and 0 <= column < len(rows[row])
        return dict(rows[row][column]) if inside else None


class Chats:
    """All messages by chat; identifiers grow through all chats together, as in a bot's private chats."""

    def __init__(self, people: People, clock: Clock) -> None:
        self._people = people
        self._clock = clock
        self._messages: dict[int, dict[int, Stored]] = {}
        self._next = 1
        self.keyboards: dict[int, Json | None] = {}
        self.reactions: dict[tuple[int, int], list[Json]] = {}
        self.actions: dict[int, tuple[str, float]] = {}

    def clear(self) -> None:
        """Forgets all chats; identifiers go on growing, so no button of before means a message of later."""
        for store in (self._messages, self.keyboards, self.reactions, self.actions):
            store.clear()

    def messages(self, chat_id: int) -> list[Stored]:
        """Oldest first."""
        return list(self._messages.get(chat_id, {}).values())

    def find(self, chat_id: int, message_id: int) -> Stored | None:
        return self._messages.get(chat_id, {}).get(message_id)

    def newest(self, chat_id: int, fits: Callable[[Stored], bool]) -> Stored | None:
        return next((message for message in reversed(self.messages(chat_id)) if fits(message)), None)

    def chat(self, chat_id: int) -> Json:
        return group_chat() if chat_id == GROUP_ID else self._people.get(chat_id).chat()

    def add(
        self, chat_id: int, sender: Json, content: Json, *, reply_to: int | None = None, frozen: bool = False
    ) -> Stored:
        """Puts a new message into the chat. `frozen` ones can't be edited: forwarded, or sent with a reply keyboard."""
        head = {"message_id": self._next, "from": sender, "chat": self.chat(chat_id), "date": self._clock.unix()}
        self._next += 1
        message = Stored({**head, **content}, reply_to, frozen)
        self._messages.setdefault(chat_id, {})[message.id] = message
        return message

    def delete(self, message: Stored) -> None:
        del self._messages[message.chat_id][message.id]
        self.reactions.pop((message.chat_id, message.id), None)

    def shown(self, message: Stored) -> Json:
        """The message as the Bot API gives it, with the one it answers, if that is still there."""
        target = self.find(message.chat_id, message.reply_to) if message.reply_to else None
        return {**message.body, "reply_to_message": target.body} if target else dict(message.body)

    def entities(self, entities: tuple[Entity, ...]) -> list[Json]:
        """Entities as JSON; a mention of somebody whom the bot does not know is dropped."""
        shown = []
        for entity in entities:
            body = entity.json()
            if user_id := body.pop("user_id", None):
                person = self._people.find(user_id)
                if person is None:
                    continue
                body["user"] = person.user()
            shown.append(body)
        return shown

    def action(self, chat_id: int) -> list[str]:
        """What the bot is doing; shown for 5 seconds."""
        action, until = self.actions.get(chat_id, ("", 0.0))
        return [action] if until > self._clock.seconds() else []

    def content(self, text: str, entities: tuple[Entity, ...], *, field: str = "text") -> Json:
        """The part of a message that holds a text or a caption. Raises ApiError: a date too far ahead."""
        if not text:
            return {}
        if any(one.unix_time > self._clock.unix() + _LAST_DATE for one in entities):
            raise bad_request("ENTITY_DATE_INVALID")
        shown = self.entities(entities)
        key: str = "entities" if field == "text" else "caption_entities"
        return {field: text, **({key: shown} if shown else {})}


def same_content(before: Json, after: Json, names: tuple[str, ...]) -> bool:
    """True when nothing of these fields would change: Telegram refuses such an edit."""
    missing: Any = object()
    return all(before.get(name, missing) == after.get(name, missing) for name in names)
