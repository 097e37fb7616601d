"""When codes come: log-normal after the number for most orders, never for the rest, drawn from a seed.

The same seed gives the same codes to every bot that is measured, order by order, whenever it buys them.
"""

import math
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Arrivals:
    """Seconds. `never`: the share of orders without a code, which are refunded at the age of `life`.

    `number_after`: median of the wait for a number; 0 for a number that comes with the purchase.
    """

    median: float = 18.0
    sigma: float = 0.9
    never: float = 0.2
    life: float = 1200.0
    number_after: float = 2.0
    seed: int = 1

    def waits(self, order: int) -> tuple[float, float | None]:
        """(seconds from the purchase to the number, seconds from there to the code or None) of the nth order."""
        chance = random.Random(f"{self.seed}:{order}")
        number = chance.lognormvariate(math.log(self.number_after), 0.5) if self.number_after else 0.0
        comes = chance.random() >= self.never
        wait = chance.lognormvariate(math.log(self.median), self.sigma)
        return number, wait if comes and number + wait < self.life else None


@dataclass(frozen=True)
class Live:
    """An order that is under way when the bot starts. Times are Unix seconds; it has its number."""

    short_id: int
    person: int
    placed_at: float
    number_at: float
    code_at: float | None


def under_way(count: int, arrivals: Arrivals, oldest: float) -> list[Live]:
    """Orders as a shop has them that always sold as fast: those that last long are many, at any age of their life.

    An order is found under way with a probability that grows with how long it lasts, at a moment evenly spread over it,
    its first `oldest` seconds that is.
    """
    now = time.time()
    chance = random.Random(f"{arrivals.seed}:under way")
    drawn = [arrivals.waits(10**6 + number) for number in range(max(20 * count, 2000))]
    lasting = [(number, wait, arrivals.life if wait is None else number + wait) for number, wait in drawn]
    picked = chance.choices(lasting, [min(life, oldest) for _, _, life in lasting], k=count)
    found = []
    for short_id, (number, wait, life) in enumerate(picked, 1):
        placed = now - chance.uniform(number, max(number, min(life, oldest)))
        code_at = None if wait is None else placed + number + wait
        found.append(Live(short_id, FIRST_PERSON + short_id, placed, placed + number, code_at))
    return found


FIRST_PERSON = 10_000


def quantile(values: Sequence[float], share: float) -> float:
    """Of sorted or unsorted values, by the nearest rank; NaN of none."""
    ranked = sorted(values)
    return ranked[min(len(ranked) - 1, math.ceil(share * len(ranked)) - 1)] if ranked else math.nan
