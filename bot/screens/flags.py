"""A country where there is room for its flag only; more of it where the flag is not its own."""

from bot.i18n import clean, flag

_ROOM = 20


def flagged(code: str | None, label: str | None) -> str:
    """The flag, and what tells this country apart from others under the same flag."""
    return flag(code) if label is None else f"{flag(code)} {_shortened(clean(label))}"


def _shortened(label: str) -> str:
    """Cut in the middle: what tells names apart often stands at their end."""
    half = (_ROOM - 1) // 2
    return label if len(label) <= _ROOM else f"{label[:half].rstrip()}…{label[-half:].lstrip()}"
