"""Alerts: what admins are told without having asked, each once for its cause and not once a tick."""

from dataclasses import dataclass
from enum import StrEnum


class AlertKind(StrEnum):
    """The stored words; a notice of an older release may hold one that is not here (any more)."""

    UNCONFIRMED = "unconfirmed"  # a purchase's answer was lost
    OVERDUE = "overdue"  # an order should have ended long ago
    LOST = "lost"  # HidSim does not know the operation of a live order
    STRANGER = "stranger"  # HidSim answered about another operation
    UNPRICED = "unpriced"  # a number was completed and HidSim named no price
    EMPTY = "empty"  # HidSim's balance keeps people from buying
    SIGN_IN = "sign-in"  # HidSim's sign-in does
    APART = "apart"  # HidSim's balance and our books
    PAUSED_BY_UNKNOWNS = "paused-unknowns"
    PAUSED_BY_BOOKS = "paused-books"
    GUARD_WARNS = "guard-warns"  # the whole account gets few codes, or closes much
    GUARD_SLOWS = "guard-slows"
    PAUSED_BY_GUARD = "paused-guard"
    GUARD_EASED = "guard-eased"  # it does better again
    UNREADABLE = "unreadable"  # an update of Telegram's
    SHORT_SERVICES = "short-services"  # HidSim's list lacks more than half of what stood
    SHORT_COUNTRIES = "short-countries"
    DATABASE = "database"  # it can't be written


OF_THE_GUARD = frozenset(
    {AlertKind.GUARD_WARNS, AlertKind.GUARD_SLOWS, AlertKind.PAUSED_BY_GUARD, AlertKind.GUARD_EASED}
)
"""All of them say the same figures."""


@dataclass(frozen=True, slots=True)
class ShortList:
    """Of SHORT_SERVICES and SHORT_COUNTRIES: how many HidSim listed, of how many that were known."""

    found: int
    known: int


@dataclass(frozen=True, slots=True)
class Difference:
    """Of APART: what HidSim's balance is above the books, or below them when negative, in micro-units."""

    amount: int
    currency: str


@dataclass(frozen=True, slots=True)
class UnreadableUpdate:
    """Of UNREADABLE: names of Telegram's own for the kind of update and the field that could not be read."""

    kind: str
    field: str


@dataclass(frozen=True, slots=True)
class Shares:
    """Of the guard's: of so many ended orders, whole percents that got a code and that were closed."""

    ended: int
    success: int
    closes: int


AlertFacts = ShortList | Difference | UnreadableUpdate | Shares


@dataclass(frozen=True, slots=True)
class Alert:
    """`cause`: what makes it one alert however often it is raised: an order's id, an hour, a day.

    `order_id`: which order it asks to look at. `facts`: what its text needs beside; most kinds need nothing.
    """

    kind: AlertKind
    cause: str
    order_id: int | None = None
    facts: AlertFacts | None = None
