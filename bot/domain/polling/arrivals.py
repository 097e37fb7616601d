"""When what an order waits for is to be expected: counts by age, and the curve that they make."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import erf, exp, log, sqrt

EDGES = (0.0, 2, 2.7, 3.6, 4.8, 6.4, 8.5, 11, 15, 20, 27, 36, 48, 64, 85, 113, 150, 200, 270, 360, 480, 640, 850, 1200)
"""Where the buckets of ages begin, in seconds; the last one has no end.

What was learned is stored by a bucket's index, so an edge that is moved makes nonsense of every database.
"""

BUCKETS = len(EDGES)
FAR = 3_600.0
"""Seconds. Beyond them a gap makes no difference any more."""

_BEYOND = (2_400.0, 4_800.0, 9_600.0, 86_400.0)
_TABLE = (*EDGES, *_BEYOND)
_WIDTHS = tuple(end - start for start, end in pairwise(_TABLE))
_LEFT = 1e-6
"""So many at least never have it, whatever was seen: what is left of one is still a number to divide by."""


def bucket_of(age: float) -> int:
    """The index of the bucket; an age below zero is in the first."""
    return max(0, bisect_right(EDGES, age) - 1)


class Tally:
    """How often it came, and for how long it was waited for (order-seconds), by bucket of age."""

    __slots__ = ("events", "exposure")

    def __init__(self) -> None:
        self.events = [0.0] * BUCKETS
        self.exposure = [0.0] * BUCKETS

    def waited(self, from_age: float, to_age: float) -> None:
        """Nothing came in this stretch of one order's life. An order that ended without is counted by its stretches."""
        start, index = max(0.0, from_age), bucket_of(from_age)
        while start < to_age:
            end = EDGES[index + 1] if index + 1 < BUCKETS else to_age
            self.exposure[index] += min(end, to_age) - start
            start, index = end, index + 1

    def came(self, from_age: float, to_age: float) -> None:
        """It came somewhere in this stretch; as nobody knows where, in its middle."""
        middle = (max(0.0, from_age) + max(0.0, to_age)) / 2
        self.waited(from_age, middle)
        self.events[bucket_of(middle)] += 1


class Curve:
    """The probability that it has come by an age, of constant hazards by bucket; linear between the edges.

    It answers from tables, in a time that does not depend on the ages.
    """

    __slots__ = ("_area", "_came", "_slope")

    def __init__(self, hazards: Sequence[float]) -> None:
        """`hazards`: per second, one a bucket."""
        came, area = [0.0], [0.0]
        for width, hazard in zip(_WIDTHS, (*hazards, *[hazards[-1]] * len(_BEYOND)), strict=False):
            before = came[-1]
            came.append(1 - max(_LEFT, (1 - before) * exp(-hazard * width)))
            area.append(area[-1] + width * (before + came[-1]) / 2)
        self._came, self._area = came, area
        self._slope = [(end - start) / width for (start, end), width in zip(pairwise(came), _WIDTHS, strict=True)]
        self._slope.append(0.0)

    def probability(self, age: float) -> float:
        """That it has come by this age in seconds."""
        if age <= 0:
            return 0.0
        index = bisect_right(_TABLE, age) - 1
        return self._came[index] + (age - _TABLE[index]) * self._slope[index]

    def staleness(self, age: float, since_asked: float) -> float:
        """Expected seconds that what has come already has been waiting unread.

        The last ask, at age b = age - since_asked, found nothing, so the arrival T is known to lie behind b.
        What came at T has waited age - T by now, and what has not come has waited 0: we want
        E[(age - T)⁺ | T > b], which is the integral of (age - t) dF(t) from b to age over 1 - F(b).
        By parts that integral is A(age) - A(b) - (age - b)·F(b) with A the integral of F, and A stands in the table.
        """
        asked = age - since_asked
        if asked < 0.0:
            asked = 0.0
        if age <= asked:
            return 0.0
        first = bisect_right(_TABLE, asked) - 1
        last = bisect_right(_TABLE, age, first) - 1
        slope, into = self._slope[first], asked - _TABLE[first]
        known = self._came[first] + into * slope
        area = self._area[first] + into * (self._came[first] + into * slope / 2)
        into = age - _TABLE[last]
        waited = self._area[last] + into * (self._came[last] + into * self._slope[last] / 2) - area
        waited -= (age - asked) * known
        return waited / (1.0 - known) if waited > 0.0 else 0.0

    def ripe_after(self, asked: float, wanted: float) -> float:
        """Seconds after an ask at this age until `staleness` is as `wanted`; FAR if it takes longer."""
        start = max(0.0, asked)
        index = bisect_right(_TABLE, start) - 1
        known = self._came[index] + (start - _TABLE[index]) * self._slope[index]
        missing, rise = wanted * (1.0 - known), 0.0
        while index < len(_WIDTHS) and start - asked < FAR:
            slope, width = self._slope[index], _TABLE[index + 1] - start
            gained = width * (rise + width * slope / 2)
            if gained >= missing:
                return min(FAR, start - asked + _time_to(missing, rise, slope))
            missing, rise, start, index = missing - gained, rise + width * slope, start + width, index + 1
        return FAR


def _time_to(area: float, rise: float, slope: float) -> float:
    """The x at which rise·x + slope·x²/2 is `area`; 0 for an area of 0."""
    if area <= 0.0:
        return 0.0
    return 2 * area / (rise + sqrt(rise * rise + 2 * slope * area))


def log_normal(median: float, sigma: float, share: float) -> tuple[list[float], list[float]]:
    """Expected events and order-seconds by bucket of one order: a `share` waits log-normally, others in vain."""
    ends = (*EDGES[1:], FAR)
    events, exposure = list[float](), list[float]()
    for start, end in zip(EDGES, ends, strict=True):
        parts = [_log_normal(start + (end - start) * part / 8, median, sigma) for part in range(9)]
        events.append(share * (parts[-1] - parts[0]))
        mean = (sum(parts) - (parts[0] + parts[-1]) / 2) / 8
        exposure.append((end - start) * (1 - share * mean))
    return events, exposure


def _log_normal(age: float, median: float, sigma: float) -> float:
    return (1 + erf(log(age / median) / (sigma * sqrt(2)))) / 2 if age > 0 else 0.0


def expected(hazards: Iterable[float]) -> tuple[list[float], list[float]]:
    """Events and order-seconds by bucket of one order that follows these hazards, until FAR."""
    events, exposure, left = list[float](), list[float](), 1.0
    for start, end, hazard in zip(EDGES, (*EDGES[1:], FAR), hazards, strict=True):
        remaining = left * exp(-hazard * (end - start))
        events.append(left - remaining)
        exposure.append((left - remaining) / hazard if hazard > 0 else left * (end - start))
        left = remaining
    return events, exposure
