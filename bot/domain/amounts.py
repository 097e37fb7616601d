"""Amounts of money as people type them, in any usual writing, and the round ones that stand on buttons.

HidSim's spellings are another matter: they are read where they come in, by `bot/hidsim/amounts.py`.
"""

import re
import unicodedata
from decimal import Decimal

from bot.domain.money import MICROS_PER_UNIT, to_decimal, to_micros
from bot.domain.refusals import Reason, Refusal

MOST = 1_000_000 * MICROS_PER_UNIT
"""Of one credit, in micro-units."""
_LONGEST = 40
"""Characters; a sum of money that is longer is none."""

_GROUPS = {"'": "'", "’": "'", "ʼ": "'", "`": "'", "´": "'", "٬": "'"}
_POINTS = {"٫": "·", "⁄": "/"}
_SAME = str.maketrans({**_GROUPS, **_POINTS, "，": ",", "．": ".", "＄": "$", "￥": "¥", "￡": "£"})
"""Signs that mean the same. `·` stands for Arabic's decimal point, which is nothing else anywhere."""

_HEAD = r"[1-9]\d{0,2}"
_WHOLE = "|".join(
    (
        r"\d+",
        rf"{_HEAD}(?: \d{{3}})+",
        rf"{_HEAD}(?:'\d{{3}})+",
    )
)
_READINGS = tuple(
    re.compile(one)
    for one in (
        rf"(?P<whole>{_WHOLE})(?:[.,·](?P<part>\d+))?",
        r"(?P<whole>)[.,·](?P<part>\d+)",
        rf"(?P<whole>{_HEAD}(?:,\d{{3}})+)[.·](?P<part>\d+)",
        rf"(?P<whole>{_HEAD}(?:\.\d{{3}})+)[,·](?P<part>\d+)",
        rf"(?P<whole>{_HEAD}(?:,\d{{3}}){{2,}})",
        rf"(?P<whole>{_HEAD}(?:\.\d{{3}}){{2,}})",
        r"(?P<whole>[1-9]\d?(?:,\d\d)+,\d{3})(?:\.(?P<part>\d+))?",  # lakhs and crores
    )
)
_AMBIGUOUS = re.compile(rf"(?P<whole>{_HEAD})[.,](?P<part>\d{{3}})")
"""`1,500`: a thousand and a half to some, one and a half to others."""

_DOLLARS = frozenset({"USD", "USDT", "USDC", "CAD", "AUD", "NZD", "SGD", "HKD", "MXN", "ARS", "CLP", "COP"})
_SIGNS = {
    "$": _DOLLARS,
    "US$": frozenset({"USD"}),
    "R$": frozenset({"BRL"}),
    "€": frozenset({"EUR"}),
    "£": frozenset({"GBP"}),
    "₽": frozenset({"RUB"}),
    "₴": frozenset({"UAH"}),
    "₸": frozenset({"KZT"}),
    "₹": frozenset({"INR"}),
    "₺": frozenset({"TRY"}),
    "₩": frozenset({"KRW"}),
    "₫": frozenset({"VND"}),
    "₦": frozenset({"NGN"}),
    "₱": frozenset({"PHP"}),
    "฿": frozenset({"THB"}),
    "₿": frozenset({"BTC"}),
    "¥": frozenset({"JPY", "CNY"}),
    "ZŁ": frozenset({"PLN"}),
}
_NAMES = {
    "DOLLAR": "USD",
    "DOLLARS": "USD",
    "EURO": "EUR",
    "EUROS": "EUR",
    "РУБ": "RUB",
    "РУБЛЕЙ": "RUB",
    "ДОЛЛАРОВ": "USD",
}
_CODES = frozenset().union(*_SIGNS.values(), _NAMES.values(), {"CHF", "CZK", "SEK", "NOK", "DKK", "HUF", "IDR", "AED"})
_AROUND = re.compile(r"(?P<before>[^\d.,·' ]*) ?(?P<number>[\d.,·' ]*\d) ?(?P<after>(?:[^\d.,·' ]+\.?)?)")


