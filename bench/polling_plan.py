"""The polling plan against round robin: mean seconds from a code's arrival to its reading, in simulated time.

500 live orders at any time: one that ends is replaced at once. A code comes after a log-normal wait (median 18 s,
σ 0.9); 20 % never get one and stay until they end, after 20 minutes when they expire, or after 7 when people give up.
100 asks a second. It begins in the steady state: most of those alive are the ones that wait in vain.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import exp, log

from bot.domain.polling_plan import CODES, Waiting, choose

LIVE, RATE, TICK, SECONDS = 500, 100, 0.1, 200.0
Plan = Callable[[Sequence[Waiting], int], list[int]]


@dataclass
class Live:
    """In simulated seconds. A code that never comes is None."""

    order_id: int
    placed: float
    asked: float
    life: float
    code_at: float | None
    ends_at: float

    def waiting(self, now: float) -> Waiting:
        age = now - self.placed
        return Waiting(self.order_id, "pending", age, now - self.asked, age - self.life)


def born(order_id: int, placed: float, wait: float | None, life: float) -> Live:
    if wait is None:
        return Live(order_id, placed, placed, life, None, placed + life)
    return Live(order_id, placed, placed, life, placed + wait, float("inf"))


def fresh(order_id: int, now: float, luck: random.Random, life: float) -> Live:
    comes = luck.random() < CODES.share
    return born(order_id, now, luck.lognormvariate(log(CODES.median), CODES.sigma) if comes else None, life)


def met(order_id: int, luck: random.Random, life: float) -> Live:
    """One of those alive at a random moment: the longer a life, the likelier it is met, at any age of it."""
    mean = CODES.median * exp(CODES.sigma**2 / 2)
    vain = (1 - CODES.share) * life
    if luck.random() < vain / (vain + CODES.share * mean):
        return born(order_id, -luck.uniform(0, life), None, life)
    wait = luck.lognormvariate(log(CODES.median) + CODES.sigma**2, CODES.sigma)
    order = born(order_id, -luck.uniform(0, wait), wait, life)
    order.asked = max(order.placed, -5.0)
    return order


def round_robin(waiting: Sequence[Waiting], budget: int) -> list[int]:
    longest = sorted(waiting, key=lambda order: order.since_asked or 0.0, reverse=True)
    return [order.order_id for order in longest[:budget]]


def mean_delay(plan: Plan, life: float, seed: int = 1) -> float:
    luck, delays = random.Random(seed), list[float]()
    live = {n: met(n, luck, life) for n in range(LIVE)}
    next_id = LIVE
    for step in range(int(SECONDS / TICK)):
        now = step * TICK
        asked = plan([each.waiting(now) for each in live.values()], round(RATE * TICK))
        for order_id in asked:
            order = live[order_id]
            order.asked = now
            if order.code_at is not None and order.code_at <= now:
                delays.append(now - order.code_at)
                order.ends_at = now
        for order_id in [n for n, each in live.items() if each.ends_at <= now]:
            del live[order_id]
            live[next_id] = fresh(next_id, now, luck, life)
            next_id += 1
    later = delays[len(delays) // 4 :]
    return sum(later) / len(later)


def main() -> None:
    cases = []
    for life in (1200.0, 420.0):
        planned, fair = mean_delay(choose, life), mean_delay(round_robin, life)
        cases.append(f"{planned:.2f} s against {fair:.2f} s (orders in vain live {life / 60:.0f} min)")
    print(f"polling plan against round robin, {LIVE} orders, {RATE} asks/s: a code waits {', '.join(cases)}")


if __name__ == "__main__":
    main()
