"""Draws messages anew that show a code for longer than their people want, each chat's by itself."""

import time
from collections.abc import Callable, Sequence

import structlog
from aiogram.exceptions import (
    TelegramAPIError,
    TelegramBadRequest,
    TelegramRetryAfter,
)

from bot.faults import DatabaseFault
from bot.i18n import Languages
from bot.screens.telling.hidden import hidden
from bot.services.telling.cards import Cards
from bot.services.telling.hidden_codes import HiddenCodes, ToHide
from bot.telegram.lanes import Lanes
from bot.telegram.messenger import Messenger
from bot.telegram.rests import Rests
from bot.ticks import every

_log = structlog.get_logger(__name__)

_LANES = 8
_LOOKED_AT = 20
_PASSED_OVER = 500
_LATER = 60.0
"""Seconds for which a chat is passed over where Telegram failed, or whose person blocks the bot."""


class Hiding:
    """What Telegram lets nobody edit (too old, deleted) is done with; what it can't do now is tried again."""

    def __init__(
        self,
        messenger: Messenger,
        codes: HiddenCodes,
        cards: Cards,
        languages: Languages,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`clock`: monotonic seconds."""
        self._messenger = messenger
        self._codes = codes
        self._cards = cards
        self._languages = languages
        self._lanes = Lanes("hide")
        self._passed_over: Rests[int] = Rests(clock, _PASSED_OVER)

    @every(2, "hide")
    async def hide_due(self) -> None:
        """Starts the drawing of what is due, and waits for none of it."""
        if len(self._lanes) >= _LANES:
            return
        besides = self._lanes.people | self._passed_over.chats()
        of_person: dict[int, list[ToHide]] = {}
        for one in await self._codes.due(_LOOKED_AT, besides):
            of_person.setdefault(one.exposed.person_id, []).append(one)
        for person_id, found in of_person.items():
            self._lanes.start(person_id, self._hide_all(person_id, found))

    async def hide(self) -> None:
        """What is due now, to its end. Raises what ended a lane, when it is no refusal of Telegram's."""
        await self.hide_due()
        while self._lanes.at_work:
            await self._lanes.one_ends()

    async def close(self) -> None:
        await self._lanes.close()

    async def _hide_all(self, person_id: int, found: Sequence[ToHide]) -> None:
        for one in found:
            try:
                await self._hide(one)
            except TelegramRetryAfter as error:
                self._passed_over.begin(person_id, error.retry_after)
                return
            except TelegramBadRequest as error:
                _log.warning("a code can't be hidden in its chat", error=type(error).__name__)
                await self._codes.hidden(one)
            except TelegramAPIError as error:
                _log.warning("a code could not be hidden yet", error=type(error).__name__)
                self._passed_over.begin(person_id, _LATER)
                return
            except DatabaseFault as error:
                _log.warning("a code was hidden, and that could not be written", error=type(error).__name__)
                self._passed_over.begin(person_id, _LATER)
                return

    async def _hide(self, one: ToHide) -> None:
        person_id, message_id = one.exposed.person_id, one.exposed.message_id
        async with self._cards.drawing(person_id, message_id):
            if await self._codes.still_due(one):
                t = self._languages.translator(one.person.language if one.person else None)
                await self._messenger.edit(person_id, message_id, hidden(one.card, one.sms, t))
                await self._codes.hidden(one)
