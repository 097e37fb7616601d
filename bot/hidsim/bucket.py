"""The arithmetic of our pace: when the next request may leave. It never waits and has no clock of its own.

Two rules hold together. A leaky bucket (the generic cell rate algorithm) lets polls leave evenly, and after a rest lets
people's requests leave at once, one second's worth. A sliding second never sees more than the rate, whoever asked: what
any limit of the same rate counts, by the second, by the minute or by tokens, is never more than it grants.
"""

import math
from collections import deque
from collections.abc import Callable
from enum import IntEnum

from bot.hidsim.learned_rate import LearnedRate

SLACK = 1.02
"""Our second, in HidSim's: requests that leave evenly arrive a little less so."""

CATCH_UP = 0.05
"""Seconds of polls that may leave together when a timer or the loop was late."""

FILL_GAP = 0.5
"""The part of a place that filling the catalog leaves empty before each of its own, so that taps find some."""

LONGEST_PAUSE = 300.0
"""Seconds. Whatever `Retry-After` says, after this we try again."""

PAUSE_WITHOUT_A_WORD = 1.0
LONGEST_BACK_OFF = 4.0
"""Seconds between two tries while everything is refused: so little that nobody in line is sent home for it."""

_DUST = 1e-9


class Urgency(IntEnum):
    """Who goes first when the request budget is short: the smaller."""

    PURCHASE = 0
    TAP = 1
    POLL = 2
    FILL = 3


class Bucket:
    """Places for requests at a rate that is learned. Every time is `clock`'s seconds."""

    def __init__(self, rate: LearnedRate, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._rate = rate
        self._paused_until = clock()
        self._due = clock()
        """When the next of all that leave evenly is due."""
        self._departed: deque[float] = deque(maxlen=2 * math.ceil(rate.most) + 2)
        self._minute = _Minute()

    @property
    def paused(self) -> float:
        """Seconds until anything may start at all."""
        return max(0.0, self._paused_until - self._clock())

    def wait(self, urgency: Urgency) -> float:
        """Seconds until `take` succeeds, if nobody else takes."""
        return max(0.0, self._opens(urgency, self._clock()) - self._clock())

    def take(self, urgency: Urgency) -> float | None:
        """The time at which it leaves, which is now, or None."""
        now = self._clock()
        if self._opens(urgency, now) > now + _DUST:
            return None
        late = 0 if urgency is Urgency.FILL else CATCH_UP
        self._due = max(self._due, now - late) + SLACK / self._rate.now
        self._departed.append(now)
        self._minute.count(now)
        return now

    def _opens(self, urgency: Urgency, now: float) -> float:
        rate = self._rate.now
        if self._departed and self._departed[-1] > now:
            self._clock_went_back(now)
        gap, most = SLACK / rate, max(1, math.ceil(rate - _DUST))
        if urgency <= Urgency.TAP:
            opens = self._due - max(0.0, rate - 1) * gap
        else:
            opens = self._due if urgency is Urgency.POLL else self._due + FILL_GAP * gap
        if len(self._departed) >= most:
            opens = max(opens, self._departed[-most] + SLACK * max(1.0, 1 / rate))
        return max(opens, self._paused_until)

    def _clock_went_back(self, now: float) -> None:
        self._departed.clear()
        self._due = self._paused_until = now

    def put_back(self, left_at: float) -> None:
        """What was taken then did not leave."""
        if self._departed and self._departed[-1] == left_at:
            self._departed.pop()
            self._minute.discount()
        self._due -= SLACK / self._rate.now

    def pause(self, seconds: float) -> None:
        """Nothing starts for so long, five minutes at most, and nothing is learned meanwhile. A longer pause stays."""
        now = self._clock()
        begin = max(self._paused_until, now)
        self._paused_until = max(begin, now + min(max(0.0, seconds), LONGEST_PAUSE))
        self._rate.paused(self._paused_until - begin)

    def granted(self, asked_at: float) -> None:
        """An answer to what left then, whatever it said but 429."""
        self._rate.granted(asked_at)

    def refused(self, asked_at: float, retry_after: float | None) -> None:
        """429 to what left then: a lower rate where that says something new, and in any case a pause."""
        second = sum(1 for one in self._departed if asked_at - 1 < one < asked_at)
        new = self._rate.refused(asked_at, second, self._minute.sum(self._clock()))
        wait = PAUSE_WITHOUT_A_WORD if retry_after is None else retry_after
        if new and (again := self._rate.refusals_in_a_row - 1):
            wait = max(wait, min(LONGEST_BACK_OFF, 2.0**again))
        self.pause(wait)


class _Minute:
    """How many left in the last sixty whole seconds, and in the one that runs."""

    def __init__(self) -> None:
        self._seconds: deque[tuple[int, int]] = deque()
        self._running, self._count = 0, 0

    def count(self, now: float) -> None:
        if int(now) != self._running:
            self._close(int(now))
        self._count += 1

    def discount(self) -> None:
        self._count -= 1

    def _close(self, second: int) -> None:
        self._seconds.append((self._running, self._count))
        self._running, self._count = second, 0
        while self._seconds and not second - 60 <= self._seconds[0][0] < second:
            self._seconds.popleft()

    def sum(self, now: float) -> int:
        if int(now) != self._running:
            self._close(int(now))
        return self._count + sum(count for _, count in self._seconds)
