"""Single values out of JSON: each function reads what may stand there, and says None to everything else.

None of them raises, whatever comes. Money is Decimal from the first byte on: no float exists in between.
"""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

Json = Any
MOST_MONEY = Decimal(10**9)
SMALLEST_EXPONENT = -40
LONGEST_TEXT = 4096
LONGEST_NUMBER = 32
LONGEST_CODE = 512
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MILLISECONDS_FROM = 10**11
"""An epoch value from here on is milliseconds: as seconds it would be beyond the year 5000."""

_DECIMAL = re.compile(r"-?[0-9]{1,40}(\.[0-9]{1,40})?([eE][+-]?[0-9]{1,3})?")
_WHOLE = re.compile(r"[0-9]{1,15}")
_HEX_ID = re.compile(r"[0-9a-fA-F]{24}")
_SURROGATES = re.compile("[\ud800-\udfff\x00]")


class Unreadable(ValueError):
    """The bytes are no JSON."""


def loads(body: bytes) -> Json:
    """JSON with every fraction as Decimal. NaN, the infinities and impossible numbers become null."""
    try:
        return json.loads(body, parse_float=_decimal_or_none, parse_int=_int_or_none, parse_constant=lambda _: None)
    except (ValueError, RecursionError):
        raise Unreadable from None


def dumps(fields: Mapping[str, Decimal | str | list[str]]) -> bytes:
    """A JSON object in which a Decimal stands digit by digit."""
    return ("{" + ",".join(f"{json.dumps(name)}:{_literal(value)}" for name, value in fields.items()) + "}").encode()


def _literal(value: Decimal | str | list[str]) -> str:
    if not isinstance(value, Decimal):
        return json.dumps(value)
    if not value.is_finite():
        raise ValueError("an amount must be finite")
    return format(value, "f")


def _decimal_or_none(digits: str) -> Decimal | None:
    try:
        return Decimal(digits) if len(digits) <= 100 else None
    except InvalidOperation:
        return None


def _int_or_none(digits: str) -> int | None:
    return int(digits) if len(digits) <= 100 else None


def first(item: Mapping[str, Json], names: tuple[str, ...]) -> Json:
    """The value of the first of these names that has one."""
    return next(present(item, names), None)


def present(item: Mapping[str, Json], names: tuple[str, ...]) -> Iterator[Json]:
    return (item[name] for name in names if item.get(name) is not None)


def text(value: Json, longest: int = LONGEST_TEXT) -> str | None:
    """A string that UTF-8 can carry (lone surrogates become U+FFFD), cut at `longest`; None when nothing is in it."""
    if not isinstance(value, str):
        return None
    return _SURROGATES.sub("�", value[:longest]).strip() or None


def word(value: Json, longest: int = LONGEST_TEXT) -> str | None:
    """A text, or a whole number written without quotes."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)[:longest]
    return text(value, longest)


def identity(value: Json) -> str | None:
    """An id of any form: printable, without spaces, of bearable length."""
    found = word(value, 129)
    if found is None or len(found) > 128 or not found.isprintable() or " " in found:
        return None
    return found


def is_mongo_id(value: str | None) -> bool:
    return value is not None and _HEX_ID.fullmatch(value) is not None


def money(value: Json, *, debt: bool = False) -> Decimal | None:
    """An amount, given as a number or a string. Negative ones only where a `debt` makes sense; never absurd ones."""
    amount = _amount(value)
    if amount is None or not amount.is_finite() or amount.copy_abs() > MOST_MONEY:
        return None
    if int(amount.as_tuple().exponent) < SMALLEST_EXPONENT or (amount < 0 and not debt):
        return None
    return amount


def _amount(value: Json) -> Decimal | None:
    if isinstance(value, Decimal):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    if isinstance(value, str) and _DECIMAL.fullmatch(value.strip()):
        return Decimal(value.strip())
    return None


def stock(value: Json) -> int | None:
    """Pieces in stock; `false` is none. None means unknown."""
    if isinstance(value, bool):
        return None if value else 0
    if isinstance(value, str) and _WHOLE.fullmatch(value.strip()):
        value = int(value)
    if isinstance(value, Decimal) and value.is_finite() and value.copy_abs() < 10**15:
        value = int(value)
    return max(0, value) if isinstance(value, int) and value < 10**15 else None


def phone_number(value: Json) -> str | None:
    """`+` and digits when it is a number in any usual spelling, else the text as it is."""
    found = word(value, LONGEST_NUMBER)
    if found is None:
        return None
    digits = re.sub(r"[\s().\-/]", "", found)
    digits = digits.removeprefix("+") if digits.startswith("+") else digits.removeprefix("00")
    return f"+{digits}" if digits.isascii() and digits.isdigit() else found


def moment(value: Json) -> datetime | None:
    """ISO 8601 (without an offset: UTC), or an epoch in milliseconds or seconds. Aware UTC."""
    if isinstance(value, str) and _WHOLE.fullmatch(value.strip()):
        value = int(value)
    try:
        if isinstance(value, str):
            return _from_iso(value.strip())
        if isinstance(value, int | Decimal) and not isinstance(value, bool):
            return _from_epoch(value)
    except (ValueError, ArithmeticError):
        pass
    return None


def _from_iso(value: str) -> datetime:
    when = datetime.fromisoformat(value)
    return when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)


def _from_epoch(value: int | Decimal) -> datetime | None:
    if not 0 < value < 10**15:
        return None
    milliseconds = value if value >= MILLISECONDS_FROM else value * 1000
    return EPOCH + timedelta(milliseconds=int(milliseconds))
