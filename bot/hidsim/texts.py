"""The SMS of an operation, in whatever container they come.

A list, one message alone, an object of messages (PHP's keyed list), a list in an envelope, JSON written as a text,
lists in lists: what a program wants to say with each of them is the same.
"""

import unicodedata
from collections.abc import Iterator, Mapping

from bot.hidsim import wire
from bot.hidsim.jsontext import Unreadable, loads
from bot.hidsim.models import Sms
from bot.hidsim.numbers import code, zeros
from bot.hidsim.placeholders import is_placeholder
from bot.hidsim.values import Json, moment, name, present, readable, text, word

MOST_TEXTS = 100
DEEPEST = 5
LONGEST_JSON = 1_000_000
LONGEST_SENDER = 200
_ENVELOPES = (*wire.ITEMS, *wire.MESSAGES, "list")


def texts_in(value: Json) -> tuple[Sms, ...] | None:
    """The messages in it, as HidSim orders them; None when there is none."""
    found = [sms for _, sms in zip(range(MOST_TEXTS), _messages(value, DEEPEST), strict=False)]
    return tuple(found) or None


def _messages(value: Json, depth: int) -> Iterator[Sms]:
    if depth == 0:
        return
    if isinstance(value, list):
        for one in value:
            yield from _messages(one, depth - 1)
    elif isinstance(value, str):
        yield from _written(value, depth)
    elif isinstance(value, Mapping):
        enveloped = _enveloped(value, _ENVELOPES, depth)
        sms = None if enveloped else _sms(value)
        if sms is not None:
            yield sms
        else:
            yield from enveloped or _enveloped(value, wire.SMS_TEXT, depth) or _keyed(value, depth)


def _written(value: str, depth: int) -> Iterator[Sms]:
    """A text, unless it is the JSON of messages. “[Shop] Your code is 1234” is a text."""
    if value.lstrip()[:1] in ("[", "{") and len(value) <= LONGEST_JSON:
        try:
            inside = list(_messages(loads(value), depth - 1))
        except Unreadable:
            inside = []
        if inside:
            yield from inside
            return
    body = _body(value)
    if body is not None:
        yield Sms(text=body)


def _body(value: Json) -> str | None:
    """A text; “null”, a dash and “Waiting for SMS” are none, and a picture alone is one."""
    found = text(value)
    if found is None or (is_placeholder(found) and not any(unicodedata.category(c) == "So" for c in found)):
        return None
    return found


def _sms(value: Mapping[str, Json]) -> Sms | None:
    """One message; None for an object that only holds others."""
    body, own = readable(value, wire.SMS_TEXT, _body), readable(value, wire.CODE, code)
    if own is None and body is not None and (alone := readable(value, wire.CODE, zeros)) is not None and alone in body:
        own = alone
    if body is None and own is None:
        return None
    return Sms(
        text=body or "",
        code=own,
        sender=readable(value, wire.SENDER, _sender),
        received_at=readable(value, wire.RECEIVED_AT, moment),
    )


def _sender(value: Json) -> str | None:
    """A name, a number, or the object that holds one of them."""
    if isinstance(value, Mapping):
        return readable(value, (*wire.NAME, *wire.NUMBER), _sender)
    return name(word(value, LONGEST_SENDER))


def _enveloped(value: Mapping[str, Json], names: tuple[str, ...], depth: int) -> list[Sms]:
    holders = (inside for inside in present(value, names) if isinstance(inside, list | Mapping))
    return next(filter(None, (list(_messages(inside, depth - 1)) for inside in holders)), [])


def _keyed(value: Mapping[str, Json], depth: int) -> Iterator[Sms]:
    """Messages under keys, in the order that their numbers give."""
    for key in sorted(value, key=_place):
        if isinstance(value[key], Mapping | list) or (key.isdecimal() and isinstance(value[key], str)):
            yield from _messages(value[key], depth - 1)


def _place(key: str) -> tuple[int, int]:
    """Numbered keys by number; sorting keeps the others as they came, behind."""
    return (0, int(key)) if key.isascii() and key.isdecimal() and len(key) < 30 else (1, 0)
