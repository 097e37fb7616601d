"""The polling plan: which live orders to ask HidSim about next, when there are more orders than requests.

Seconds are floats here; there is no money and no clock. Nothing is remembered: every fact is an argument.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from heapq import nlargest
from math import erf, exp, log, sqrt

_SHORTEST_WAIT, _LONGEST_WAIT = 0.5, 86_400.0


@dataclass(frozen=True, slots=True)
class ArrivalCurve:
    """When the awaited comes: log-normal in seconds for the `share` that ever comes, never for the rest.

    `weight`: how many own waits the prior counts for when it is blended with them.
    """

    median: float = 18.0
    sigma: float = 0.9
    share: float = 0.8
    weight: float = 50.0

    def probability(self, age_seconds: float) -> float:
        """That it has come by this age, never above `share`."""
        return self.share * _normal(self._z(age_seconds)) if age_seconds > 0 else 0.0

    def area(self, age_seconds: float) -> float:
        """The integral of `probability` from 0 to this age, in closed form: x·Φ(z) - mean·Φ(z - σ), times share."""
        if age_seconds <= 0:
            return 0.0
        z, mean = self._z(age_seconds), self.median * exp(self.sigma**2 / 2)
        return self.share * (age_seconds * _normal(z) - mean * _normal(z - self.sigma))

    def learn(self, samples: Iterable[float | None]) -> "ArrivalCurve":
        """This curve as prior, blended with own waits in seconds (None: it never came).

        Call it on the prior with the waits of a recent window; the prior then fades as own waits become many.
        """
        waits = list(samples)
        logs = [log(min(max(wait, _SHORTEST_WAIT), _LONGEST_WAIT)) for wait in waits if wait is not None]
        count, prior = len(logs), log(self.median)
        if not waits:
            return self
        share = (self.weight * self.share + count) / (self.weight + len(waits))
        centre = (self.weight * prior + sum(logs)) / (self.weight + count)
        spread = self.weight * (self.sigma**2 + (prior - centre) ** 2) + sum((each - centre) ** 2 for each in logs)
        return replace(self, median=exp(centre), sigma=sqrt(spread / (self.weight + count)), share=share)

    def _z(self, age: float) -> float:
        return (log(age) - log(self.median)) / self.sigma


CODES = ArrivalCurve()
"""The prior for codes, by seconds since the number was assigned."""

NUMBERS = ArrivalCurve(median=3.0, sigma=0.9, share=0.95)
"""For numbers, by seconds since the purchase: they should come within seconds."""


@dataclass(frozen=True, slots=True)
class Pacing:
    """Seconds between two asks of one order at least; `old_gap` for those far beyond their end.

    `other_changes` per second: refunds and expiries come at any age. The rate is set far below the true one because
    reading those late hurts less; it brings every order its turn, however unlikely its code has become.
    """

    min_gap: float = 1.0
    old_gap: float = 300.0
    other_changes: float = 1e-5


PACING = Pacing()

_OLD_AFTER_END = 3_600.0


@dataclass(frozen=True, slots=True)
class Waiting:
    """A live order, in seconds.

    `age`: since its number was assigned, or since it was placed while it has none yet. `since_asked`: None when nobody
    remembers an ask. `overtime`: since its end; negative before it.
    """

    order_id: int
    state: str
    age: float
    since_asked: float | None
    overtime: float


def staleness(curve: ArrivalCurve, age: float, since_asked: float) -> float:
    """Expected seconds that a code which is already there has been waiting unread.

    The last ask, at age b = age - since_asked, found nothing, so the arrival T is known to lie behind b.
    A code that came at T has waited age - T by now, and one that has not come has waited 0: we want
    E[(age - T)⁺ | T > b], which is the integral of (age - t) dF(t) from b to age over 1 - F(b).
    By parts that integral is A(age) - A(b) - (age - b)·F(b) with A the integral of F, and A has a closed form.
    """
    age = max(0.0, age)
    before = max(0.0, age - max(0.0, since_asked))
    known = curve.probability(before)
    waited = curve.area(age) - curve.area(before) - (age - before) * known
    return max(0.0, waited) / max(1.0 - known, 1e-9)


def is_old(order: Waiting) -> bool:
    """Far beyond its end (contract)."""
    return order.overtime >= _OLD_AFTER_END


def choose(waiting: Sequence[Waiting], budget: int, curve: ArrivalCurve = CODES, pacing: Pacing = PACING) -> list[int]:
    """Ids of at most `budget` orders to ask about now, the greatest expected staleness first."""
    ranked = ((*found, order.order_id) for order in waiting if (found := _urgency(order, curve, pacing)))
    return [order_id for *_, order_id in nlargest(max(0, budget), ranked)]


def _urgency(order: Waiting, curve: ArrivalCurve, pacing: Pacing) -> tuple[float, float] | None:
    """Expected staleness and seconds since the last answer; None when the order is not due."""
    since_asked = order.age if order.since_asked is None else order.since_asked
    if since_asked < (pacing.old_gap if is_old(order) else pacing.min_gap):
        return None
    expected = staleness(NUMBERS if order.state == "creating" else curve, order.age, since_asked)
    return expected + pacing.other_changes * since_asked**2 / 2, since_asked


def _normal(z: float) -> float:
    return (1.0 + erf(z / sqrt(2.0))) / 2.0
