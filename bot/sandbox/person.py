"""A scripted person on the sandbox Telegram, for journeys and for the tour.

    ann = Person(telegram, 1, "Ann")
    await ann.say("/start")
    await ann.sees("Buy a number")
    await ann.tap("Buy a number")

Works on a TelegramSandbox in the same event loop. Waiting ends with the next change on the screen, never with a sleep;
`patience` is real seconds. What it does not do: it never looks into the bot, only at what a person would see.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.telegram import TelegramSandbox, acts
from bot.sandbox.telegram.chats import Stored
from bot.sandbox.telegram.sharing import share_users


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a tap: the toast or alert, or what a button without a callback does."""

    text: str = ""
    alert: bool = False
    url: str | None = None
    copied: str | None = None
    switch_inline: str | None = None
    query_id: str | None = None


@dataclass(frozen=True, slots=True)
class ChatMessage:
    """One message as the person sees it. `html` shows entities as tags, for reading in tests, not for sending."""

    message_id: int
    text: str
    from_bot: bool
    buttons: list[list[str]] = field(default_factory=list)
    entities: list[dict[str, Any]] = field(default_factory=list)
    reply_to: int | None = None
    edited: bool = False
    raw: dict[str, Any] = field(default_factory=dict)

    @property
    def labels(self) -> list[str]:
        """All buttons in reading order."""
        return [label for row in self.buttons for label in row]

    @property
    def html(self) -> str:
        return _tagged(self.text, self.entities)

    def parts(self, kind: str) -> list[str]:
        """The stretches of text under an entity of this kind, `code` for one."""
        return [_cut(self.text, one["offset"], one["length"]) for one in self.entities if one["type"] == kind]


