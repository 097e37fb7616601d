"""While a handler works: a tap is answered before its spinner annoys, and slow work shows itself as "typing"."""

import asyncio
from types import TracebackType
from typing import Self

import structlog
from aiogram import Bot
from aiogram.enums import ChatAction
from aiogram.exceptions import TelegramAPIError
from aiogram.types import CallbackQuery

from bot.tasks import Nursery

_log = structlog.get_logger(__name__)

_TOAST_LIMIT = 200
"""Telegram's limit for an answer's text, in characters."""


class Answering:
    """Answers one tap exactly once. "Query is too old" is normal: the person has long stopped looking."""

    def __init__(self, bot: Bot, chat_id: int, tap: CallbackQuery | None, nursery: Nursery, patience: float) -> None:
        """`tap` None: a message, which needs no answer. `patience`: seconds until slow work shows itself."""
        self._bot = bot
        self._chat_id = chat_id
        self._tap = tap
        self._nursery = nursery
        self._patience = patience
        self._timer: asyncio.Task[None] | None = None
        self.answered = False

    async def __aenter__(self) -> Self:
        self._timer = self._nursery.start(self._later(), "show slow work")
        return self

    async def _later(self) -> None:
        await asyncio.sleep(self._patience)
        self._timer = None  # from here on the answer is on its way and must not be cancelled
        await self.answer()
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
        if self._timer is not None:
            self._timer.cancel()
        await self.answer()
