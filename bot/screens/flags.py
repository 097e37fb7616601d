"""A country where there is room for its flag only; more of it where the flag is not its own."""

from collections.abc import Sequence

from bot.domain.catalog import Country
from bot.domain.orders import Order
from bot.i18n import clean, flag

_ROOM = 20
_MOST = 3
"""Flags of countries of which a number may be of any."""


def of_order(order: Order) -> str:
    """Where its number is from; the flags of all that were asked for while nobody knows."""
    return flagged(order.country_code, order.country_label) if order.country_known else of_any(order.countries)


def bare(order: Order) -> str:
    """The same in flags alone."""
    return flag(order.country_code) if order.country_known else of_any(order.countries)


def of_any(countries: Sequence[Country]) -> str:
    """The first flags, and how many countries more there are."""
    more = len(countries) - _MOST
    shown = " ".join(flag(one.code) for one in countries[:_MOST])
    return f"{shown} +{more}" if more > 0 else shown


def flagged(code: str | None, label: str | None) -> str:
    """The flag, and what tells this country apart from others under the same flag."""
    return flag(code) if label is None else f"{flag(code)} {_shortened(clean(label))}"


def _shortened(label: str) -> str:
    """Cut in the middle: what tells names apart often stands at their end."""
    half = (_ROOM - 1) // 2
    return label if len(label) <= _ROOM else f"{label[:half].rstrip()}…{label[-half:].lstrip()}"
