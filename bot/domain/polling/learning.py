"""What this shop has seen of arrivals, by what is awaited and by service, and the curves that it makes of it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.polling.arrivals import BUCKETS, Curve, Tally, expected, log_normal


class Awaited(StrEnum):
    """What an order waits for; its age counts from the purchase, or from its number on."""

    NUMBER = "number"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Learned:
    """What one bucket gained, or all that it holds. `bucket`: its index in EDGES."""

    awaited: Awaited
    service_id: int
    bucket: int
    events: int
    milliseconds: int


PRIORS = {Awaited.NUMBER: log_normal(3.0, 1.3, 0.95), Awaited.CODE: log_normal(22.0, 1.3, 0.75)}
"""Before anything was seen. They are wide: being wrong must cost little."""

PRIOR_WEIGHT = 2.0
"""How many orders the prior counts for."""
SHOP_WEIGHT = 30.0
"""How many orders of its own a service needs to count for as much as all services together."""
DOUBT = 0.5
"""Arrivals that all services together are taken to have had in every bucket although nobody saw them: where little is
known is asked more often, not less."""
ENOUGH = 4_000.0
"""Arrivals. Of more than these the older ones count less and less: a partner changes."""
_NEWS = 40
_SLOWER = 0.05
"""A curve is made again after this many reports, and after so large a part of all reports before it."""


class _Source:
    """A tally with the curve that was made of it last."""

    __slots__ = ("base", "curve", "hazards", "made_at", "reports", "tally", "told")

    def __init__(self) -> None:
        self.tally, self.told = Tally(), Tally()
        self.reports, self.made_at = 0, -1.0
        self.base: object = None
        self.hazards: list[float] = []
        self.curve = Curve([0.0] * BUCKETS)

    def is_fresh(self, base: object) -> bool:
        return self.base is base and self.reports < self.made_at

    def make(self, base: object, prior: tuple[Sequence[float], Sequence[float]], weight: float) -> None:
        doubt = DOUBT if base is PRIORS else 0.0
        self.hazards = [
            (events + doubt + weight * prior_events) / (exposure + weight * prior_exposure)
            for events, exposure, prior_events, prior_exposure in zip(
                self.tally.events, self.tally.exposure, *prior, strict=True
            )
        ]
        self.base, self.curve = base, Curve(self.hazards)
        self.made_at = self.reports + _NEWS + self.reports * _SLOWER


class Curves:
    """The curve of each service: its own arrivals, filled up by those of all services, and these by the prior.

    Nothing is written here: the caller stores what `learned` gives, and puts it in by `remember` at the start.
    """

    def __init__(self) -> None:
        self._all = {awaited: _Source() for awaited in Awaited}
        self._own: dict[tuple[Awaited, int], _Source] = {}
        self._usual = dict(PRIORS)
        self._reported: set[tuple[Awaited, int]] = set()

    def of(self, awaited: Awaited, service_id: int) -> Curve:
        """Made again when enough was reported since, else the same as before."""
        shop = self._all[awaited]
        if shop.reports >= shop.made_at:
            shop.make(PRIORS, PRIORS[awaited], PRIOR_WEIGHT)
            self._usual[awaited] = expected(shop.hazards)
        own = self._own.get((awaited, service_id))
        if own is None:
            return shop.curve
        if not own.is_fresh(shop.curve):
            own.make(shop.curve, self._usual[awaited], SHOP_WEIGHT)
        return own.curve

    def waited(self, awaited: Awaited, service_id: int, from_age: float, to_age: float) -> None:
        """One order was without it at `from_age` and at `to_age`, seconds; also one that then ended without."""
        for source in self._sources(awaited, service_id):
            source.tally.waited(from_age, to_age)

    def came(self, awaited: Awaited, service_id: int, from_age: float, to_age: float) -> None:
        """One order was found to have it at `to_age`, and had not at `from_age`; seconds."""
        for source in self._sources(awaited, service_id):
            source.tally.came(from_age, to_age)

    def learned(self) -> Iterator[Learned]:
        """What came in since the last call, whole events and milliseconds; what is less than one stays for the next."""
        reported, self._reported = self._reported, set()
        for awaited, service_id in sorted(reported):
            yield from _gains(awaited, service_id, self._own[awaited, service_id])
        for source in (*self._all.values(), *(self._own[key] for key in reported)):
            _forget(source)

    def remember(self, stored: Iterable[Learned]) -> None:
        """Sums from the database, each once and before anything else is reported."""
        for one in stored:
            for source in self._sources(one.awaited, one.service_id):
                for tally in (source.tally, source.told):
                    tally.events[one.bucket] += max(0, one.events)
                    tally.exposure[one.bucket] += max(0, one.milliseconds) / 1000
        self._reported.clear()
        for source in (*self._all.values(), *self._own.values()):
            _forget(source)
            source.made_at = -1.0

    def _sources(self, awaited: Awaited, service_id: int) -> tuple[_Source, _Source]:
        key = awaited, service_id
        own = self._own.get(key)
        if own is None:
            own = self._own[key] = _Source()
        shop = self._all[awaited]
        own.reports += 1
        shop.reports += 1
        self._reported.add(key)
        return own, shop


def _gains(awaited: Awaited, service_id: int, source: _Source) -> Iterator[Learned]:
    now, told = source.tally, source.told
    for bucket in range(BUCKETS):
        events = int(now.events[bucket] - told.events[bucket] + 1e-6)
        milliseconds = int((now.exposure[bucket] - told.exposure[bucket]) * 1000 + 1e-6)
        if events or milliseconds:
            told.events[bucket] += events
            told.exposure[bucket] += milliseconds / 1000
            yield Learned(awaited, service_id, bucket, events, milliseconds)


def _forget(source: _Source) -> None:
    """Brings more than ENOUGH down to it; less than one event and one millisecond a bucket are left to be told."""
    arrivals = sum(source.tally.events)
    if arrivals <= ENOUGH:
        return
    part = ENOUGH / arrivals
    for tally in (source.tally, source.told):
        tally.events = [each * part for each in tally.events]
        tally.exposure = [each * part for each in tally.exposure]
