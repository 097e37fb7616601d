"""Bytes to JSON and back. Money is Decimal from the first byte on: no float exists in between."""

import codecs
import json
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from functools import partial

from bot.hidsim.values import Json

_SUPERSETS = {"iso8859-1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932"}
"""What such a name means on the web: the charset that programs really write under it."""
_NO_CHARSETS = frozenset({"idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape", "utf-7"})
"""Codecs of Python's that nobody sends JSON in, and that a stranger's header must not choose."""


class Unreadable(ValueError):
    """The bytes are no JSON."""


_parse = partial(
    json.loads,
    parse_float=lambda digits: _decimal_or_none(digits),
    parse_int=lambda digits: int(digits) if len(digits) <= 100 else None,
    parse_constant=lambda _: None,
)


def loads(body: bytes | str, charset: str | None = None) -> Json:
    """JSON with every fraction as Decimal. NaN, the infinities and impossible numbers become null.

    UTF-8, or UTF-16 and UTF-32 where the bytes show it, goes before the `charset` that the header named.
    """
    try:
        return _parse(body)
    except RecursionError:
        raise Unreadable from None
    except ValueError:
        pass
    for decoded in _decoded(body, charset) if isinstance(body, bytes) and charset else ():
        try:
            return _parse(decoded)
        except (ValueError, RecursionError):
            continue
    raise Unreadable


def _decoded(body: bytes, charset: str) -> Iterator[str]:
    try:
        known = codecs.lookup(charset).name
    except (LookupError, ValueError):
        return
    for one in dict.fromkeys((_SUPERSETS.get(known, known), known)):
        if one in _NO_CHARSETS:
            continue
        try:
            yield body.decode(one)
        except (LookupError, ValueError):  # LookupError: a codec that makes no text
            continue


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
