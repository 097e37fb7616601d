"""What is left of an SMS when it is erased: a seal, by which it is known again if HidSim tells it again.

A plain hash of a text whose template is known gives its code away: a million guesses are made in a second. A seal also
needs the number, which is erased as well, and is so short that any code fits it with some number or other.
"""

from collections.abc import Collection
from dataclasses import dataclass
from hashlib import sha256

from bot.domain.orders import Sms
from bot.domain.told_code import bare

_DIGITS = 6
"""Hex digits: sixteen million seals. Two SMS of one order have the same by chance once in that many."""
_SIGN = "."
"""Stands in every seal and in no fingerprint."""


def sealed(key: str, sms: Sms, number: str | None) -> str:
    """What takes the place of an SMS's fingerprint (`key`). `number`: the order's, complete with its country's code.

    Without a number there is nothing to seal with, and only its time tells the SMS.
    """
    kind = "text" if sms.text else "bare"
    return _SIGN.join((_seal(key, number), _seal(_of_code(sms.code), number), kind, str(sms.id)))


def is_sealed(key: str) -> bool:
    return _SIGN in key


def told_before(key: str, message: Sms, number: str | None, known: Collection[tuple[str, Sms]]) -> bool:
    """Whether an SMS that HidSim tells with this fingerprint was erased. `known`: the order's SMS by seals.

    `number`: as HidSim tells it beside the SMS. Where it tells none, what came after all of them is new, and without a
    time everything: an old code told again is better than a lost one.
    """
    seals = [_read(one) for one, _ in known]
    if not _significant(number) or not all(one.whole for one in seals):
        times = [sms.received_at for _, sms in known if sms.received_at is not None]
        at = message.received_at
        return at is not None and any(at <= time for time in times)
    whole, code = _seal(key, number), _seal(_of_code(message.code), number)
    return any(one.whole == whole or (one.code == code != "" and (one.bare or not message.text)) for one in seals)


@dataclass(frozen=True, slots=True)
class _Seal:
    """`bare`: the SMS was known by its code alone."""

    whole: str
    code: str
    bare: bool


def _read(seal: str) -> _Seal:
    whole, code, kind, _ = seal.split(_SIGN)
    return _Seal(whole, code, kind == "bare")


def _of_code(code: str | None) -> str:
    """A code in any spelling."""
    return bare(code).lstrip("0") if code else ""


def _seal(words: str, number: str | None) -> str:
    digits = _significant(number)
    return sha256(f"{digits}\x1f{words}".encode(errors="replace")).hexdigest()[:_DIGITS] if digits and words else ""


def _significant(number: str | None) -> str:
    return "".join(c for c in number or "" if c.isdigit()).lstrip("0")
