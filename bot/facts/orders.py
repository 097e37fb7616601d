"""What the lists of orders show."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.domain.catalog import Country
from bot.domain.history import Part, Sought
from bot.domain.labels import Label
from bot.domain.orders import Order
from bot.domain.outcomes import Outcome
from bot.facts.pages import Page


@dataclass(frozen=True, slots=True)
class OrderPage:
    """A slice of a person's orders in progress, newest first.

    `all_closable`: there are several to close, and not all are to be closed already.
    """

    orders: tuple[Order, ...]
    page: Page
    total: int
    all_closable: bool = False


@dataclass(frozen=True, slots=True)
class ToClose:
    """A person's orders that would be closed now, newest first; `held`: what they set aside, in micro-units."""

    orders: tuple[Order, ...]
    held: int


@dataclass(frozen=True, slots=True)
class ClosedAll:
    """Orders that were to be closed, newest first, as they stand now. `with_code`: ids of those with a code."""

    orders: tuple[Order, ...]
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


@dataclass(frozen=True, slots=True)
class LabelFacts:
    """An order that is to get a label, and those that its person used last."""

    order: Order
    recent: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """A slice of what a person sought among their orders, newest first. `total`: of these; `with_code` as above.

    `service` and `label`: names of what is sought. `labelled`: the person has labels. `too_few_digits`: what was typed
    is no number's end.
    """

    orders: tuple[Order, ...]
    page: Page
    total: int
    with_code: frozenset[int] = frozenset()
    sought: Sought = field(default_factory=Sought)
    service: str | None = None
    label: str | None = None
    labelled: bool = False
    too_few_digits: bool = False


@dataclass(frozen=True, slots=True)
class Choices:
    """What one part of a search among own orders can be: a page of ids with their names, or outcomes."""

    part: Part
    sought: Sought
    page: Page
    outcomes: tuple[Outcome, ...] = ()
    named: tuple[tuple[int, str], ...] = ()
