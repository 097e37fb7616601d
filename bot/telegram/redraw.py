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

from bot.i18n import Catalogs
from bot.screens.order_card import folded, order_card
from bot.services.board import Behind, Board
from bot.telegram.lanes import Lanes
from bot.telegram.rests import Rests
from bot.telegram.voice import Voice

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
        self, voice: Voice, board: Board, catalogs: Catalogs, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._voice = voice
        self._board = board
        self._catalogs = catalogs
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
            of_person: dict[int, list[Behind]] = {}
            for behind in await self._board.behind(_LOOKED_AT, besides):
                of_person.setdefault(behind.card.person_id, []).append(behind)
            for person_id, found in list(of_person.items())[:room]:
                self._lanes.start(person_id, self._draw_all(person_id, found))

    async def draw(self) -> None:
        """What is behind now, to its end. Raises what ended a lane, when it is no refusal of Telegram's."""
        await self.start_due()
        while self._lanes.at_work:
            await self._lanes.one_ends()

    async def close(self) -> None:
        await self._lanes.close()

    async def _draw_all(self, person_id: int, found: Sequence[Behind]) -> None:
        for behind in found:
            try:
                await self._draw(behind)
            except TelegramRetryAfter as error:
                self._passed_over.begin(person_id, error.retry_after)
                return
            except TelegramForbiddenError:
                self._passed_over.begin(person_id, _BLOCKED)
                return
            except TelegramBadRequest as error:
                _log.warning("a card can't be drawn again", error=type(error).__name__)
                await self._board.forget(behind.card)
            except TelegramAPIError as error:
                _log.warning("a card could not be drawn again", error=type(error).__name__)
                self._passed_over.begin(person_id, _OUTAGE)
                self._begun_at_once = 1  # one chat a tick finds out whether Telegram is back
                return
            else:
                self._begun_at_once = _LANES

    async def _draw(self, behind: Behind) -> None:
        card = behind.card
        async with self._board.drawing(card.person_id, card.message_id):
            now = await self._board.still_behind(behind)
            if now is None:
                return
            t = self._catalogs.translator(now.person.language if now.person else None)
            if now.goes and await self._voice.delete(card.person_id, card.message_id):
                await self._board.forget(card)
                return
            screen = folded(now.facts, card.role, t) if now.folds else order_card(now.facts, t, via=card.via)
            if await self._voice.edit(card.person_id, card.message_id, screen):
                await self._board.drawn(now)
            else:
                await self._board.forget(card)
