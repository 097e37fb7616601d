"""How many requests a second HidSim takes, as far as its 429s tell. It counts nothing itself and never waits.

The curve is the one of CUBIC (RFC 9438): after a cut it flattens out below what worked, and the longer nothing is
refused there, the quicker it climbs.
"""

import math
from collections.abc import Callable

SLOWEST_RATE = 0.5
"""Requests a second. Below this nothing would be learned about the limit any more."""

CUT = 0.1
"""The part of what worked that a 429 takes away."""

RETURN = 20.0
"""Seconds from a cut back to what worked; from there on the rate climbs above it."""

BELOW = 0.97
"""How much of what worked is returned to: at the limit itself every lateness of the network would be refused."""

SOON = 0.8
"""The same, where a 429 comes before the return is over: what seemed to work was a reserve that is used up."""

SMALLEST_LEFT = 0.25
"""The part of the rate that one 429 leaves at least: what worked may be little because little was asked."""

PROBES = 1.0
"""Requests a second while everything is refused: one answer tells as much as a hundred."""

SHUT_LONG = 3.0
"""Seconds of nothing but refusals, from which on the limit must be one of a minute: then the minute's mean worked."""


class LearnedRate:
    """Requests a second, between `SLOWEST_RATE` and the setting. Times are the clock's seconds."""

    def __init__(self, most: float, clock: Callable[[], float]) -> None:
        self.most = max(float(most), SLOWEST_RATE)
        self._clock = clock
        self._worked: float | None = None
        self._climbs_from = self._cut_at = -math.inf
        self._shut_since: float | None = None
        self._minute_mean = 0.0
        self.refusals_in_a_row = 0

    @property
    def now(self) -> float:
        if self._worked is None:
            return self.most
        if self.refusals_in_a_row > 1:
            return min(PROBES, self.most)
        return self._climbing(self._worked)

    def _climbing(self, worked: float) -> float:
        away = max(0.0, self._clock() - self._climbs_from) / RETURN - 1
        rate = max(SLOWEST_RATE, worked * (1 + CUT * away**3))
        if rate >= self.most:
            self._worked = None
            return self.most
        return rate

    def granted(self, asked_at: float) -> None:
        """An answer to what was asked at that time, whatever it said but 429."""
        if self._shut_since is None or asked_at <= self._cut_at:
            return
        if self._clock() - self._shut_since > SHUT_LONG and self._worked is not None:
            self._worked = max(SLOWEST_RATE, min(self._worked, max(self._minute_mean, self._worked * SMALLEST_LEFT)))
        self._shut_since, self.refusals_in_a_row = None, 0

    def refused(self, asked_at: float, in_a_second: int, in_a_minute: int) -> bool:
        """A 429. The counts: what was asked in the second and in the minute before it.

        False for what was asked before the last cut, which says nothing more. Where nothing was granted since, the
        limit is still shut, which says nothing about the rate.
        """
        if asked_at <= self._cut_at:
            return False
        if self._shut_since is None:
            self._cut(in_a_second, in_a_minute / 60)
        self._cut_at = self._climbs_from = self._clock()
        self.refusals_in_a_row += 1
        return True

    def _cut(self, in_a_second: int, minute_mean: float) -> None:
        rate, now = self.now, self._clock()
        part = SOON if now - self._climbs_from < RETURN * SOON else BELOW
        worked = min(in_a_second + 1, rate)  # a second of three, looked at from anywhere, shows two or three
        self._worked = max(SLOWEST_RATE, part * max(worked, rate * SMALLEST_LEFT))
        self._minute_mean = minute_mean
        self._shut_since = now

    def paused(self, seconds: float) -> None:
        """For so long nothing is asked, so nothing is learned: the climb goes on behind it."""
        self._climbs_from += seconds
