"""What no plan can beat: the best that could be done for one order if every ask had a price.

N orders share R asks a second. Any plan for all of them spends R/N asks per second and order on average. So none is
better than the best plan for one order alone that may choose the moments of its asks freely, pays for each, and spends
as much on average: a plan for all has to keep the rate in every second, this one only in the long run. The price is set
so that both spend the same. For one price, the best moments follow by dynamic programming over the age of the last ask,
backwards.

The ages are a grid: 0.25 s up to 40 s of age, 0.5 up to 120, 1 up to 300, 2.5 up to the end. Known are the true curve,
and that who waits in vain ends after 20 minutes; nobody is asked twice within a second.
"""

from bisect import bisect_left
from dataclasses import dataclass
from math import erf, inf, log, sqrt

from bench.plan_world import LIFE, Law
from bot.domain.polling.promise import SHORTEST_GAP, longest_gap

_STEPS = ((40.0, 0.25), (120.0, 0.5), (300.0, 1.0), (LIFE, 2.5))


def _grid() -> list[float]:
    ages = [0.0]
    for until, step in _STEPS:
        begin, count = ages[-1], round((until - ages[-1]) / step)
        ages += [begin + step * n for n in range(1, count + 1)]
    return ages


AGES = _grid()


def _normal(z: float) -> float:
    return (1 + erf(z / sqrt(2))) / 2


@dataclass(frozen=True)
class Spent:
    """Of one order on average: seconds that its code waits unread, and asks."""

    delay: float
    asks: float


class Bound:
    """For one law, by `stretch` of the longest gaps; None: nothing is promised."""

    def __init__(self, law: Law) -> None:
        self.law = law
        self._came = [self._probability(age) for age in AGES]
        self._area = [self._integral(age) for age in AGES]

    def _probability(self, age: float) -> float:
        return (1 - self.law.never) * _normal(log(age / self.law.median) / self.law.sigma) if age > 0 else 0.0

    def _integral(self, age: float) -> float:
        if age <= 0:
            return 0.0
        z = log(age / self.law.median) / self.law.sigma
        return (1 - self.law.never) * (age * _normal(z) - self.law.mean * _normal(z - self.law.sigma))

    def mean_delay(self, live: int, rate: float, stretch: float | None = None) -> float:
        """Seconds a code waits at best; inf when the longest gaps alone need more asks than there are."""
        low, high = 1e-6, 1e5
        if self._excess(self.best(high, stretch), live, rate) > 0:
            return inf
        if self._excess(self.best(low, stretch), live, rate) <= 0:
            high = low
        while high / low > 1.05:
            price = sqrt(low * high)
            low, high = (price, high) if self._excess(self.best(price, stretch), live, rate) > 0 else (low, price)
        return self.best(high, stretch).delay / (1 - self.law.never)

    def _excess(self, spent: Spent, live: int, rate: float) -> float:
        life = (1 - self.law.never) * self.law.mean + self.law.never * LIFE + spent.delay
        return spent.asks - life * rate / live

    def best(self, price: float, stretch: float | None = None) -> Spent:
        """The least of delay + price · asks from an order's beginning on."""
        size = len(AGES) - 1
        cost, delay, asks = [0.0] * (size + 1), [0.0] * (size + 1), [0.0] * (size + 1)
        for start in range(size - 1, -1, -1):
            age, known, left = AGES[start], self._came[start], 1 - self._came[start]
            latest = inf if stretch is None else age + longest_gap(age, is_old=False) * stretch
            first = bisect_left(AGES, age + SHORTEST_GAP)
            found = self._cheapest(start, min(first, size), latest, price, cost)
            waited = (self._area[found] - self._area[start] - (AGES[found] - age) * known) / left
            stays, pays = (1 - self._came[found]) / left, float(found < size)
            cost[start] = waited + price * pays + stays * cost[found]
            delay[start] = waited + stays * delay[found]
            asks[start] = pays + stays * asks[found]
        return Spent(delay[0], asks[0])

    def _cheapest(self, start: int, first: int, latest: float, price: float, cost: list[float]) -> int:
        """The index of the age at which to ask next; the end itself is no ask."""
        age, known, left = AGES[start], self._came[start], 1 - self._came[start]
        came, area, size = self._came, self._area, len(AGES) - 1
        least, found = inf, first
        for index in range(first, size + 1):
            if AGES[index] > latest and index > first:
                break
            waited = (area[index] - area[start] - (AGES[index] - age) * known) / left
            pays = price if index < size else 0.0
            total = waited + pays + (1 - came[index]) / left * cost[index]
            if total < least:
                least, found = total, index
            if waited >= least:
                break
        return found
