"""How much a person may do: the shop's limits, and those that hold for one person instead."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from math import ceil

from bot.domain.refusals import Reason, RefusalFacts

HOUR = timedelta(hours=1)


class LimitKind(StrEnum):
    """Which limit. Short, because it stands in buttons."""

    OPEN_ORDERS = "o"
    PURCHASES = "p"
    SPEND = "s"
    CLOSES = "c"


@dataclass(frozen=True, slots=True)
class Limits:
    """`open_orders`: in progress at once. `daily_spend`: micro-units a day (UTC), for shared billing.

    `purchases_an_hour`: orders placed, without those of which HidSim said that nothing was bought. `closes_an_hour`:
    orders on which a close was sent, however often. Both of the last sixty minutes.
    """

    open_orders: int
    daily_spend: int
    purchases_an_hour: int
    closes_an_hour: int

    def of(self, kind: LimitKind) -> int:
        return int(getattr(self, _FIELDS[kind]))


@dataclass(frozen=True, slots=True)
class OwnLimits:
    """What is different for one person; None: as for everybody. Raises ValueError for a limit below zero.

    Their own `daily_spend` also holds for a prepaid wallet.
    """

    open_orders: int | None = None
    daily_spend: int | None = None
    purchases_an_hour: int | None = None
    closes_an_hour: int | None = None

    def __post_init__(self) -> None:
        if any(limit is not None and limit < 0 for limit in map(self.of, LimitKind)):
            raise ValueError("a limit is zero or more")

    def of(self, kind: LimitKind) -> int | None:
        found: int | None = getattr(self, _FIELDS[kind])
        return found

    def but(self, kind: LimitKind, limit: int | None) -> "OwnLimits":
        """The same with another limit of this kind. Raises ValueError for one below zero."""
        changed: dict[str, int | None] = {_FIELDS[kind]: limit}
        return replace(self, **changed)

    @property
    def any(self) -> bool:
        """Whether anything is different for them."""
        return any(self.of(kind) is not None for kind in LimitKind)

    def over(self, everybodys: Limits) -> Limits:
        """The limits that hold for this person."""
        own = {_FIELDS[kind]: found for kind in LimitKind if (found := self.of(kind)) is not None}
        return replace(everybodys, **own)


_FIELDS = {
    LimitKind.OPEN_ORDERS: "open_orders",
    LimitKind.PURCHASES: "purchases_an_hour",
    LimitKind.SPEND: "daily_spend",
    LimitKind.CLOSES: "closes_an_hour",
}


def name_of(kind: LimitKind) -> str:
    """What the audit calls it."""
    return _FIELDS[kind]


def resting(reason: Reason, done: Sequence[datetime], limit: int, now: datetime) -> RefusalFacts | None:
    """Why the next one has to wait of what may be done `limit` times an hour; None while there is room for one more.

    `done`: when it was done in the last hour. Its `wait` is in seconds, None where it may not be done at all.
    """
    if len(done) < limit:
        return None
    if not limit:
        return RefusalFacts(reason, count=0)
    free_at = sorted(done)[len(done) - limit] + HOUR
    return RefusalFacts(reason, count=limit, wait=max(1, ceil((free_at - now).total_seconds())))
