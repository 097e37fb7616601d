"""Amounts of money in words of a language."""

import re
from collections.abc import Iterable
from copy import copy
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_UP, Decimal
from functools import lru_cache

from babel import Locale
from babel.numbers import get_currency_precision

from bot.domain.money import to_decimal
from bot.i18n.text import clean

_MOST_DECIMALS = 4
_FINEST = 6
_LETTER_BY_DIGIT = re.compile(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])")


def format_money(micros: int, currency: str, locale: Locale) -> str:
    """Micro-units to their last digit, for those who keep books: the usual decimals, more when the amount has them.

    Four decimals at most: a finer amount is marked with ≈. Names of no known currency are shown as they are.
    """
    amount = to_decimal(micros)
    digits = min(_MOST_DECIMALS, max(_usual(currency), _decimals(amount)))
    text = _formatted(micros, currency, locale, digits, ROUND_HALF_EVEN)
    return text if amount == amount.quantize(Decimal(1).scaleb(-digits)) else f"≈{text}"


def format_price(micros: int, currency: str, locale: Locale) -> str:
    """What is or may be paid, in the currency's usual decimals: rounded up, so that nobody pays more than they read."""
    return _formatted(micros, currency, locale, _usual(currency), ROUND_UP)


def format_balance(micros: int, currency: str, locale: Locale) -> str:
    """What somebody has, in the currency's usual decimals: rounded down, so that nobody reads more than there is."""
    return _formatted(micros, currency, locale, _usual(currency), ROUND_DOWN)


def format_prices(prices: Iterable[int], currency: str, locale: Locale) -> dict[int, str]:
    """Prices that stand side by side: as `format_price`, with more decimals where two would look the same."""
    wanted = sorted(set(prices))
    digits, usual = dict.fromkeys(wanted, _usual(currency)), _usual(currency)
    for decimals in range(usual, _FINEST):
        alike: dict[int, list[int]] = {}
        for price in wanted:
            if digits[price] == decimals:
                alike.setdefault(-(-price // 10 ** (_FINEST - decimals)), []).append(price)
        for group in alike.values():
            if len(group) > 1:
                digits |= dict.fromkeys(group, decimals + 1)
    return {price: _formatted(price, currency, locale, digits[price], ROUND_UP) for price in wanted}


def _usual(currency: str) -> int:
    return get_currency_precision(_named(currency))


def _named(currency: str) -> str:
    return clean(currency, 8).strip().upper()


@lru_cache(maxsize=8192)  # a price screen shows a dozen amounts, the same ones to everybody
def _formatted(micros: int, currency: str, locale: Locale, digits: int, rounding: str) -> str:
    shown = to_decimal(micros).quantize(Decimal(1).scaleb(-digits), rounding=rounding)
    pattern = copy(locale.currency_formats["standard"])
    pattern.frac_prec = (digits, digits)
    text = pattern.apply(shown, locale, currency=_named(currency), currency_digits=False)
    return _LETTER_BY_DIGIT.sub("\N{NO-BREAK SPACE}", text).strip()


def _decimals(amount: Decimal) -> int:
    """How many decimals the amount really has."""
    exponent = amount.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
