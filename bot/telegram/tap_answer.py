"""While a handler works: a tap is answered before its spinner annoys, and slow work shows itself as "typing"."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Self

import structlog
from aiogram import Bot
from aiogram.enums import ChatAction
from aiogram.exceptions import TelegramAPIError
from aiogram.types import CallbackQuery

from bot.faults import DatabaseFault
from bot.tasks import Nursery

_log = structlog.get_logger(__name__)

_TOAST_LIMIT = 200
"""Telegram's limit for an answer's text, in characters."""
_CROWD = 50
"""Taps under way at once: more is a rush, and most of them wait for us and not for HidSim."""
_LONGEST_BELATED = 300.0
"""Seconds."""


@dataclass
class Patience:
    """`seconds` until slow work shows itself, and how much work is under way."""

    seconds: float
    under_way: int = 0

    @property
    def crowded(self) -> bool:
        """Then it is we who are slow, and a call that only shows it makes everybody wait longer."""
        return self.under_way > _CROWD


class Answering:
    """Answers one tap exactly once. "Query is too old" is normal: the person has long stopped looking."""

    def __init__(self, bot: Bot, chat_id: int, tap: CallbackQuery | None, nursery: Nursery, patience: Patience) -> None:
        """`tap` None: a message, which needs no answer. `patience`: one for all."""
        self._bot = bot
        self._chat_id = chat_id
        self._tap = tap
        self._nursery = nursery
        self._patience = patience
        self._timer: asyncio.TimerHandle | None = None
        self._at_work = False
        self.answered = False

    async def __aenter__(self) -> Self:
        self._timer = asyncio.get_running_loop().call_later(self._patience.seconds, self._is_slow)
        self._at_work = True
        self._patience.under_way += 1
        return self

    def _is_slow(self) -> None:
        """From here on the answer is on its way and is not cancelled."""
        self._nursery.start(self._show_slow_work(), "show slow work")

    async def _show_slow_work(self) -> None:
        await self.answer()
        if not self._at_work or self._patience.crowded:
            return
        try:
            await self._bot.send_chat_action(self._chat_id, ChatAction.TYPING)
        except TelegramAPIError as error:
            _log.info("slow work could not be shown", error=type(error).__name__)

    async def answer(self, toast: str | None = None, *, alert: bool = False) -> bool:
        """Whether the toast could still be shown: a second answer can't be given."""
        if self._tap is None or self.answered:
            return toast is None
        self.answered = True
        try:
            await self._tap.answer(toast[:_TOAST_LIMIT] if toast else None, show_alert=alert)
        except TelegramAPIError as error:
            _log.info("a tap could not be answered", error=type(error).__name__)
            return False
        return True

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._at_work = False
        self._patience.under_way -= 1
        if self._timer is not None:
            self._timer.cancel()
        await self.answer()


class Belated:
    """What a chat gets when its rest is over and no toast could say so. Of each person's only the newest is kept.

    In memory alone: a stop forgets it, and everything in it stands in a menu, too.
    """

    def __init__(self, nursery: Nursery) -> None:
        self._nursery = nursery
        self._newest: dict[int, Callable[[], Awaitable[None]]] = {}

    def put(self, person_id: int, wait: float, send: Callable[[], Awaitable[None]]) -> None:
        """Seconds; after a wait of more than some minutes nobody looks for an answer any more."""
        if wait > _LONGEST_BELATED:
            return
        fresh = person_id not in self._newest
        self._newest[person_id] = send
        if fresh:
            self._nursery.start(self._send(person_id, wait), "a belated screen")

    async def _send(self, person_id: int, wait: float) -> None:
        await asyncio.sleep(wait)
        try:
            await self._newest.pop(person_id)()
        except (TelegramAPIError, DatabaseFault) as error:
            _log.warning("a belated screen could not be delivered", error=type(error).__name__)
