"""Counts updates being handled, so that a stop can wait for them, and drops what nobody said and what repeats.

An album arrives as a message for each picture and is one thing said; a pin, a timer or a payment is nothing said.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from typing import Any

from aiogram import BaseMiddleware
from aiogram.enums import ContentType
from aiogram.types import TelegramObject, Update

_REMEMBERED = 5_000
SAID = frozenset(
    {
        ContentType.TEXT,
        ContentType.RICH_MESSAGE,
        ContentType.ANIMATION,
        ContentType.AUDIO,
        ContentType.DOCUMENT,
        ContentType.LIVE_PHOTO,
        ContentType.PAID_MEDIA,
        ContentType.PHOTO,
        ContentType.STICKER,
        ContentType.STORY,
        ContentType.VIDEO,
        ContentType.VIDEO_NOTE,
        ContentType.VOICE,
        ContentType.CHECKLIST,
        ContentType.CONTACT,
        ContentType.DICE,
        ContentType.GAME,
        ContentType.POLL,
        ContentType.VENUE,
        ContentType.LOCATION,
        ContentType.INVOICE,
        ContentType.GIVEAWAY,
        ContentType.GIVEAWAY_WINNERS,
        ContentType.USERS_SHARED,
    }
)
"""What people send or forward. All other kinds, those of later versions included, are Telegram's own remarks."""


class Intake(BaseMiddleware):
    """The outermost middleware. aiogram itself does not wait for running handlers when polling stops."""

    def __init__(self) -> None:
        self._running = 0
        self._idle = asyncio.Event()
        self._idle.set()
        self._seen: OrderedDict[Hashable, None] = OrderedDict()

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        if isinstance(event, Update) and not self._is_input(event):
            return None
        self._running += 1
        self._idle.clear()
        try:
            return await handler(event, data)
        finally:
            self._running -= 1
            if not self._running:
                self._idle.set()

    def _is_input(self, update: Update) -> bool:
        if not self._new(update.update_id):
            return False
        message = update.message
        if message is None:
            return True
        if message.content_type not in SAID:
            return False
        return message.media_group_id is None or self._new((message.chat.id, message.media_group_id))

    def _new(self, what: Hashable) -> bool:
        if what in self._seen:
            return False
        self._seen[what] = None
        if len(self._seen) > _REMEMBERED:
            self._seen.popitem(last=False)
        return True

    async def idle(self, seconds: float) -> bool:
        """Waits until no update is being handled; False after so long."""
        try:
            async with asyncio.timeout(seconds):
                await self._idle.wait()
        except TimeoutError:
            return False
        return True
