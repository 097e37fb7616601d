"""A country where there is room for its flag only; more of it where the flag is not its own."""

from collections.abc import Sequence

from bot.domain.catalog import Country
from bot.domain.orders import Order
from bot.i18n import clean, flag

_ROOM = 20
_MOST, _MOST_OF_A_LINE = 3, 2
"""Flags of countries of which a number may be of any; and on a button that says much else."""


def of_order(order: Order) -> str:
    """Where its number is from; the flags of all that were asked for while nobody knows."""
    if not order.country_known:
        return of_any(order.countries, _MOST_OF_A_LINE)
    return flagged(order.country_code, order.country_label)


def bare(order: Order) -> str:
    """The same in flags alone."""
    return flag(order.country_code) if order.country_known else of_any(order.countries)


def of_any(countries: Sequence[Country], most: int = _MOST) -> str:
    """The first flags, and how many countries more there are."""
    more = len(countries) - most
    shown = " ".join(flag(one.code) for one in countries[:most])
    return f"{shown} +{more}" if more > 0 else shown


def flagged(code: str | None, label: str | None) -> str:
    """The flag, and what tells this country apart from others under the same flag."""
    return flag(code) if label is None else f"{flag(code)} {_shortened(clean(label))}"


def _shortened(label: str) -> str:
    """Cut in the middle: what tells names apart often stands at their end."""
    half = (_ROOM - 1) // 2
    return label if len(label) <= _ROOM else f"{label[:half].rstrip()}…{label[-half:].lstrip()}"
