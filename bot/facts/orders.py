"""What the lists of orders show."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.labels import Label
from bot.domain.orders import Order
from bot.facts.pages import Page


@dataclass(frozen=True, slots=True)
class OrderPage:
    """A slice of a person's orders, newest first. `with_code`: ids of those that got an SMS with a code.

    `all_closable`: there are several to close, and not all are to be closed already.
    """

    orders: tuple[Order, ...]
    page: Page
    total: int
    with_code: frozenset[int] = frozenset()
    all_closable: bool = False


@dataclass(frozen=True, slots=True)
class ToClose:
    """A person's orders that would be closed now, newest first; `held`: what they set aside, in micro-units."""

    orders: tuple[Order, ...]
    held: int


@dataclass(frozen=True, slots=True)
class ClosedAll:
    """Orders that were to be closed, newest first, as they stand now. `with_code`: as above."""

    orders: tuple[Order, ...]
    with_code: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class LostOrders:
    """Purchases whose answer was lost, oldest first. `names`: of their people by id, as they are called today."""

    orders: tuple[Order, ...]
    names: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class LabelFacts:
    """An order that is to get a label, and those that its person used last."""

    order: Order
    recent: tuple[Label, ...]
