"""Somebody asks the admins for credit: one request waits at most, and each is answered once."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

MOST_AN_HOUR = 3
"""Requests of one person: each is a message to every admin."""
HOUR = timedelta(hours=1)
REASON_LIMIT = 300
MOST_IN_WALLET = 10**15
"""Micro-units that credit may fill a wallet to: far beyond any use, far below what the books can count."""


class CreditAnswer(StrEnum):
    """What became of a request; nothing yet, as long as it waits. Stands in the database as it is here."""

    GRANTED = "granted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"  # by its person
    REPLACED = "replaced"  # by its person's next one


@dataclass(frozen=True, slots=True)
class CreditRequest:
    """Micro-units. `basket`: the data of the button that opens what they wanted to buy. `reason` is hostile text.

    `granted`: what was given in the end, which may be another amount. `answer` None also for a word of another
    release's; `answered_at` says whether it waits.
    """

    id: int
    person_id: int
    amount: int
    reason: str = field(repr=False)
    basket: str | None
    asked_at: datetime
    answer: CreditAnswer | None = None
    granted: int | None = None
    answered_by: int | None = None
    answered_at: datetime | None = None

    @property
    def waits(self) -> bool:
        return self.answered_at is None


def wait_for_next(earliest: datetime, now: datetime) -> int:
    """Whole seconds until another request may be made. `earliest`: when the first of the last few was made."""
    return max(0, -(-int((earliest + HOUR - now).total_seconds() * 1000) // 1000))
