"""What the lists of orders show."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.catalog import Country
from bot.domain.orders import Order
from bot.facts.pages import Page


@dataclass(frozen=True, slots=True)
class OrderPage:
    """A slice of a person's orders, newest first. `with_code`: ids of those that got an SMS with a code."""

    orders: tuple[Order, ...]
    page: Page
    total: int
    with_code: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class LostOrders:
    """Purchases whose answer was lost, oldest first. `names`: of their people by id, as they are called today."""

    orders: tuple[Order, ...]
    names: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Onward:
    """An order that brings no code, and the country in which to try next; None: none is inside its window."""

    order: Order
    country: Country | None
