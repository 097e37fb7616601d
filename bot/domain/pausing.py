"""Why people may not buy for now."""

from datetime import datetime
from enum import StrEnum

from bot.domain.alerts import AlertKind


class PauseCause(StrEnum):
    """The stored words."""

    ADMIN = "admin"
    UNKNOWNS = "unknowns"  # too many purchases whose answer was lost
    BOOKS = "books"  # our own books do not add up
    GUARD = "guard"  # the whole account gets too few codes, or closes too much
    OTHER = "other"  # a word that another release wrote

    @classmethod
    def _missing_(cls, _value: object) -> "PauseCause":
        return cls.OTHER


ALERT_OF = {
    PauseCause.ADMIN: AlertKind.PAUSED_BY_ADMIN,
    PauseCause.UNKNOWNS: AlertKind.PAUSED_BY_UNKNOWNS,
    PauseCause.BOOKS: AlertKind.PAUSED_BY_BOOKS,
    PauseCause.GUARD: AlertKind.PAUSED_BY_GUARD,
}
"""What the staff hears of, but for the admin whose act it is."""


def stamp(since: datetime) -> int:
    """Which pause it is, for a button: when it began, in milliseconds."""
    return int(since.timestamp() * 1_000)