def read_amount(typed: str, currency: str, command: str | None = None) -> int:
    """Micro-units, exactly, above 0 and up to a million units.

    Raises Refusal: no amount, more than a million, one that can be read in two ways (both are named), another currency
    than `currency`, or more decimals than micro-units have. `command`: what stood before it, for the refusal's example.
    """
    found = _AROUND.fullmatch(plain(typed)) if len(typed) <= _LONGEST else None
    if found is None:
        raise Refusal(Reason.BAD_AMOUNT, command=command)
    for name in (found["before"], found["after"]):
        _check_currency(name, currency, command)
    number = found["number"].strip()
    if (two := _AMBIGUOUS.fullmatch(number)) is not None:
        many, few = Decimal(two["whole"] + two["part"]), Decimal(f"{two['whole']}.{two['part']}")
        raise Refusal(Reason.TWO_AMOUNTS, amount=to_micros(many), limit=to_micros(few), command=command)
    return _exactly(number, command)


def _exactly(number: str, command: str | None) -> int:
    found = next((one for reading in _READINGS if (one := reading.fullmatch(number))), None)
    if found is None:
        raise Refusal(Reason.BAD_AMOUNT, command=command)
    amount = Decimal(f"{re.sub(r'[^0-9]', '', found['whole']) or 0}.{found.groupdict().get('part') or 0}")
    micros = to_micros(amount)
    if amount <= 0:
        raise Refusal(Reason.BAD_AMOUNT, command=command)
    if micros > MOST:
        raise Refusal(Reason.TOO_MUCH, command=command)
    if to_decimal(micros) != amount:
        raise Refusal(Reason.FINE_AMOUNT, command=command)
    return micros


def _check_currency(name: str, currency: str, command: str | None) -> None:
    """Raises Refusal unless this is nothing, or the shop's currency in some spelling."""
    if not name or currency.strip().upper() in _meant(name):
        return
    other = is_other_currency(name, currency)
    raise Refusal(Reason.OTHER_CURRENCY if other else Reason.BAD_AMOUNT, currency=currency, command=command)


def is_other_currency(name: str, currency: str) -> bool:
    """Whether this names a currency in some spelling, and it is not `currency`."""
    named = name.upper().rstrip(".")
    return (named in _SIGNS or named in _NAMES or named in _CODES) and currency.strip().upper() not in _meant(name)


def _meant(name: str) -> frozenset[str]:
    """Codes of the currencies that it may stand for."""
    named = name.upper().rstrip(".")
    return _SIGNS.get(named) or frozenset({_NAMES.get(named, named)})


def plain(typed: str) -> str:
    """ASCII digits, one kind of blank, nothing invisible. Superscripts and fractions are no digits."""
    kept = []
    for one in typed.translate(_SAME):
        kind = unicodedata.category(one)
        if kind == "Nd":
            kept.append(str(unicodedata.decimal(one)))
        elif kind == "Zs" or one in "\t\n":
            kept.append(" ")
        elif kind != "Cf":
            kept.append(one)
    return "".join(kept).strip()


def rounded_up(micros: int) -> int:
    """To one digit and zeros: 0.381 to 0.4, 12.3 to 20. Nothing stays nothing."""
    wanted = max(0, micros)
    step = int("1".ljust(len(str(wanted)), "0"))
    return -(-wanted // step) * step


_LASTS = 5
"""Numbers that the first usual amount pays for, so that nobody has to ask again at once."""
_STEPS = 4


def to_choose(usual: int, missing: int = 0) -> tuple[int, ...]:
    """Amounts for buttons: first what is missing, then some that last for a while where a number costs `usual`."""
    first = rounded_up(missing)
    found, step = [first], _next(max(first, usual * _LASTS - 1))
    for _ in range(_STEPS):
        found.append(step)
        step = _next(step)
    return tuple(one for one in found if 0 < one <= MOST)


def around(amount: int) -> tuple[int, ...]:
    """Other amounts than the one that was asked for: one that is less, two that are more."""
    more = _next(amount)
    found = (_before(amount), more, _next(more))
    return tuple(one for one in found if 0 < one <= MOST)


def _next(micros: int) -> int:
    """The next of 1, 2, 5, 10, 20, 50 and so on that is more."""
    step = int("1".ljust(len(str(micros)), "0"))
    return min(one for one in (step, 2 * step, 5 * step, 10 * step) if one > micros)


def _before(micros: int) -> int:
    """The next of them that is less; 0 where there is none."""
    step = int("1".ljust(len(str(micros)), "0"))
    return max(one for one in (5 * step, 2 * step, step, step // 2) if one < micros)
