"""Answering a tap: at once with its toast, or after a while without one if the work goes on, so no spinner hangs."""

import asyncio
from types import TracebackType
from typing import Self

import structlog
from aiogram.exceptions import TelegramAPIError
from aiogram.types import CallbackQuery

from bot.tasks import Nursery

_log = structlog.get_logger(__name__)

_TOAST_LIMIT = 200
"""Telegram's limit for an answer's text, in characters."""


class Answering:
    """Answers one tap exactly once. "Query is too old" is normal: the person has long stopped looking."""

    def __init__(self, tap: CallbackQuery, nursery: Nursery, patience: float = 0.7) -> None:
        """`patience`: seconds until a tap whose work goes on is answered without a toast."""
        self._tap = tap
        self._nursery = nursery
        self._patience = patience
        self._timer: asyncio.Task[None] | None = None
        self.answered = False

    async def __aenter__(self) -> Self:
        self._timer = self._nursery.start(self._later(), "answer a slow tap")
        return self

    async def _later(self) -> None:
        await asyncio.sleep(self._patience)
        await self.answer()

    async def answer(self, toast: str | None = None, *, alert: bool = False) -> bool:
        """Whether the toast could still be shown: a second answer can't be given."""
        if self.answered:
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
