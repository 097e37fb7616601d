"""While Telegram can't be reached: said once, then each minute, in words; and what waiting does not mend."""

from collections.abc import Callable

import structlog
from aiogram.exceptions import (
    TelegramAPIError,
    TelegramBadRequest,
    TelegramConflictError,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramServerError,
)

from bot.facts.status import TelegramTrouble

_log = structlog.get_logger(__name__)

_REPEATED = 60.0
"""Seconds after which an outage that goes on is said again."""
_CAUSES = {
    "TimeoutError": "no answer came in time",
    "ClientConnectorDNSError": "its name is not found (DNS)",
    "ClientConnectorCertificateError": "its certificate is not trusted",
    "ClientConnectorSSLError": "its certificate or encryption is not accepted",
    "ClientConnectorError": "nobody answers at its address",
    "ServerDisconnectedError": "the connection was cut",
    "ClientOSError": "the connection was cut",
}
"""Errors of the HTTP library by name: their texts may hold the token, which is a part of every address."""
_SAID = 120


class Outage:
    """What became of the last calls. For others: `silent`, and `answers`, how often Telegram did what it was asked."""

    def __init__(self, alarm: Callable[[str], None], clock: Callable[[], float]) -> None:
        """`alarm` is told what only the operator can mend; `clock` is monotonic, in seconds."""
        self._alarm = alarm
        self._clock = clock
        self._heard = clock()
        self._said: float | None = None
        self._refusals = 0
        self.answers = 0
        self._failed: tuple[float, TelegramTrouble] | None = None

    @property
    def trouble(self) -> tuple[float, TelegramTrouble] | None:
        """The last call that failed: seconds ago, and why; None while all went well."""
        return None if self._failed is None else (self._clock() - self._failed[0], self._failed[1])

    @property
    def silent(self) -> float:
        """Seconds since Telegram last did what it was asked."""
        return self._clock() - self._heard

    def failed(self, error: Exception) -> int:
        """Says it in the log when it is time to; how often in a row Telegram refused in a way that stays."""
        self._refusals = self._refusals + 1 if lasting(error) else 0
        now = self._clock()
        self._failed = now, trouble(error)
        if self._said is None or now - self._said >= _REPEATED:
            self._said = now
            _log.warning("Telegram is not reached; trying on", reason=reason(error), seconds=round(self.silent))
        return self._refusals

    def lasts(self, error: Exception, often: int) -> bool:
        """Notes a failed call. True, with the alarm raised, when Telegram refused this bot so often in a row."""
        refused = self.failed(error)
        if refused < often or (why := lasting(error)) is None:
            return False
        self._alarm(why)
        return True

    def over(self) -> None:
        if self._said is not None:
            _log.info("Telegram is reached again", seconds=round(self.silent))
        self.answers += 1
        self._heard, self._said, self._refusals = self._clock(), None, 0


def trouble(error: Exception) -> TelegramTrouble:
    """Why a call failed, in a word of ours."""
    match error:
        case TelegramRetryAfter():
            return TelegramTrouble.WAITS
        case TelegramConflictError():
            return TelegramTrouble.CONFLICT
        case TelegramServerError():
            return TelegramTrouble.ITS_OWN
        case TelegramNetworkError():
            return TelegramTrouble.NETWORK
        case TelegramAPIError():
            return TelegramTrouble.REFUSED
    return TelegramTrouble.UNREADABLE


def reason(error: Exception) -> str:
    """Why a call failed, for the log. Never an address."""
    match error:
        case TelegramRetryAfter():
            return f"Telegram asks to wait {error.retry_after} seconds"
        case TelegramConflictError():
            return "somebody else polls with this BOT_TOKEN"
        case TelegramServerError():
            return "Telegram has trouble of its own"
        case TelegramNetworkError() if error.__cause__ is not None:
            return _CAUSES.get(type(error.__cause__).__name__, "the connection failed")
        case TelegramNetworkError():
            return error.message[:_SAID]
        case TelegramAPIError():
            return f"Telegram refuses: {_said(error)}"
    return f"an answer that can't be read ({type(error).__name__})"


def lasting(error: Exception) -> str | None:
    """A sentence for the operator when only they can mend it; None when waiting may.

    A page of a proxy never comes here as one of these: only Telegram's own form of an answer does.
    """
    match error:
        case TelegramNotFound():
            return (
                "Telegram does not know this bot (404): compare BOT_TOKEN with what BotFather gave you, and "
                "TELEGRAM_API_URL, if it is set, with your Bot API server's address"
            )
        case TelegramBadRequest() if "logged out" in _said(error).lower():
            return (
                "this bot was logged out of the Bot API server at TELEGRAM_API_URL: it was moved to another server. "
                "Set TELEGRAM_API_URL to that one, or log it out there and wait ten minutes"
            )
        case TelegramBadRequest() | TelegramForbiddenError():
            return f"Telegram refuses this bot ({_said(error)}): look at BOT_TOKEN and TELEGRAM_API_URL"
    return None


def _said(error: TelegramAPIError) -> str:
    return "".join(c for c in str(error.message or "") if c.isprintable())[:_SAID]
