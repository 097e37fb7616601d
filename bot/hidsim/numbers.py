"""Telephone numbers and codes as HidSim writes them, and what only stands where one will be."""

import re
import unicodedata
from collections.abc import Mapping

from bot.hidsim import wire
from bot.hidsim.placeholders import is_placeholder
from bot.hidsim.values import Json, readable, text, word

LONGEST_NUMBER = 64
LONGEST_CODE = 512
FEWEST_DIGITS = 5

_INSIDE = (*wire.NUMBER, "value")
"""Where a number stands when it came as an object."""
_SCHEME = re.compile(r"(?:tel|sms|callto|phone):(?://)?", re.IGNORECASE)
_SEPARATORS = re.compile(r"[\s().\-/]")


def phone_number(value: Json) -> str | None:
    """`+` and digits where HidSim wrote a plus, else as HidSim wrote it; None when it is no number at all.

    What is missing in it (a country's code) only somebody who knows the country can add.
    """
    if isinstance(value, Mapping):
        return readable(value, _INSIDE, _written)
    return _written(value)


def _written(value: Json) -> str | None:
    found = word(value, 4 * LONGEST_NUMBER)
    if found is None:
        return None
    found = " ".join(_folded(found).split())
    found = _SCHEME.sub("", found, count=1).partition(";")[0].strip()[:LONGEST_NUMBER]
    digits = [c for c in found if c.isdigit()]
    if len(digits) < FEWEST_DIGITS or not any(c != "0" for c in digits):
        return None
    bare = _SEPARATORS.sub("", found)
    return bare if re.fullmatch(r"\+[0-9]+", bare) else found


def _folded(found: str) -> str:
    """ASCII digits and plus, nothing invisible: direction marks come with numbers that somebody copied."""
    plain = (c for c in unicodedata.normalize("NFKC", found) if unicodedata.category(c) not in ("Cf", "Cc"))
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in plain)


def code(value: Json) -> str | None:
    """A code: a letter or digit is in it, and it is more than zeros or a word that holds its place."""
    found = word(value, LONGEST_CODE)
    if found is None or is_placeholder(found) or not any(c.isalnum() for c in found):
        return None
    return None if is_zeros(found) or re.fullmatch(r"-[0-9]+", found) else found


def zeros(value: Json) -> str | None:
    """A code of nothing but zeros, four at least: one, if an SMS holds it."""
    found = text(value, LONGEST_CODE)
    return found if found is not None and len(found) >= 4 and set(found) == {"0"} else None


def is_zeros(found: str) -> bool:
    return not found.strip("0-. ")
