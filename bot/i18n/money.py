"""Amounts of money in words of a language."""

import re
from copy import copy
from decimal import ROUND_HALF_EVEN, Decimal
from functools import lru_cache

from babel import Locale
from babel.numbers import get_currency_precision

from bot.domain.money import to_decimal
from bot.i18n.text import clean

_MOST_DECIMALS = 4
_LETTER_BY_DIGIT = re.compile(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])")


def format_money(micros: int, currency: str, locale: Locale) -> str:
    """Micro-units as an amount with its currency: the currency's usual decimals, more when the price has them.

    Four decimals at most: a finer price is marked with ≈. Names of no known currency are shown as they are.
    """
    return _formatted(micros, currency, locale)


@lru_cache(maxsize=8192)  # a price screen shows a dozen amounts, the same ones to everybody
def _formatted(micros: int, currency: str, locale: Locale) -> str:
    amount = to_decimal(micros)
    name = clean(currency, 8).strip().upper()
    digits = min(_MOST_DECIMALS, max(get_currency_precision(name), _decimals(amount)))
    shown = amount.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_EVEN)
    pattern = copy(locale.currency_formats["standard"])
    pattern.frac_prec = (digits, digits)
    text = pattern.apply(shown, locale, currency=name, currency_digits=False)
    text = _LETTER_BY_DIGIT.sub("\N{NO-BREAK SPACE}", text).strip()
    return text if shown == amount else f"≈{text}"


def _decimals(amount: Decimal) -> int:
    """How many decimals the amount really has."""
    exponent = amount.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
