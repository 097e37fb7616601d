"""What an answer of the Bot API says, read as leniently as sense allows.

Three things can be true of an answer: the call was carried out, it was refused, or this is none of Telegram's answers.
The first two are never taken for the third because a field beside them can't be read: a message that was sent would be
sent again, and a refusal would be tried for ever.
"""

import json
import re
from typing import Any

from aiogram.exceptions import (
    ClientDecodeError,
    RestartingTelegram,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramConflictError,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.methods import TelegramMethod

_YES, _NO = ("true", "yes", "1"), ("false", "no", "0", "")
_WAIT_UNSAID = 5
_LONGEST_WAIT = 86_400
"""Seconds. Telegram's own longest waits are hours; what goes beyond a day is no time to wait by."""
_WAIT_IN_WORDS = re.compile(r"(?:retry after|FLOOD_(?:PREMIUM_)?WAIT_)\s{0,4}(\d{1,9})", re.IGNORECASE)
_LAST_ID = 2**53
_REFUSALS: dict[int, type[TelegramAPIError]] = {
    401: TelegramUnauthorizedError,
    403: TelegramForbiddenError,
    404: TelegramNotFound,
    409: TelegramConflictError,
    413: TelegramEntityTooLarge,
}


def read(method: TelegramMethod[Any], status: int, content: str) -> Any:
    """The raw `result` of a call that was carried out.

    Raises aiogram's error for a refusal, and ClientDecodeError for what is not Telegram's.
    """
    envelope = _envelope(content)
    ok = _truth(envelope.get("ok"))
    if 200 <= status < 300 and (ok or (ok is None and message_id(envelope.get("result")) is not None)):
        return envelope.get("result")
    if ok is None:
        raise ClientDecodeError("not Telegram's", ValueError("no ok"), None)
    raise _refusal(method, status, envelope)


def message_id(result: Any) -> int | None:
    """The id of the message that a send became; None when the answer names none that can be used."""
    return _whole(result.get("message_id"), _LAST_ID) if isinstance(result, dict) else None


def _envelope(content: str) -> dict[str, Any]:
    try:
        found = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise ClientDecodeError("no JSON", error, None) from None
    if not isinstance(found, dict):
        raise ClientDecodeError("not Telegram's", TypeError(type(found).__name__), None)
    return found


def _truth(value: Any) -> bool | None:
    word = str(value).strip().lower()
    return True if word in _YES else False if word in _NO else None


def _whole(value: Any, last: int) -> int | None:
    """A positive whole number, however it is spelt, or None."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value) if not isinstance(value, int) else value
    except ValueError:
        return None
    return int(number) if 0 < number <= last and number == int(number) else None


def _refusal(method: TelegramMethod[Any], status: int, envelope: dict[str, Any]) -> TelegramAPIError:
    said = envelope.get("description")
    said = said if isinstance(said, str) else ""
    code = _code(status, envelope.get("error_code"))
    given = envelope.get("parameters")
    parameters = given if isinstance(given, dict) else {}
    if (wait := _wait(code, parameters.get("retry_after"), said)) is not None:
        return TelegramRetryAfter(method=method, message=said, retry_after=wait)
    if (chat := _chat(parameters.get("migrate_to_chat_id"))) is not None:
        return TelegramMigrateToChat(method=method, message=said, migrate_to_chat_id=chat)
    if code >= 500:
        broken = RestartingTelegram if "restart" in said else TelegramServerError
        return broken(method=method, message=said)
    return _REFUSALS.get(code, TelegramBadRequest)(method=method, message=said)


def _code(status: int, told: Any) -> int:
    """They are the same, unless something in between has flattened the one or spoilt the other."""
    if status >= 400:
        return status
    code = _whole(told, 599)
    return code if code is not None and code >= 400 else 400


def _wait(code: int, told: Any, said: str) -> int | None:
    """Seconds, at least one; None when the refusal asks for no wait."""
    try:
        seconds = 0.0 if isinstance(told, bool) else float(told)
    except (TypeError, ValueError, OverflowError):
        seconds = 0.0
    if not seconds > 0 and (found := _WAIT_IN_WORDS.search(said[:1000])):
        seconds = float(found[1])
    if seconds > 0:
        return -int(-min(seconds, _LONGEST_WAIT) // 1)
    return _WAIT_UNSAID if code in (420, 429) else None


def _chat(told: Any) -> int | None:
    """Groups' ids are negative."""
    return told if isinstance(told, int) and not isinstance(told, bool) and abs(told) < _LAST_ID and told else None
