"""Single values out of JSON: each function reads what may stand there, and says None to everything else.

None of them raises, whatever comes. `readable` asks them about every spelling of a field, so that an empty or odd first
one hides no good second one. Amounts are in `amounts`, telephone numbers and codes in `numbers`.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any, TypeVar

from bot.hidsim.placeholders import says_nothing

Json = Any
Read = TypeVar("Read")
LONGEST_TEXT = 4096
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MILLISECONDS_FROM = 10**11
"""An epoch value from here on is milliseconds: as seconds it would be beyond the year 5000."""

EARLIEST, LATEST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)

_MOST = Decimal(10**30)
_WHOLE = re.compile(r"[0-9]{1,15}")
_HEX_ID = re.compile(r"[0-9a-fA-F]{24}")
_SURROGATES = re.compile("[\ud800-\udfff\x00]")


def readable(item: Mapping[str, Json], names: tuple[str, ...], read: Callable[[Json], Read | None]) -> Read | None:
    """What the first of these names that can be read says."""
    for one in names:
        value = item.get(one)
        if value is not None and (found := read(value)) is not None:
            return found
    return None


def present(item: Mapping[str, Json], names: tuple[str, ...]) -> Iterator[Json]:
    return (item[name] for name in names if item.get(name) is not None)


def text(value: Json, longest: int = LONGEST_TEXT) -> str | None:
    """A string that UTF-8 can carry (lone surrogates become U+FFFD), cut at `longest`; None when nothing shows."""
    if not isinstance(value, str):
        return None
    found = value[:longest].strip()
    if found.isprintable():  # nearly always, and then nothing in it is odd
        return found or None
    found = _SURROGATES.sub("�", value[:longest]).strip()
    return found if any(c.isprintable() and not c.isspace() for c in found) else None


def word(value: Json, longest: int = LONGEST_TEXT) -> str | None:
    """A text, or a whole number written without quotes."""
    if isinstance(value, Decimal) and value.is_finite() and value.copy_abs() < _MOST and value == int(value):
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)[:longest]
    return text(value, longest)


def name(value: Json, longest: int = LONGEST_TEXT) -> str | None:
    """A text that says something."""
    found = text(value, longest)
    return None if found is None or says_nothing(found) else found


def identity(value: Json) -> str | None:
    """An id of any form: printable, without spaces, of bearable length. Also `{"$oid": …}`, as MongoDB exports it."""
    found = word(unwrapped(value), 129)
    if found is None or len(found) > 128 or not found.isprintable() or " " in found or says_nothing(found):
        return None
    return found


def unwrapped(value: Json) -> Json:
    """MongoDB's extended JSON wraps what JSON has no type for: `{"$numberDecimal": "0.1"}`."""
    if isinstance(value, str):
        return value
    for _ in range(2):
        if isinstance(value, Mapping) and len(value) == 1 and (key := next(iter(value))).startswith("$"):
            value = value[key]
    return value


def is_mongo_id(value: str | None) -> bool:
    return value is not None and _HEX_ID.fullmatch(value) is not None


def stock(value: Json) -> int | None:
    """Pieces in stock; `false` is none. None means unknown."""
    if isinstance(value, bool):
        return None if value else 0
    if isinstance(value, str) and _WHOLE.fullmatch(value.strip()):
        value = int(value)
    if isinstance(value, Decimal) and value.is_finite() and value.copy_abs() < 10**15:
        value = int(value)
    return max(0, value) if isinstance(value, int) and value < 10**15 else None


def moment(value: Json) -> datetime | None:
    """ISO 8601 (without an offset: UTC), or an epoch in milliseconds or seconds. Aware UTC.

    What no shop of today means is None: zero times, sentinels such as the year 9999, seconds that count from now.
    """
    value = unwrapped(value)
    if isinstance(value, str) and _WHOLE.fullmatch(value.strip()):
        value = int(value)
    found = None
    try:
        if isinstance(value, str):
            found = _from_iso(value.strip())
        elif isinstance(value, int | Decimal) and not isinstance(value, bool):
            found = _from_epoch(value)
    except (ValueError, ArithmeticError):
        return None
    return found if found is not None and EARLIEST <= found < LATEST else None


def _from_iso(value: str) -> datetime:
    when = datetime.fromisoformat(value)
    return when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)


def _from_epoch(value: int | Decimal) -> datetime | None:
    if not 0 < value < 10**15:
        return None
    milliseconds = value if value >= MILLISECONDS_FROM else value * 1000
    return EPOCH + timedelta(milliseconds=int(milliseconds))
