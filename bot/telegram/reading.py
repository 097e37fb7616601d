"""One raw update as aiogram's object, or what can still be said of it when that can't be made."""

import re
from dataclasses import dataclass
from typing import Any

from aiogram import Bot
from aiogram.types import Update
from pydantic import ValidationError

from bot.telegram.raw import update_id

_LARGEST = 2**63 - 1
"""What fits into the database. Telegram's ids have 52 bits at most."""
_LONGEST_PATH = 120
_ODD = re.compile(r"[^A-Za-z0-9_.]")


@dataclass(frozen=True, slots=True)
class Unreadable:
    """An update that nobody can handle. `kind` and `field` name places of Telegram's schema, never what stood there.

    `tap` is the id under which a button's spinner can be ended; `language` is the tapping person's, when it was told.
    """

    id: int | None
    kind: str
    field: str
    tap: str | None = None
    language: str | None = None


def read(raw: Any, bot: Bot) -> Update | Unreadable:
    """Raises nothing, whatever `raw` is: it comes from outside."""
    if not isinstance(raw, dict):
        return Unreadable(None, "none", "update")
    try:
        return _read(raw, bot)
    except ValidationError as error:
        return _unreadable(raw, _path(error))
    except Exception as error:  # noqa: BLE001 - a library's own mistake about one update is one unreadable update
        return _unreadable(raw, type(error).__name__)


def _read(raw: dict[str, Any], bot: Bot) -> Update | Unreadable:
    if (number := update_id(raw)) is None:
        return _unreadable(raw, "update_id")
    if len(raw) == 1:
        return _unreadable(raw, "update")
    if (place := _mend(raw)) is not None:
        return _unreadable(raw, place)
    return Update.model_validate({**raw, "update_id": number}, context={"bot": bot})


def _mend(raw: dict[str, Any]) -> str | None:
    """Halves of characters become the sign for a lost one. The place of a number that no database takes, if any."""
    left: list[tuple[Any, str]] = [(raw, "")]
    while left:
        value, path = left.pop()
        for key, one in value.items() if isinstance(value, dict) else enumerate(value):
            if isinstance(one, str):
                if not one.isascii():
                    value[key] = one.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
            elif isinstance(one, dict | list):
                left.append((one, f"{path}{key}."))
            elif isinstance(one, int) and not -_LARGEST <= one <= _LARGEST:
                return f"{path}{key}"
    return None


def _path(error: ValidationError) -> str:
    """The first field that does not fit; of a union the first of its members that was tried."""
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    return ".".join(map(str, first["loc"]))


def _unreadable(raw: dict[str, Any], field: str) -> Unreadable:
    kind = next((name for name in raw if name in Update.model_fields and name != "update_id"), "unknown")
    tap = raw.get("callback_query")
    tap = tap if isinstance(tap, dict) else {}
    sender = tap.get("from")
    language = sender.get("language_code") if isinstance(sender, dict) else None
    return Unreadable(
        update_id(raw),
        kind,
        _ODD.sub("?", field)[:_LONGEST_PATH],
        tap["id"] if isinstance(tap.get("id"), str) else None,
        language if isinstance(language, str) else None,
    )
