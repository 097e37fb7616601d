"""Which reads are asked again, and when. Purchases, refetch and close never come here."""

import random
from collections.abc import Callable

from bot.hidsim.errors import NotSent, OutcomeUnknown, TooManyRequests
from bot.hidsim.pace import LONGEST_WAIT

ATTEMPTS = 3
SHARE = 0.1
"""Retries per request. An outage must not turn our load into three times our load."""

FLOOR_PER_SECOND = 0.1
"""So that a quiet bot, too, may try again now and then."""

MOST_SAVED = 10.0
FIRST_DELAY = 0.1


class Retries:
    """The retry budget of all reads together. `clock` is in seconds."""

    def __init__(self, clock: Callable[[], float], rng: random.Random) -> None:
        self._clock = clock
        self._rng = rng
        self._saved = MOST_SAVED
        self._counted_at = clock()

    def asked(self) -> None:
        """A read begins."""
        self._earn(SHARE)

    def decide(self, attempts_made: int, failure: Exception) -> float | None:
        """Seconds until the next attempt, or None when this failure is the answer."""
        if isinstance(failure, TooManyRequests):
            # The pace itself waits as long as HidSim said, and a refused request cost HidSim little.
            short = failure.retry_after is None or failure.retry_after <= LONGEST_WAIT
            return 0.0 if short else None
        if not _may_pass(failure) or not self._spend():
            return None
        return FIRST_DELAY * attempts_made * self._rng.uniform(0.5, 1.5)

    def _earn(self, more: float) -> None:
        now = self._clock()
        more += max(0.0, now - self._counted_at) * FLOOR_PER_SECOND
        self._counted_at = now
        self._saved = min(MOST_SAVED, self._saved + more)

    def _spend(self) -> bool:
        self._earn(0)
        if self._saved < 1:
            return False
        self._saved -= 1
        return True


def _may_pass(failure: Exception) -> bool:
    return isinstance(failure, NotSent | OutcomeUnknown) and not failure.lasting
