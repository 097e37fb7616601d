"""Alerts: what admins are told without having asked, each once for its cause and not once a tick.

An incident is what has an end: it is told when it begins and when it is over, however often it is met in between.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.domain.access import Right


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
    PAUSED_BY_ADMIN = "paused-admin"
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
    LOW_BALANCE = "balance-low"  # HidSim's balance is below the operator's bound
    SHORT_BALANCE = "balance-short"  # at the pace of the last day it lasts for few hours only
    UNREACHABLE = "hidsim-silent"  # HidSim answers nothing
    SLOW_CODES = "codes-slow"  # codes wait at HidSim for longer than the operator's bound
    LATE_PUSHES = "pushes-late"  # Telegram answers, and messages wait all the same
    CONFLICT = "telegram-conflict"  # another program polls with this bot's token
    SILENCE = "telegram-silent"  # Telegram could not be reached, which can only be told afterwards


LASTING = frozenset(
    {
        AlertKind.UNCONFIRMED,
        AlertKind.EMPTY,
        AlertKind.SIGN_IN,
        AlertKind.APART,
        AlertKind.PAUSED_BY_ADMIN,
        AlertKind.PAUSED_BY_UNKNOWNS,
        AlertKind.PAUSED_BY_BOOKS,
        AlertKind.PAUSED_BY_GUARD,
        AlertKind.LOW_BALANCE,
        AlertKind.SHORT_BALANCE,
        AlertKind.UNREACHABLE,
        AlertKind.SLOW_CODES,
        AlertKind.LATE_PUSHES,
        AlertKind.CONFLICT,
        AlertKind.SILENCE,
    }
)
"""Incidents: one of a kind goes on at a time, and its end is told too."""
BEGIN_UNTOLD = frozenset({AlertKind.UNCONFIRMED, AlertKind.SILENCE})
"""Incidents whose beginning is no message: each lost purchase has its own alert, and no message leaves in a silence."""
RIGHTS_TO_CURE: Mapping[AlertKind, Right] = {
    AlertKind.UNCONFIRMED: Right.JUDGE,
    AlertKind.OVERDUE: Right.SEE_ORDERS,
    AlertKind.LOST: Right.SEE_ORDERS,
    AlertKind.STRANGER: Right.SEE_ORDERS,
    AlertKind.UNPRICED: Right.SEE_ORDERS,
    AlertKind.EMPTY: Right.SEE_BALANCE,
    AlertKind.SIGN_IN: Right.SEE_FIGURES,
    AlertKind.APART: Right.BOOK_DIFFERENCE,
    AlertKind.PAUSED_BY_ADMIN: Right.PAUSE,
    AlertKind.PAUSED_BY_UNKNOWNS: Right.PAUSE,
    AlertKind.PAUSED_BY_BOOKS: Right.PAUSE,
    AlertKind.PAUSED_BY_GUARD: Right.PAUSE,
    AlertKind.GUARD_WARNS: Right.PAUSE,
    AlertKind.GUARD_SLOWS: Right.PAUSE,
    AlertKind.GUARD_EASED: Right.PAUSE,
    AlertKind.UNREADABLE: Right.SEE_FIGURES,
    AlertKind.SHORT_SERVICES: Right.SEE_FIGURES,
    AlertKind.SHORT_COUNTRIES: Right.SEE_FIGURES,
    AlertKind.DATABASE: Right.SEE_FIGURES,
    AlertKind.LOW_BALANCE: Right.SEE_BALANCE,
    AlertKind.SHORT_BALANCE: Right.SEE_BALANCE,
    AlertKind.UNREACHABLE: Right.SEE_FIGURES,
    AlertKind.SLOW_CODES: Right.SEE_FIGURES,
    AlertKind.LATE_PUSHES: Right.SEE_FIGURES,
    AlertKind.CONFLICT: Right.SEE_FIGURES,
    AlertKind.SILENCE: Right.SEE_FIGURES,
}
"""Who is told of an alert: all of the staff who may do what helps, or look where it can be seen."""


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
class BalanceLeft:
    """Of LOW_BALANCE and SHORT_BALANCE: what HidSim holds, in micro-units, and for how many hours that lasts.

    `hours` None: nothing was spent lately.
    """

    amount: int
    currency: str
    hours: int | None = None


@dataclass(frozen=True, slots=True)
class PausedBy:
    """Of PAUSED_BY_ADMIN: an admin's name."""

    name: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Delay:
    """Of SLOW_CODES: seconds."""

    seconds: int


@dataclass(frozen=True, slots=True)
class Shares:
    """Of the guard's: of so many ended orders, whole percents that got a code and that were closed."""

    ended: int
    success: int
    closes: int


AlertFacts = ShortList | Difference | UnreadableUpdate | BalanceLeft | PausedBy | Delay | Shares


@dataclass(frozen=True, slots=True)
class Over:
    """The end of an incident: after how many seconds, and the name of the admin who ended it, if one did."""

    seconds: int
    by: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Alert:
    """`cause`: what makes it one alert however often it is raised: an order's id, a day. Of an incident nothing.

    `order_id`: which order it asks to look at. `facts`: what its text needs beside; most kinds need nothing.
    """

    kind: AlertKind
    cause: str
    order_id: int | None = None
    facts: AlertFacts | None = None
