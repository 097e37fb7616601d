"""Our own pace towards Telegram, below its limits, and what to do when it asks to wait all the same.

Sends are paced to 25 a second overall, codes first (`send_queue.py`), and one a second in a chat after a burst, where a
code does not wait, but counts. A call that gets a 429 waits as long as Telegram says if that is short, once; else its
caller is told.

A 429 rests its chat: until the wait is over nothing but codes is sent or edited there, and who tries is told so without
asking Telegram. A 429 that belongs to no chat, or many chats' at once, rests all of them.
"""

import asyncio
import math
import time
from collections import OrderedDict
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from aiogram import Bot
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.exceptions import TelegramRetryAfter
from aiogram.methods import Response, TelegramMethod
from aiogram.methods.base import TelegramType

from bot.telegram.rests import Rests
from bot.telegram.send_queue import Errand, SendQueue

errand: ContextVar[Errand] = ContextVar("errand", default=Errand.ANSWER)
"""What is sent now; whoever sends a code or news sets it around that."""

_SENDS = ("send", "copy", "forward")
"""How the Bot API's names of methods begin; our own classes of them have other names."""
_REMEMBERED = 10_000
_OF_THE_BOT = ("setMy", "deleteMy", "getMy", "setChatMenuButton")
"""The bot's own profile has limits of its own, of hours, which say nothing about chats."""
_MANY = 5
_AT_ONCE = 2.0
"""So many chats that get a 429 within so many seconds: it is not about them."""
_LONGEST_FOR_ALL = 60.0
"""Seconds. Then one call asks again whether all have to be silent any longer."""
_ALL = "all chats"


@dataclass(frozen=True, slots=True)
class SendLimits:
    """Messages a second overall and in one chat, after a burst; `sit_out`: the longest 429 waited for in place."""

    overall: float = 25
    overall_burst: int = 25
    chat: float = 1
    chat_burst: int = 4
    sit_out: float = 5


class _Line:
    """A line that moves at a rate: each `turn()` says how many seconds until its place is reached."""

    def __init__(self, rate: float, burst: int) -> None:
        self._gap = 1 / rate
        self._slack = self._gap * (burst - 1)
        self._next = float("-inf")

    def turn(self, now: float) -> float:
        place = max(self._next, now - self._slack)
        self._next = place + self._gap
        return max(0.0, place - now)


class SendPacing(BaseRequestMiddleware):
    """A middleware of the bot's session."""

    def __init__(self, limits: SendLimits, clock: Callable[[], float] = time.monotonic) -> None:
        self._limits = limits
        self._clock = clock
        self._overall = SendQueue(limits.overall, limits.overall_burst, clock)
        self._chats: OrderedDict[object, _Line] = OrderedDict()
        self._rests: Rests[object] = Rests(clock, _REMEMBERED)
        self._struck: Rests[object] = Rests(clock, _MANY)

    async def __call__(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
    ) -> Response[TelegramType]:
        await self._leave_alone(method)
        await self._wait_for_turn(method)
        if _stands_in_line(method) and self._rest_left(method):  # it began while this one stood there
            await self._leave_alone(method)
            await self._wait_for_turn(method)
        try:
            return await self._asked(make_request, bot, method)
        except TelegramRetryAfter as error:
            if errand.get() is Errand.CODE or error.retry_after > self._limits.sit_out:
                raise
            await asyncio.sleep(error.retry_after)
            return await self._asked(make_request, bot, method)

    async def _leave_alone(self, method: TelegramMethod[Any]) -> None:
        """Raises TelegramRetryAfter when the chat rests for long; sits a short rest out."""
        left = self._rest_left(method)
        if left > self._limits.sit_out:
            raise TelegramRetryAfter(method, "not asked: a wait is not over", math.ceil(left))
        if left:
            await asyncio.sleep(left)

    def _rest_left(self, method: TelegramMethod[Any]) -> float:
        """Seconds. None for a code, and for what is said in no chat."""
        chat = getattr(method, "chat_id", None)
        if chat is None or errand.get() is Errand.CODE:
            return 0.0
        return max(self._rests.left(chat), self._rests.left(_ALL))

    async def _asked(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
    ) -> Response[TelegramType]:
        try:
            return await make_request(bot, method)
        except TelegramRetryAfter as error:
            self._rest(method, error.retry_after)
            raise

    def _rest(self, method: TelegramMethod[Any], seconds: float) -> None:
        chat = getattr(method, "chat_id", None)
        if chat is not None:
            self._rests.begin(chat, seconds)
            self._struck.begin(chat, _AT_ONCE)
            struck = self._struck.chats()
            if len(struck) < _MANY:
                return
            seconds = min(self._rests.left(one) for one in struck)
        elif method.__api_method__.startswith(_OF_THE_BOT):
            return
        self._rests.begin(_ALL, min(seconds, _LONGEST_FOR_ALL))

    async def _wait_for_turn(self, method: TelegramMethod[Any]) -> None:
        if not _stands_in_line(method):
            return
        wait = self._chat(method).turn(self._clock())
        if wait and errand.get() is not Errand.CODE:
            await asyncio.sleep(wait)
        await self._overall.turn(errand.get())

    def _chat(self, method: TelegramMethod[Any]) -> _Line:
        chat = getattr(method, "chat_id", None)
        line = self._chats.pop(chat, None) or _Line(self._limits.chat, self._limits.chat_burst)
        self._chats[chat] = line
        if len(self._chats) > _REMEMBERED:
            self._chats.popitem(last=False)
        return line


def _stands_in_line(method: TelegramMethod[Any]) -> bool:
    return method.__api_method__.startswith(_SENDS) and method.__api_method__ != "sendChatAction"
