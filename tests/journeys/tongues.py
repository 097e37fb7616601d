"""People of all languages at once: a journey that finds its buttons by what they do is driven by each of them.

@pytest.mark.timeout(120)
async def test_everybody_closes_a_number(shop: Shop) -> None:
    async def closes(ann: Speaker) -> None:
        await ann.start()
        await ann.goes(ToServices)
        ...

    await everybody(shop, closes)
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from aiogram.filters.callback_data import CallbackData

from bot.i18n.plurals import RULES
from bot.sandbox.person import Answer, ChatMessage
from bot.sandbox.telegram import acts
from tests.button_kinds import copying, doing, places
from tests.journeys.shop import Shop, Thumb

TELEGRAMS = {"pt_BR": "pt-br", "zh_Hans": "zh-hans"}
"""How Telegram calls a language, where we have another name for it."""
FIRST = 200
"""The id of the first of them."""
Json = dict[str, Any]
Journey = Callable[["Speaker"], Awaitable[None]]


class Speaker(Thumb):
    """Somebody of any language."""

    language: str = "en"

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
        on: ChatMessage | None = None,
        since: ChatMessage | int | None = None,
        **fields: object,
    ) -> Answer:
        """Taps the button that does this, as soon as it is there. `saying`: of several, what no language changes."""
        does = doing(kind, **fields)

        def is_wanted(button: Json) -> bool:
            return does(button) and saying in button["text"]

        if on is None:
            on = await self._message_with(is_wanted, f"{kind.__name__} {saying}", since)
        (row, column), *_ = places(on, is_wanted)
        return await self._taps(on, row, column)

    async def gets(self, is_wanted: Callable[[str], bool], *, since: ChatMessage | int | None = None) -> ChatMessage:
        """Waits for a message with a button that copies such a text: a number, a code."""
        return await self._message_with(copying(is_wanted), "a copy button", since)

    def has(self, kind: type[CallbackData], **fields: object) -> bool:
        """Whether a message of the chat has such a button now."""
        return any(places(one, doing(kind, **fields)) for one in self.chat())

    async def _message_with(
        self, is_wanted: Callable[[Json], bool], what: str, since: ChatMessage | int | None
    ) -> ChatMessage:
        after = since.message_id if isinstance(since, ChatMessage) else since or 0
        found: list[ChatMessage] = []

        def look() -> bool:
            found[:] = [one for one in self.chat() if one.message_id > after and places(one, is_wanted)]
            return bool(found)

        await self.waits_until(look, f"a button: {what}")
        return found[-1]

    async def _taps(self, on: ChatMessage, row: int, column: int) -> Answer:
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


async def everybody(shop: Shop, journey: Journey) -> list[Speaker]:
    """One person of each language goes this way, all of them at once. Raises what stopped one, with their language."""
    speakers = [speaker(shop, language) for language in RULES]
    async with asyncio.TaskGroup() as group:
        for one in speakers:
            group.create_task(_goes(one, journey))
    return speakers


async def _goes(one: Speaker, journey: Journey) -> None:
    try:
        await journey(one)
    except AssertionError as error:
        error.add_note(f"in {one.language}")
        raise
