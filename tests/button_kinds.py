"""Buttons by what they do, in any language: by the class of their data and its fields, never by their words."""

from collections.abc import Callable
from typing import Any

from aiogram.filters.callback_data import CallbackData

from bot.sandbox.person import ChatMessage

Json = dict[str, Any]
ANY = object()
"""A field that is there, whatever it says."""


def read(data: str, kind: type[CallbackData]) -> CallbackData | None:
    """What the data of a button of this kind says; None for another kind, and for what no button of ours says."""
    if data.partition(":")[0] != kind.__prefix__:
        return None
    try:
        return kind.unpack(data)
    except (TypeError, ValueError):
        return None


def doing(kind: type[CallbackData], **fields: object) -> Callable[[Json], bool]:
    """Whether a button does this, with these fields: each a value, or `ANY` but None. What is not named may be both."""

    def does(button: Json) -> bool:
        found = read(button.get("callback_data", ""), kind)
        return found is not None and all(_is(getattr(found, name), wanted) for name, wanted in fields.items())

    return does


def _is(found: object, wanted: object) -> bool:
    return found is not None if wanted is ANY else found == wanted


def copying(is_wanted: Callable[[str], bool]) -> Callable[[Json], bool]:
    """Whether a button copies such a text."""
    return lambda button: "copy_text" in button and is_wanted(button["copy_text"]["text"])


def places(message: ChatMessage, is_wanted: Callable[[Json], bool]) -> list[tuple[int, int]]:
    """(row, column) of the buttons of a message that are wanted."""
    rows = message.raw.get("reply_markup", {}).get("inline_keyboard", [])
    return [(at, column) for at, row in enumerate(rows) for column, one in enumerate(row) if is_wanted(one)]
