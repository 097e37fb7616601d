"""Amounts of money, in every spelling in use: `0.1`, `"0,10"`, `"$1,234.56"`, `"1 234,56 €"`, `{"amount": "0.10"}`.

An amount that can be taken in two ways is none: "1,500" may be one and a half or fifteen hundred, and a wrong price is
worse than no price. One dot is a decimal point, as JSON writes it.
"""

import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal

from bot.hidsim.values import Json, unwrapped

MOST_MONEY = Decimal(10**9)
SMALLEST_EXPONENT = -40
_LONGEST = 100

_AMOUNT = ("amount", "value", "price", "total")
_CENTS = ("cents", "amountInCents", "amount_in_cents", "amountCents")
_BESIDE = frozenset(
    {"currency", "currencyCode", "currency_code", "symbol", "unit_currency", "formatted", "display", "text", "label"}
)
"""Keys that may stand beside an amount and leave its size alone; a scale or a unit does not."""

_MARKS = {"\u066b": ".", "\u066c": "'", "\u2212": "-", "\u2013": "-", "\u2019": "'", "\u02bc": "'"}
_CURRENCY = re.compile(r"[A-Z]{3}")
_PLAIN = re.compile(r"[0-9]{1,40}(?:\.[0-9]{1,40})?(?:[eE][+-]?[0-9]{1,3})?")
_MONEY_WORD = (
    r"(?:[A-Z]{0,3}[$€£¥₽₹₺₴₸₩₫฿₦₱₪₡₲₵₭₮₼₾]|[A-Z]{3,4}|usd|eur|gbp|rub|rur|inr|try|brl|cny|usdt|dollars?|euros?|"
    r"[Rr]s\.?|Rp|Fr\.?|TL|[Kk]r\.?|zł|Kč|Ft|lei|руб(?:\.|лей|ля)?|р\.?|грн\.?|元|円|원)"
)
_DRESSED = re.compile(
    rf"(?P<sign>[+-]?)\s?(?:{_MONEY_WORD}\s?(?P<sign_behind>-?)\s?)?"
    r"(?P<digits>[0-9][0-9., ']{0,40}|[.,][0-9]{1,40})"
    rf"(?:\s?(?:{_MONEY_WORD}|(?P<cents>¢|cents?)))?"
)
_GROUPED = re.compile(r"[0-9]{1,3}(?:(?P<mark>[., '])[0-9]{3}(?:(?P=mark)[0-9]{3})*|(?:,[0-9]{2})+,[0-9]{3})")
_SPLIT = re.compile(r"(?P<whole>[0-9., ']*)(?P<point>[.,])(?P<part>[0-9]+)")


def money(value: Json, *, debt: bool = False) -> Decimal | None:
    """An amount. Negative ones only where a `debt` makes sense; never absurd ones."""
    amount = _amount(unwrapped(value))
    if amount is None or not amount.is_finite() or amount.copy_abs() > MOST_MONEY:
        return None
    if int(amount.as_tuple().exponent) < SMALLEST_EXPONENT or (amount < 0 and not debt):
        return None
    return amount


def _amount(value: Json, depth: int = 2) -> Decimal | None:
    if isinstance(value, Decimal):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    if isinstance(value, str) and len(value) <= _LONGEST:
        return _spelled(_folded(value))
    return _inside(value, depth) if isinstance(value, Mapping) and depth else None


def _inside(holder: Mapping[str, Json], depth: int) -> Decimal | None:
    """One amount under a usual name. With something beside it that may change its size it is none."""
    found: set[Decimal] = set()
    for key, value in holder.items():
        if key in _BESIDE or value is None:
            continue
        amount = _amount(unwrapped(value), depth - 1)
        if amount is None or not (key in _AMOUNT + _CENTS or _CURRENCY.fullmatch(key)):
            return None
        found.add(amount / 100 if key in _CENTS else amount)
    return found.pop() if len(found) == 1 else None


def _folded(value: str) -> str:
    """ASCII digits, plain spaces, one kind of minus; nothing invisible."""
    folded = "".join(_MARKS.get(c, c) for c in unicodedata.normalize("NFKC", value) if unicodedata.category(c) != "Cf")
    ascii_digits = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in folded)
    return " ".join(ascii_digits.split())


def _spelled(value: str) -> Decimal | None:
    in_brackets = value.startswith("(") and value.endswith(")")  # how book-keepers write a debt
    dressed = _DRESSED.fullmatch(value[1:-1].strip() if in_brackets else value)
    signed = _PLAIN.fullmatch(value.lstrip("+-"))
    if signed is not None and len(value) - len(signed.group()) <= 1:
        return Decimal(value)
    if dressed is None:
        return None
    size = _digits(dressed["digits"].strip())
    if size is None:
        return None
    negative = in_brackets or "-" in (dressed["sign"], dressed["sign_behind"])
    size = size / 100 if dressed["cents"] else size
    return -size if negative else size


def _digits(digits: str) -> Decimal | None:
    if digits.isdigit():
        return Decimal(digits)
    split = _SPLIT.fullmatch(digits)
    grouped = _whole(digits, but="")
    if split is None:
        return grouped
    whole = _whole(split["whole"] or "0", but=split["point"])
    decimal = None if whole is None else whole + Decimal(f"0.{split['part']}")
    if grouped is None or (split["point"] == "." and split["whole"].isdigit()):
        return decimal
    # "1,500": thousands, or a comma for a point? "0,500" and "1 234,500" can be read in one way only.
    return grouped if decimal is None else decimal if digits.startswith("0") else None


def _whole(digits: str, *, but: str) -> Decimal | None:
    """A whole number, perhaps in groups; `but`: the mark that is the decimal point already, and parts no groups."""
    if digits.isdigit():
        return Decimal(digits)
    if (but and but in digits) or _GROUPED.fullmatch(digits) is None:
        return None
    return Decimal(re.sub(r"[^0-9]", "", digits))
