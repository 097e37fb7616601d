"""The arithmetic of our pace: a token bucket whose rate is learned. It never waits and has no clock of its own."""

import math
from collections.abc import Callable
from enum import IntEnum

SLOWEST_RATE = 0.5
"""Requests a second. Below this nothing would be learned about the limit any more."""

SMALLEST_BURST = 5.0
RECOVERY_SECONDS = 300.0
"""From nothing back to the full rate: quick enough for a shop, slow enough not to meet the limit again at once."""


class Urgency(IntEnum):
    """Who goes first when the request budget is short: the smaller."""

    PURCHASE = 0
    TAP = 1
    POLL = 2
    FILL = 3


KEPT_FREE = {Urgency.PURCHASE: 0.0, Urgency.TAP: 0.0, Urgency.POLL: 0.2, Urgency.FILL: 0.8}
"""The part of a full bucket that a request leaves for more urgent ones, so that a tap finds a token at once.

Filling the catalog runs only on what would overflow: otherwise a poller that takes `budget` would never see any.
"""


class Bucket:
    """Tokens for requests. `rate` is requests a second, every time is `clock`'s seconds."""

    def __init__(self, rate: float, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._most = max(float(rate), SLOWEST_RATE)
        self._cut_rate, self._cut_at, self._climbs_from = self._most, -math.inf, -math.inf
        self._size = max(self._most, SMALLEST_BURST)
        self._tokens = self._size
        self._filled_at = self._paused_until = clock()

    @property
    def rate(self) -> float:
        climbing = max(0.0, self._clock() - self._climbs_from)
        return min(self._most, self._cut_rate + climbing * self._most / RECOVERY_SECONDS)

    @property
    def paused(self) -> float:
        """Seconds until anything may start at all."""
        return max(0.0, self._paused_until - self._clock())

    def _fill(self) -> None:
        now = self._clock()
        self._tokens = min(self._size, self._tokens + max(0.0, now - self._filled_at) * self.rate)
        self._filled_at = max(self._filled_at, now)

    def spare(self, urgency: Urgency) -> float:
        """How many tokens a request of this urgency may use, those of more urgent ones left in."""
        self._fill()
        return 0.0 if self.paused else self._tokens - KEPT_FREE[urgency] * self._size

    def take(self, urgency: Urgency) -> bool:
        if self.spare(urgency) < 1 - 1e-9:
            return False
        self._tokens -= 1
        return True

    def put_back(self) -> None:
        self._tokens = min(self._size, self._tokens + 1)

    def wait(self, urgency: Urgency) -> float:
        """Seconds until `take` may succeed, if nobody else takes."""
        self._fill()
        needed = 1 + KEPT_FREE[urgency] * self._size - self._tokens
        return self.paused + max(0.0, needed) / self.rate

    def pause(self, seconds: float) -> None:
        """Nothing starts for so long, and nothing is learned meanwhile. A running longer pause stays."""
        self._fill()
        begin = max(self._paused_until, self._clock())
        self._paused_until = max(begin, self._clock() + seconds)
        self._filled_at = max(self._filled_at, self._paused_until)
        self._climbs_from += self._paused_until - begin

    def halve(self, asked_at: float) -> None:
        """We were too fast. Answers to requests asked before the last halving say nothing new."""
        if asked_at <= self._cut_at:
            return
        self._cut_rate = max(SLOWEST_RATE, self.rate / 2)
        self._cut_at = self._clock()
        self._climbs_from = max(self._cut_at, self._paused_until)
        self._fill()
        self._tokens = 0.0
