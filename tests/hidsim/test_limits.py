"""Our pace against HidSim's limits, in every shape that servers count in. Time is a number: no loop and no HTTP."""

import heapq
import itertools
import random
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from bot.hidsim import Urgency
from bot.hidsim.bucket import Bucket
from bot.hidsim.learned_rate import LearnedRate
from bot.sandbox.hidsim.limits import SHAPES
from tests.hidsim.conftest import Clock

LATENCY, JITTER = 0.04, 0.01
"""Seconds that a request is on its way, and by how much more or less."""


@dataclass
class World:
    """A poller at full speed and a far end that takes what its limit takes. Its second begins 0.37 s before ours."""

    rate: float
    takes: Callable[[float], bool]
    retry_after: float | None = 1
    clock: Clock = field(default_factory=Clock)
    taken: list[float] = field(default_factory=list)
    refused: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.begun = self.clock()
        self.learned = LearnedRate(self.rate, self.clock)
        self.bucket = Bucket(self.learned, self.clock)
        self._luck = random.Random(1)
        self._coming: list[tuple[float, int, Callable[[float], None], float]] = []
        self._order = itertools.count()

    def _later(self, seconds: float, act: Callable[[float], None], asked_at: float) -> None:
        heapq.heappush(self._coming, (self.clock() + seconds, next(self._order), act, asked_at))

    def poll(self, seconds: float) -> None:
        ends = self.clock() + seconds
        while self.clock() < ends:
            if (asked_at := self.bucket.take(Urgency.POLL)) is not None:
                self._later(LATENCY + self._luck.uniform(-JITTER, JITTER), self._arrive, asked_at)
                continue
            polls_at = self.clock() + self.bucket.wait(Urgency.POLL)
            if self._coming and self._coming[0][0] <= polls_at:
                self.clock.seconds, _, act, asked_at = heapq.heappop(self._coming)
                act(asked_at)
            else:
                self.clock.seconds = polls_at

    def _arrive(self, asked_at: float) -> None:
        now = self.clock()
        if self.takes(now + 0.37):
            self.taken.append(now - self.begun)
            self._later(LATENCY, self.bucket.granted, asked_at)
        else:
            self.refused.append(now - self.begun)
            self._later(LATENCY, lambda at: self.bucket.refused(at, self.retry_after), asked_at)

    @property
    def share_refused(self) -> float:
        return len(self.refused) / (len(self.refused) + len(self.taken))

    def reached(self, since: float, until: float) -> float:
        """Requests a second that were taken."""
        return sum(since <= at < until for at in self.taken) / (until - since)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize(("rate", "limit"), [(10, 10), (10, 12), (200, 200), (1, 1)])
def test_a_limit_that_is_not_below_the_rate_is_never_met(shape: str, rate: float, limit: int) -> None:
    world = World(rate, SHAPES[shape](limit).takes)
    world.poll(100)
    assert world.refused == []
    assert world.reached(10, 90) >= 0.97 * rate


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize(("rate", "limit"), [(400, 200), (40, 10), (10, 3)])
def test_a_lower_limit_is_found_and_kept_to(shape: str, rate: float, limit: int) -> None:
    world = World(rate, SHAPES[shape](limit).takes)
    world.poll(300)
    assert world.share_refused <= 0.03
    assert world.reached(60, 300) >= 0.85 * limit


def test_ten_seconds_after_a_cut_nine_tenths_of_what_worked_are_back() -> None:
    world = World(400, SHAPES["sliding second"](200).takes)
    world.poll(20)
    assert world.reached(9, 11) >= 0.9 * 200


@pytest.mark.parametrize("rate", [10, 100, 400])
def test_a_limit_that_is_lifted_is_found_within_minutes(rate: float) -> None:
    lower, lifted_at = SHAPES["token bucket"](max(1, round(rate / 20))), 1060.0
    world = World(rate, lambda at: at > lifted_at or lower.takes(at))
    world.poll(60 + 240)
    assert world.reached(290, 300) >= 0.97 * rate
    assert not [at for at in world.refused if at > 60]


@pytest.mark.parametrize("retry_after", [None, 0, 1, 3])
def test_while_everything_is_refused_little_is_asked_and_nothing_is_unlearned(retry_after: float | None) -> None:
    world = World(100, lambda at: not 1070 < at <= 1130, retry_after)
    world.poll(150)
    assert len([at for at in world.refused if at > 71]) <= 25
    assert world.reached(144, 150) >= 0.85 * 100


def test_one_refusal_of_a_quiet_bot_leaves_it_a_pace_to_work_at() -> None:
    world = World(10, lambda _: True)
    world.bucket.take(Urgency.TAP)
    world.clock.pass_(5)
    world.bucket.refused(world.clock() - 1, None)
    assert world.learned.now >= 2
    world.poll(90)
    assert world.learned.now == 10


def test_a_wait_that_hidsim_names_is_waited_by_all_and_five_minutes_at_most() -> None:
    world = World(10, lambda _: True)
    asked_at = world.bucket.take(Urgency.TAP)
    assert asked_at is not None
    world.bucket.refused(asked_at, 40)
    assert {world.bucket.wait(urgency) for urgency in Urgency} == {40}
    world.bucket.pause(86_400)
    assert world.bucket.paused == 300


def test_refusals_of_what_was_asked_before_a_cut_cut_no_more() -> None:
    world = World(16, lambda _: True)
    world.poll(2)
    asked_at = world.clock()
    for _ in range(20):
        world.clock.pass_(0.001)
        world.bucket.refused(asked_at, 0)
    assert world.learned.now >= 0.8 * 16
