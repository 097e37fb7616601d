"""Names on buttons, clipped to what a phone of 360 points shows on one line."""

import unicodedata

from bot.i18n import clean

ROW, HALF, THIRD = 33, 16, 9
"""Letters of usual width on a button as wide as the message, and on one of two or three in a row."""

_NARROW, _WIDE = frozenset("fijlrtI.,:;'!|()[]· "), frozenset("mwMWOQ@%&—")


def fitted(name: str, room: float) -> str:
    """The beginning of the name; an ellipsis stands for the rest."""
    name = clean(name).replace("\n", " ")
    if width(name) <= room:
        return name
    return _first(name, room - 1).rstrip() + "…"


def clipped(name: str, room: float) -> str:
    """The name without its middle: what tells "Congo (Brazzaville)" from "Congo (Kinshasa)" stands at the end."""
    name = clean(name).replace("\n", " ")
    if width(name) <= room:
        return name
    end = _first(name[::-1], (room - 1) * 0.4)[::-1]
    return f"{_first(name, room - 1 - width(end)).rstrip()}…{end.lstrip()}"


def priced(name: str, price: str) -> str:
    """On one of three in a row: a price with many decimals goes without its currency, which stands above."""
    if width(f"{name} {price}") <= THIRD:
        return f"{name} {price}"
    digits = [place for place, one in enumerate(price) if one.isdigit()]
    return f"{name} {price[digits[0] : digits[-1] + 1]}"


def width(text: str) -> float:
    """In letters of usual width, about."""
    return sum(_width(one) for one in text)


def _width(one: str) -> float:
    if one in _NARROW:
        return 0.6
    if one in _WIDE:
        return 1.5
    if unicodedata.combining(one) or unicodedata.category(one) in {"Mn", "Me", "Cf"}:
        return 0
    if unicodedata.east_asian_width(one) in "WF":
        return 1.9
    return 1.15 if one.isupper() else 1


def _first(text: str, room: float) -> str:
    """As many of the first characters as there is room for."""
    taken = 0.0
    for place, one in enumerate(text):
        taken += _width(one)
        if taken > room:
            return text[:place]
    return text
