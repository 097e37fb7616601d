"""What became of many orders: outcomes, sums and medians of a stretch of time. Amounts in micro-units."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from bot.domain.outcomes import Outcome

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MOST_DAYS, USUAL_DAYS = 90, 7
"""Of the figures that admins look at."""
_SHORTEST_HISTORY = HOUR
"""From so little nobody can tell at which pace money is spent."""
_SECOND = timedelta(seconds=1)
_LONGEST = 3650 * 86_400.0


@dataclass(frozen=True, slots=True)
class Tally:
    """The orders placed in a stretch of time. `spent`: what people paid, and what is still set aside.

    `median`: from the purchase to its code, of those that got one; None when none did.
    """

    counts: Mapping[Outcome, int] = field(default_factory=dict)
    spent: int = 0
    median: timedelta | None = None

    @property
    def orders(self) -> int:
        return sum(self.counts.values())

    @property
    def ended(self) -> int:
        return self.orders - self.count(Outcome.IN_PROGRESS)

    @property
    def success(self) -> float | None:
        """Which part of the orders that have ended got a code, from 0 to 1; None where none has ended."""
        return self.count(Outcome.CODE) / self.ended if self.ended else None

    def count(self, outcome: Outcome) -> int:
        return self.counts.get(outcome, 0)


def median(seconds: Mapping[int, int]) -> timedelta | None:
    """Of values that are there so many times each; between the two in the middle of an even number. None of none."""
    number, passed, middle = sum(seconds.values()), 0, list[int]()
    for value in sorted(seconds):
        passed += seconds[value]
        if not middle and passed * 2 >= number:
            middle = [value]
        if middle and passed * 2 > number:
            return (middle[0] + value) * _SECOND / 2
    return None


@dataclass(frozen=True, slots=True)
class Stretch:
    """From `begins` on for `width`; both in UTC, where every day has 24 hours."""

    begins: datetime
    width: timedelta
    number: int

    @property
    def ends(self) -> datetime:
        return self.begins + self.width * self.number

    @property
    def moments(self) -> Iterable[datetime]:
        """When each of its parts begins."""
        return (self.begins + self.width * at for at in range(self.number))


def last_days(days: int, now: datetime) -> Stretch:
    """So many days by UTC, today among them; one day is the last 24 hours, hour by hour."""
    now = now.astimezone(UTC)
    if days == 1:
        return Stretch(now.replace(minute=0, second=0, microsecond=0) - 23 * HOUR, HOUR, 24)
    return Stretch(day_of(now) - (days - 1) * DAY, DAY, days)


def day_of(moment: datetime) -> datetime:
    """When its day began, by UTC."""
    return moment.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)


@dataclass(frozen=True, slots=True)
class SpendingPace:
    """What HidSim took in `over`, the last day or as much of it as there was."""

    cost: int
    over: timedelta

    def lasts(self, balance: int) -> timedelta | None:
        """How long a balance lasts at this pace; None where nothing is spent, or nobody can tell yet."""
        if self.cost <= 0 or self.over < _SHORTEST_HISTORY:
            return None
        if balance <= 0:
            return timedelta(0)
        return min(_LONGEST, self.over.total_seconds() * balance / self.cost) * _SECOND


def too_little(value: int | None, bound: int) -> bool | None:
    """True: below the bound. False: enough, by a fifth of the bound. None: between the two. No value is endless.

    A bound of 0 is never reached.
    """
    if value is None or bound <= 0 or value * 5 >= bound * 6:
        return False
    return True if value < bound else None
