"""A bot on any server that speaks the Bot API, and the watch for another process that polls with the same token."""

import time
from collections.abc import Callable
from functools import cache
from typing import Any, ClassVar

import structlog
from aiogram import Bot
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramConflictError,
    TelegramNetworkError,
    TelegramUnauthorizedError,
)
from aiogram.methods import GetUpdates, Response, TelegramMethod
from aiogram.methods.base import TelegramType
from pydantic import TypeAdapter, ValidationError

from bot.telegram import api_answers
from bot.telegram.connections import Connections
from bot.telegram.raw import one_by_one
from bot.telegram.send_pacing import SendLimits, SendPacing

_log = structlog.get_logger(__name__)

_ASKS = "get"
"""How the names of methods begin whose result somebody reads."""
_CONFLICTS = 3
"""One 409 also comes from our own poll before a restart; three in a row come from somebody else."""


@cache
def _reader(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


class RawUpdates(GetUpdates):
    """A poll whose updates come as Telegram wrote them: aiogram refuses a whole answer for one unknown field."""

    __returning__: ClassVar[Any] = Any


class Session(Connections):
    """Reads answers by our own rule. What a call returns must be readable only where it was asked for (get…)."""

    def check_response(
        self, bot: Bot, method: TelegramMethod[TelegramType], status_code: int, content: str
    ) -> Response[TelegramType]:
        """As aiogram's. A deed that was done gives back what of its result can be read, else the result as it came."""
        try:
            result = api_answers.read(method, status_code, content)
        except ClientDecodeError:
            if not isinstance(method, RawUpdates) or status_code != 200 or not (result := one_by_one(content)):
                raise
        if method.__returning__ is not Any:
            try:
                result = _reader(method.__returning__).validate_python(result, context={"bot": bot})
            except ValidationError as error:
                if method.__api_method__.startswith(_ASKS):
                    raise ClientDecodeError("a result that can't be read", error, None) from None
                _log.warning("done, but its result can't be read", method=method.__api_method__)
        return Response[Any].model_construct(ok=True, result=result)


CLASH = "another program polls Telegram with this BOT_TOKEN: stop it, or make a bot of its own"
"""What the alarm is raised with then."""


class TwoBots(BaseRequestMiddleware):
    """Calls `alarm` with a sentence for the operator when Telegram says that the token is used twice, or no more."""

    def __init__(self, alarm: Callable[[str], None]) -> None:
        self._alarm = alarm
        self._conflicts = 0

    async def __call__(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
    ) -> Response[TelegramType]:
        try:
            response = await make_request(bot, method)
        except TelegramConflictError:
            self._conflicts += 1
            if self._conflicts >= _CONFLICTS:
                self._alarm(CLASH)
            raise
        except TelegramUnauthorizedError:
            self._alarm("Telegram does not accept BOT_TOKEN (any more): ask BotFather for the token again")
            raise
        if isinstance(method, GetUpdates):
            self._conflicts = 0
        return response


class Guarded(BaseRequestMiddleware):
    """Calls `guard` before each request; it raises where asking would be a mistake, as inside a transaction."""

    def __init__(self, guard: Callable[[], None]) -> None:
        self._guard = guard

    async def __call__(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
    ) -> Response[TelegramType]:
        self._guard()
        return await make_request(bot, method)


class NotTelegram(BaseRequestMiddleware):
    """An answer that is no JSON comes from a proxy in between: to everybody here that is the network's failure.

    The page in it goes nowhere. Whether Telegram did what it was asked is not known then.
    """

    async def __call__(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
    ) -> Response[TelegramType]:
        try:
            return await make_request(bot, method)
        except ClientDecodeError as error:
            what = type(error.original).__name__
        except UnicodeDecodeError as error:
            what = type(error).__name__
        raise TelegramNetworkError(method, f"an answer that is not Telegram's ({what})")


def open_bot(
    token: str,
    url: str,
    limits: SendLimits,
    alarm: Callable[[str], None],
    clock: Callable[[], float] = time.monotonic,
    *,
    proxy: str | None = None,
    guard: Callable[[], None] = lambda: None,
) -> Bot:
    """Previews off: an SMS with a link must not expand. `clock`: monotonic seconds. The caller closes `bot.session`."""
    session = Session(TelegramAPIServer.from_base(url), proxy)
    session.middleware(Guarded(guard))
    session.middleware(TwoBots(alarm))
    session.middleware(SendPacing(limits, clock))
    session.middleware(NotTelegram())
    return Bot(token, session=session, default=DefaultBotProperties(parse_mode="HTML", link_preview_is_disabled=True))
