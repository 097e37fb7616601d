"""A prepaid wallet as its person reads it: a line an order, and the credits between them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from heapq import merge

from bot.domain.orders import Order

LINES = 10
"""On a page."""


@dataclass(frozen=True, slots=True)
class Credit:
    """What an admin gave, or took back when it is negative. Micro-units."""

    amount: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Slice:
    """Which orders, counted from the newest, a page may show, whatever lies between them."""

    offset: int
    limit: int


def orders_for(page: int, credit_lines: int) -> Slice:
    """Of all lines before the page at most so many are credits, so the orders before `offset` are on earlier pages."""
    first = page * LINES
    offset = max(0, first - credit_lines)
    return Slice(offset, first + LINES - offset)


def lines_of(page: int, orders: Sequence[Order], credit_lines: Sequence[Credit]) -> tuple[Order | Credit, ...]:
    """A page out of the orders that `orders_for` named and of all credits, both newest first."""
    sides: tuple[Sequence[Order | Credit], ...] = (orders, credit_lines)
    together = list(merge(*sides, key=_at, reverse=True))
    first = page * LINES - orders_for(page, len(credit_lines)).offset
    return tuple(together[first : first + LINES])


def _at(line: Order | Credit) -> datetime:
    return line.placed_at if isinstance(line, Order) else line.at
