"""A limit as an admin types it: a count, or an amount of money."""

from bot.domain.amounts import read_amount
from bot.domain.limits import LimitKind
from bot.domain.refusals import Refusal

_MOST_DIGITS = 6


def read_limit(kind: LimitKind, typed: str, currency: str) -> int | None:
    """A count, or micro-units; zero, too. None for what is no such limit, or could be two."""
    text = typed.strip()
    if kind is not LimitKind.SPEND or text == "0":
        return int(text) if text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS else None
    try:
        return read_amount(text, currency)
    except Refusal:
        return None
