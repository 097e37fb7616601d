"""People of all languages at once: a journey that finds its buttons by what they do is driven by each of them.

@pytest.mark.timeout(120)
async def test_everybody_closes_a_number(shop: Shop) -> None:
    async def closes(ann: Speaker) -> None:
        await ann.start()
        await ann.goes(ToServices)
        ...
        await ann.reads("↩️ <b>Closed</b>: the number is given back.")

    await everybody(speakers(shop), closes)
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

from aiogram.filters.callback_data import CallbackData

from bot.i18n.plurals import RULES
from bot.sandbox.person import Answer, ChatMessage
from bot.sandbox.telegram import acts
from tests.button_kinds import copying, doing, places
from tests.journeys.sayings import english_in, means
from tests.journeys.shop import Shop, Thumb

TELEGRAMS = {"pt_BR": "pt-br", "zh_Hans": "zh-hans"}
"""How Telegram calls a language, where we have another name for it."""
FIRST = 200
"""The id of the first of them."""
Json = dict[str, Any]
Journey = Callable[["Speaker"], Awaitable[None]]


class Speaker(Thumb):
    """Somebody of any language. `taps`: how often they have tapped so far."""

    language: str = "en"
    taps: int = 0
    _silent_until: int = 0

    async def reads(self, english: str, *, since: ChatMessage | int | None = None) -> ChatMessage:
        """Waits until a message says in their language what this message of ours says; the newest that does."""

        def is_said(message: ChatMessage) -> bool:
            return message.from_bot and means(message.text, self.language, english)

        return await self._message(is_said, f"{english!r} in {self.language}", since)

    def understands(self, answer: Answer, english: str) -> None:
        """What came of a tap says this."""
        assert means(answer.text, self.language, english), f"{answer.text!r} does not say {english!r}"

    def speaks_now(self, language: str) -> None:
        """They chose another language: from now on they are told everything in it."""
        self.language, self._silent_until = language, len(self._state.records.lines)

    def told_in_english(self) -> set[str]:
        """What they were told in English without having chosen it: messages, edits, labels and toasts."""
        lines = list(self._state.records.lines)[self._silent_until :]
        mine = [one for one in lines if one.person == self.id and one.who == "bot"]
        labels = [label for one in mine for row in one.buttons for label in row]
        return english_in(self.language, [*(one.text for one in mine), *labels])

    async def meets(
        self, kind: type[CallbackData], *, since: ChatMessage | int | None = None, **fields: object
    ) -> ChatMessage:
        """Waits until a message has a button that does this; the newest such message."""
        return await self._message_with(doing(kind, **fields), kind.__name__, since)

    async def goes(
        self,
        kind: type[CallbackData],
        *,
        saying: str = "",
        message: ChatMessage | None = None,
        since: ChatMessage | int | None = None,
        **fields: object,
    ) -> Answer:
        """Taps the button that does this, as soon as it is there. `saying`: of several, what no language changes."""
        does = doing(kind, **fields)

        def is_wanted(button: Json) -> bool:
            return does(button) and saying in button["text"]

        if message is None:
            message = await self._message_with(is_wanted, f"{kind.__name__} {saying}", since)
        (row, column), *_ = places(message, is_wanted)
        return await self._taps(message, row, column)

    async def gets(self, is_wanted: Callable[[str], bool], *, since: ChatMessage | int | None = None) -> ChatMessage:
        """Waits for a message with a button that copies such a text: a number, a code."""
        return await self._message_with(copying(is_wanted), "a copy button", since)

    def has(self, kind: type[CallbackData], **fields: object) -> bool:
        """Whether a message of the chat has such a button now."""
        return any(places(one, doing(kind, **fields)) for one in self.chat())

    async def _message_with(
        self, is_wanted: Callable[[Json], bool], what: str, since: ChatMessage | int | None
    ) -> ChatMessage:
        return await self._message(lambda one: bool(places(one, is_wanted)), f"a button: {what}", since)

    async def _message(
        self, is_wanted: Callable[[ChatMessage], bool], what: str, since: ChatMessage | int | None
    ) -> ChatMessage:
        after = since.message_id if isinstance(since, ChatMessage) else since or 0
        found: list[ChatMessage] = []

        def look() -> bool:
            found[:] = [one for one in self.chat() if one.message_id > after and is_wanted(one)]
            return bool(found)

        await self.waits_until(look, what)
        return found[-1]

    async def _taps(self, on: ChatMessage, row: int, column: int) -> Answer:
        self.taps += 1
        stored = self._state.chats.find(self.id, on.message_id)
        assert stored is not None
        done = acts.tap(self._state, self._profile, stored, row, column)
        if "query_id" not in done:
            return Answer(url=done.get("url"), copied=done.get("copied"))
        return await self.answered(done["query_id"], on.buttons[row][column])


def speaker(shop: Shop, language: str) -> Speaker:
    """Somebody whose Telegram is in this language."""
    code = TELEGRAMS.get(language, language)
    found = Speaker(shop.server.telegram, FIRST + sorted(RULES).index(language), language, code, patience=30.0)
    found.language = language
    return found


def speakers(shop: Shop) -> list[Speaker]:
    """One of each language."""
    return [speaker(shop, language) for language in RULES]


async def everybody(people: Iterable[Speaker], journey: Journey) -> None:
    """All of them go this way at once, and none is told a word of English that their language has of its own.

    Raises what stopped one, with their language.
    """
    async with asyncio.TaskGroup() as group:
        for one in people:
            group.create_task(_goes(one, journey))


async def _goes(one: Speaker, journey: Journey) -> None:
    try:
        await journey(one)
        assert one.told_in_english() == set()
    except AssertionError as error:
        error.add_note(f"in {one.language}")
        raise
