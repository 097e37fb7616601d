"""Names on buttons, clipped to what a phone of 360 points shows on one line."""

from bot.i18n import clean
from bot.screens import widths

_LETTER = 8.3
"""Pixels of a letter of usual width."""
ROW, HALF, THIRD = (widths.room(columns) / _LETTER for columns in (1, 2, 3))
"""Letters of usual width on a button as wide as the message, and on one of two or three in a row."""
_CUT = "…"


def fitted(name: str, room: float) -> str:
    """The beginning of the name; an ellipsis stands for the rest."""
    name = clean(name).replace("\n", " ")
    if width(name) <= room:
        return name
    return _first(name, room - width(_CUT)).rstrip() + _CUT


def clipped(name: str, room: float) -> str:
    """The name without its middle: what tells "Congo (Brazzaville)" from "Congo (Kinshasa)" stands at the end."""
    name = clean(name).replace("\n", " ")
    if width(name) <= room:
        return name
    left = room - width(_CUT)
    end = _first(name[::-1], left * 0.4)[::-1]
    return f"{_first(name, left - width(end)).rstrip()}{_CUT}{end.lstrip()}"


def priced(name: str, price: str) -> str:
    """On one of three in a row: a price with many decimals goes without its currency, which stands above."""
    if width(f"{name} {price}") <= THIRD:
        return f"{name} {price}"
    digits = [place for place, one in enumerate(price) if one.isdigit()]
    return f"{name} {price[digits[0] : digits[-1] + 1]}"


def width(text: str) -> float:
    """In letters of usual width, about."""
    return widths.pixels(text) / _LETTER


def _first(text: str, room: float) -> str:
    """As many of the first characters as there is room for."""
    taken = 0.0
    for place, one in enumerate(text):
        taken += width(one)
        if taken > room:
            return text[:place]
    return text
