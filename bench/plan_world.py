"""A shop in virtual time: N live orders, asks that leave evenly, codes that come when their luck says.

One that ends is replaced at once, so that N stays. The n-th order has the same luck under every plan.
"""

import random
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from heapq import heapify, heappop, heappush
from math import exp, inf, log
from typing import Protocol

from bot.domain.polling.learning import Awaited, Curves
from bot.domain.polling.promise import longest_gap
from bot.domain.polling.schedule import Schedule, Waiting

LIFE = 1_200.0
"""Seconds that one lives whose code never comes."""


@dataclass(frozen=True)
class Law:
    """When codes come: log-normal in seconds, but for the share that never does."""

    median: float = 18.0
    sigma: float = 0.9
    never: float = 0.2

    @property
    def mean(self) -> float:
        return self.median * exp(self.sigma**2 / 2)

    def wait(self, luck: random.Random) -> float:
        return inf if luck.random() < self.never else luck.lognormvariate(log(self.median), self.sigma)

    def met(self, luck: random.Random) -> tuple[float, float]:
        """(age, wait) of one alive at a random moment: the longer a life, the likelier it is met."""
        vain = self.never * LIFE
        if luck.random() < vain / (vain + (1 - self.never) * self.mean):
            return luck.uniform(0, LIFE), inf
        wait = luck.lognormvariate(log(self.median) + self.sigma**2, self.sigma)
        return luck.uniform(0, wait), wait


@dataclass(slots=True)
class Order:
    """Moments in virtual seconds. `asked`: the start of its last ask, or since when it is here."""

    order_id: int
    placed: float
    asked: float
    code_at: float


class Plan(Protocol):
    """Who decides. What is put may be taken; what is taken is answered, or dropped because its code was there."""

    def put(self, order: Order) -> None: ...
    def take(self, now: float, rate: float) -> int | None: ...
    def answered(self, order: Order, now: float) -> None: ...
    def found(self, order: Order, now: float) -> None: ...
    def ended(self, order: Order, now: float) -> None: ...


class Planned:
    """The bot's own schedule, learning as the bot does."""

    def __init__(self, curves: Curves) -> None:
        self.curves, self.schedule = curves, Schedule(curves)
        self.longest_stretch = 1.0

    def put(self, order: Order) -> None:
        self.schedule.put(Waiting(order.order_id, 1, Awaited.CODE, order.placed, order.asked))

    def take(self, now: float, rate: float) -> int | None:
        taken = self.schedule.take(now, rate)
        self.longest_stretch = max(self.longest_stretch, self.schedule.stretch)
        return taken

    def answered(self, order: Order, now: float) -> None:
        waiting = self.schedule.get(order.order_id)
        if waiting is not None:
            before = waiting.asked
            self.schedule.answered(order.order_id, now)
            self.curves.waited(Awaited.CODE, 1, before - order.placed, waiting.asked - order.placed)

    def found(self, order: Order, now: float) -> None:
        waiting = self.schedule.get(order.order_id)
        if waiting is not None:
            self.curves.came(Awaited.CODE, 1, waiting.asked - order.placed, order.asked - order.placed)
            self.schedule.drop(order.order_id)

    def ended(self, order: Order, now: float) -> None:
        waiting = self.schedule.get(order.order_id)
        if waiting is not None:
            self.curves.waited(Awaited.CODE, 1, waiting.asked - order.placed, now - order.placed)
            self.schedule.drop(order.order_id)


class BackOff:
    """Each order after 2 s, then after 1.5 times as long as before, up to 30 s; who is due first goes first."""

    FIRST, FACTOR, LAST = 2.0, 1.5, 30.0

    def __init__(self) -> None:
        self._due: list[tuple[float, int]] = []
        self._gaps: dict[int, float] = {}

    def put(self, order: Order) -> None:
        gap = self.FIRST
        while order.placed + gap < order.asked and gap < self.LAST:
            gap = min(self.LAST, gap * self.FACTOR)
        self._wait(order, gap)

    def _wait(self, order: Order, gap: float) -> None:
        self._gaps[order.order_id] = gap
        heappush(self._due, (order.asked + gap, order.order_id))

    def take(self, now: float, rate: float) -> int | None:
        while self._due and self._due[0][0] <= now:
            order_id = heappop(self._due)[1]
            if order_id in self._gaps:
                return order_id
        return None

    def answered(self, order: Order, now: float) -> None:
        if order.order_id in self._gaps:
            self._wait(order, min(self.LAST, self._gaps[order.order_id] * self.FACTOR))

    def found(self, order: Order, now: float) -> None:
        self._gaps.pop(order.order_id, None)

    def ended(self, order: Order, now: float) -> None:
        self._gaps.pop(order.order_id, None)


class RoundRobin(BackOff):
    """Who was asked longest ago, once a second at most."""

    FIRST = FACTOR = LAST = 1.0


class Naive(BackOff):
    """Every order every 5 s, whatever the limit: it is for the world to refuse what is too much."""

    FIRST = LAST = 5.0
    FACTOR = 1.0