class Person:
    """Acts and looks; raises AssertionError with the chat in it when something does not come."""

    def __init__(
        self,
        sandbox: TelegramSandbox,
        id: int,  # noqa: A002 - the person's id is what it is called everywhere
        first_name: str = "Ann",
        language_code: str = "en",
        username: str | None = None,
        patience: float = 5.0,
    ) -> None:
        self.id = id
        self._state = sandbox.state
        self._patience = patience
        facts = {"first_name": first_name, "language_code": language_code, "username": username}
        self._profile = sandbox.people.put(id, **facts)

    # -- acts

    async def start(self, payload: str = "") -> int:
        """Presses Start, or follows a deep link. The new message's id."""
        return acts.start(self._state, self._profile, payload).id

    async def say(self, text: str) -> int:
        """Sends a message; a command is found in it by Telegram itself. The new message's id, good for `since`."""
        return acts.say(self._state, self._profile, text).id

    async def say_in_group(self, text: str) -> int:
        return acts.say_in_group(self._state, self._profile, text).id

    async def tap(self, label: str, *, message: "ChatMessage | int | None" = None, wait: bool = True) -> Answer:
        """Taps the button whose text contains the label, in the newest message that has one, or in the given message.

        Waits for the bot's answer to the tap unless `wait` is false.
        """
        wanted = message.message_id if isinstance(message, ChatMessage) else message
        try:
            found, row, column = acts.find_button(self._state, self.id, label, wanted)
            done = acts.tap(self._state, self._profile, found, row, column)
        except acts.NoButtonError as error:
            raise AssertionError(
                f"{self._name()} can't tap: {error}; buttons: {error.buttons}\n{self.told()}"
            ) from None
        if "query_id" not in done:
            return Answer(url=done.get("url"), copied=done.get("copied"), switch_inline=done.get("switch_inline"))
        return await self.answered(done["query_id"], label) if wait else Answer(query_id=done["query_id"])

    async def answered(self, query_id: str, label: str = "") -> Answer:
        """Waits for the answer to a tap. Raises AssertionError when the spinner would hang."""
        query = self._state.taps.find(query_id)
        if query is None:
            raise AssertionError(f"no tap {query_id}")
        if not await self._until(lambda: query.answer is not None) or query.answer is None:
            raise AssertionError(f"{self._name()}'s tap on {label!r} was never answered\n{self.told()}")
        answer = query.answer
        return Answer(answer["text"] or "", answer["show_alert"], answer["url"], query_id=query_id)

    async def pick(self, label: str, *users: int) -> int:
        """Taps a button below the input line that asks for people, and picks these. The new message's id."""
        return share_users(self._state, self._profile, label, list(users)).id

    @property
    def keyboard(self) -> list[list[str]]:
        """What stands below the input line."""
        shown = self._state.chats.keyboards.get(self.id) or {}
        return [[key["text"] for key in row] for row in shown.get("keyboard", [])]

    async def block(self) -> None:
        acts.block(self._state, self._profile)

    async def unblock(self) -> None:
        acts.unblock(self._state, self._profile)

    async def ask_inline(self, query: str) -> list[dict[str, Any]]:
        """Types after the bot's name; waits for the results."""
        found = self._state.inline.find(acts.ask_inline(self._state, self._profile, query))
        if found is None or not await self._until(lambda: found.answer is not None) or found.answer is None:
            raise AssertionError(f"{self._name()}'s inline query {query!r} was never answered")
        results: list[dict[str, Any]] = found.answer["results"]
        return results

    # -- looks

    async def sees(self, text: str, *, since: "ChatMessage | int | None" = None) -> ChatMessage:
        """Waits until a message of the bot shows the text and returns the newest one that does.

        `since`: only messages newer than this one count; edits of older ones don't.
        """
        after = since.message_id if isinstance(since, ChatMessage) else since or 0
        found: list[ChatMessage] = []

        def look() -> bool:
            found[:] = [one for one in self.chat() if one.from_bot and one.message_id > after and text in one.text]
            return bool(found)

        if not await self._until(look):
            raise AssertionError(f"{self._name()} never saw {text!r}\n{self.told()}")
        return found[-1]

    async def sees_button(self, label: str) -> ChatMessage:
        """Waits until some message has a button whose text contains the label; the newest such message."""
        found: list[ChatMessage] = []

        def look() -> bool:
            found[:] = [one for one in self.chat() if any(label in text for text in one.labels)]
            return bool(found)

        if not await self._until(look):
            raise AssertionError(f"{self._name()} never saw the button {label!r}\n{self.told()}")
        return found[-1]

    async def waits_until(self, look: Callable[[], bool], what: str) -> None:
        """Waits for anything else; `look` is asked at every change."""
        if not await self._until(look):
            raise AssertionError(f"{self._name()} waited in vain for {what}\n{self.told()}")

    def screen(self) -> ChatMessage:
        """The newest message of the bot. Raises AssertionError when it has said nothing."""
        newest = next((one for one in reversed(self.chat()) if one.from_bot), None)
        if newest is None:
            raise AssertionError(f"the bot has said nothing to {self._name()}")
        return newest

    def chat(self) -> list[ChatMessage]:
        """All messages, oldest first."""
        return [_seen(message) for message in self._state.chats.messages(self.id)]

    def told(self) -> str:
        """The chat as text, for messages of failures."""
        return "\n".join(_lines(self.chat())) or "(the chat is empty)"

    async def _until(self, look: Callable[[], bool]) -> bool:
        return await self._state.events.bell.wait_for(look, self._patience)

    def _name(self) -> str:
        return f"{self._profile.first_name} ({self.id})"


def _seen(message: Stored) -> ChatMessage:
    body = message.body
    return ChatMessage(
        message_id=message.id,
        text=message.visible,
        from_bot=message.from_bot,
        buttons=message.buttons,
        entities=body.get("entities") or body.get("caption_entities") or [],
        reply_to=message.reply_to,
        edited="edit_date" in body,
        raw=body,
    )


def _lines(chat: list[ChatMessage]) -> Iterator[str]:
    for message in chat:
        who = "bot   " if message.from_bot else "person"
        kinds = [kind for kind in ("photo", "document") if kind in message.raw]
        yield f"{message.message_id:>5} {who} {''.join(f'[{kind}] ' for kind in kinds)}{message.text}"
        for row in message.buttons:
            yield "             " + " ".join(f"[{label}]" for label in row)


def _cut(text: str, offset: int, length: int) -> str:
    return text.encode("utf-16-le")[2 * offset : 2 * (offset + length)].decode("utf-16-le")


def _tagged(text: str, entities: list[dict[str, Any]]) -> str:
    """Entities as tags named like their kinds. Tags open in the entities' order and close in reverse."""
    units = text.encode("utf-16-le")
    marks: list[tuple[int, int, int, str]] = []
    for number, one in enumerate(entities):
        end = one["offset"] + one["length"]
        marks.append((one["offset"], 1, number, f"<{one['type']}>"))
        marks.append((end, 0, -number, f"</{one['type']}>"))
    shown, at = "", 0
    for place, _, _, tag in sorted(marks):
        shown += units[2 * at : 2 * place].decode("utf-16-le") + tag
        at = place
    return shown + units[2 * at :].decode("utf-16-le")
