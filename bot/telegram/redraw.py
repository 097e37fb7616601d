"""Draws cards again that show less than is true, each chat's by itself. Which they are is asked anew each time."""

import asyncio
import time
from collections.abc import Callable, Sequence

import structlog
from aiogram.exceptions import (
    TelegramAPIError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramRetryAfter,
)

from bot.i18n import Languages
from bot.screens.orders.cards import folded, order_card
from bot.services.telling.cards import Cards, StaleCard
from bot.telegram.lanes import Lanes
from bot.telegram.messenger import Messenger
from bot.telegram.rests import Rests

_log = structlog.get_logger(__name__)

_LANES = 16
_LOOKED_AT = 20
_OUTAGE = 2.0
"""Seconds for which a chat is passed over where Telegram failed."""
_BLOCKED = 60.0
"""Seconds for which one who blocks the bot is passed over: their cards are drawn when they are back."""
_PASSED_OVER = 500


class Redrawing:
    """A chat that hangs, or that Telegram wants left alone, keeps nobody else's cards old."""

    def __init__(
        self, messenger: Messenger, cards: Cards, languages: Languages, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._messenger = messenger
        self._cards = cards
        self._languages = languages
        self._lanes = Lanes("redraw")
        self._starting = asyncio.Lock()
        self._passed_over: Rests[int] = Rests(clock, _PASSED_OVER)
        self._begun_at_once = _LANES

    async def start_due(self) -> None:
        async with self._starting:
            busy = self._lanes.people
            room = min(_LANES - len(busy), self._begun_at_once)
            if room <= 0:
                return
            besides = busy | self._passed_over.chats()
            of_person: dict[int, list[StaleCard]] = {}
            for stale in await self._cards.behind(_LOOKED_AT, besides):
                of_person.setdefault(stale.card.person_id, []).append(stale)
            for person_id, found in list(of_person.items())[:room]:
                self._lanes.start(person_id, self._draw_all(person_id, found))

    async def draw(self) -> None:
        """What is behind now, to its end. Raises what ended a lane, when it is no refusal of Telegram's."""
        await self.start_due()
        while self._lanes.at_work:
            await self._lanes.one_ends()

    async def close(self) -> None:
        await self._lanes.close()

    async def _draw_all(self, person_id: int, found: Sequence[StaleCard]) -> None:
        for stale in found:
            try:
                await self._draw(stale)
            except TelegramRetryAfter as error:
                self._passed_over.begin(person_id, error.retry_after)
                return
            except TelegramForbiddenError:
                self._passed_over.begin(person_id, _BLOCKED)
                return
            except TelegramBadRequest as error:
                _log.warning("a card can't be drawn again", error=type(error).__name__)
                await self._cards.forget(stale.card)
            except TelegramAPIError as error:
                _log.warning("a card could not be drawn again", error=type(error).__name__)
                self._passed_over.begin(person_id, _OUTAGE)
                self._begun_at_once = 1  # one chat a tick finds out whether Telegram is back
                return
            else:
                self._begun_at_once = _LANES

    async def _draw(self, stale: StaleCard) -> None:
        card = stale.card
        async with self._cards.drawing(card.person_id, card.message_id):
            now = await self._cards.still_behind(stale)
            if now is None:
                return
            t = self._languages.translator(now.person.language if now.person else None)
            if now.goes and await self._messenger.delete(card.person_id, card.message_id):
                await self._cards.forget(card)
                return
            screen = folded(now.facts, card.role, t) if now.folds else order_card(now.facts, t, via=card.via)
            if await self._messenger.edit(card.person_id, card.message_id, screen):
                await self._cards.drawn(now)
            else:
                await self._cards.forget(card)