@dataclass
class Seen:
    """Of the orders that count. `delays` in seconds; `starved`: those left alone for longer than was promised."""

    delays: list[float] = field(default_factory=list)
    asks: int = 0
    starved: int = 0

    @property
    def mean(self) -> float:
        return sum(self.delays) / max(1, len(self.delays))

    def quantile(self, part: float) -> float:
        return sorted(self.delays)[int(part * (len(self.delays) - 1))] if self.delays else 0.0


@dataclass(frozen=True)
class World:
    """`answer_takes` seconds from an ask to its answer, which says how things stood when it was asked."""

    live: int
    rate: float
    law: Law = field(default_factory=Law)
    answer_takes: float = 0.0
    seed: int = 1

    def at_work(self) -> list[Order]:
        """The steady state: most of those alive are the ones that wait in vain."""
        luck = random.Random(self.seed)
        orders = []
        for order_id in range(self.live):
            age, wait = self.law.met(luck)
            orders.append(Order(order_id, -age, max(-age, -luck.uniform(0, self.live / self.rate)), wait - age))
        return orders

    def all_new(self) -> list[Order]:
        return [self.born(order_id, 0.0) for order_id in range(self.live)]

    def born(self, order_id: int, now: float) -> Order:
        luck = random.Random(self.seed * 1_000_003 + order_id)
        return Order(order_id, now, now, now + self.law.wait(luck))


class Run:
    """One plan in one world."""

    def __init__(self, world: World, plan: Plan, orders: Iterable[Order]) -> None:
        self.world, self.plan = world, plan
        self.live = {order.order_id: order for order in orders}
        self.next_id = max(self.live) + 1
        self.under_way: deque[tuple[float, Order]] = deque()
        self.ends = [(order.placed + LIFE, order.order_id) for order in self.live.values() if order.code_at == inf]
        heapify(self.ends)
        for order in self.live.values():
            plan.put(order)

    def go(self, begin: float, end: float, first_orders: int | None = None, unlimited: bool = False) -> Seen:
        """Counts what is read from `begin` on: until `end`, or, with `first_orders`, of those with lower ids alone."""
        seen, slot, left = Seen(), 0, 0
        second = -1.0
        while True:
            now = slot / self.world.rate
            if unlimited:  # every ask is made; the partner answers as many as its limit in each second
                second, left = (now // 1, round(self.world.rate)) if now // 1 != second else (second, left)
            self._answers(now, seen, begin, first_orders)
            self._ends(now)
            if now > end or (first_orders is not None and not self._waits_for(first_orders)):
                return seen
            while (order_id := self.plan.take(now, self.world.rate)) is not None:
                order = self.live[order_id]
                seen.asks += 1
                refused = unlimited and left <= 0
                left -= 1
                if not refused:
                    self._judge(order, now, seen, begin)
                order.asked = now
                came = order.code_at <= now and not refused
                self.under_way.append((now + self.world.answer_takes, order if came else replace(order, code_at=inf)))
                if not unlimited:
                    break
            slot += 1

    def _waits_for(self, first_orders: int) -> bool:
        if self.next_id < first_orders:
            return True
        return any(one < first_orders and order.code_at < inf for one, order in self.live.items())

    def _judge(self, order: Order, now: float, seen: Seen, begin: float) -> None:
        stretch = getattr(self.plan, "longest_stretch", 1.0)
        promised = longest_gap(order.asked - order.placed, is_old=False) * stretch
        if now >= begin and now - max(order.asked, 0.0) > 1.2 * promised + 1.0:
            seen.starved += 1

    def _answers(self, now: float, seen: Seen, begin: float, first_orders: int | None) -> None:
        while self.under_way and self.under_way[0][0] <= now:
            at, answer = self.under_way.popleft()
            order = self.live.get(answer.order_id)
            if order is None:
                continue
            if answer.code_at == inf:
                self.plan.answered(order, at)
                continue
            self.plan.found(order, at)
            if at >= begin and (first_orders is None or order.order_id < first_orders):
                seen.delays.append(at - order.code_at)
            self._replace(order, at)

    def _ends(self, now: float) -> None:
        while self.ends and self.ends[0][0] <= now:
            at, order_id = heappop(self.ends)
            order = self.live[order_id]
            self.plan.ended(order, at)
            self._replace(order, at)

    def _replace(self, order: Order, now: float) -> None:
        del self.live[order.order_id]
        fresh = self.world.born(self.next_id, now)
        self.next_id += 1
        self.live[fresh.order_id] = fresh
        if fresh.code_at == inf:
            heappush(self.ends, (now + LIFE, fresh.order_id))
        self.plan.put(fresh)


def learned(law: Law, orders: int = 2_000, seed: int = 99) -> Curves:
    """What the shop knows after so many orders."""
    luck, curves = random.Random(seed), Curves()
    for _ in range(orders):
        wait = law.wait(luck)
        if wait < LIFE:
            curves.waited(Awaited.CODE, 1, 0.0, max(0.0, wait - 0.5))
            curves.came(Awaited.CODE, 1, max(0.0, wait - 0.5), wait + 0.5)
        else:
            curves.waited(Awaited.CODE, 1, 0.0, LIFE)
    return curves
