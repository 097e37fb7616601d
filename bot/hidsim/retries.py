"""Which reads are asked again, and when. Purchases, refetch and close never come here."""

import asyncio
import itertools
import random
from collections.abc import Awaitable, Callable
from typing import TypeVar

from bot.hidsim.errors import HidSimError, NotSent, OutcomeUnknown, TooManyRequests
from bot.hidsim.pace import LONGEST_WAIT

ATTEMPTS = 3
SHARE = 0.1
"""Retries per request. An outage must not turn our load into three times our load."""

FLOOR_PER_SECOND = 0.1
"""So that a quiet bot, too, may try again now and then."""

MOST_SAVED = 10.0

Read = TypeVar("Read")


class Retries:
    """The retry budget of all reads together. All times are in seconds.

    `delay`: about how long after its first failure a read is asked again. `patience`: how long after its beginning no
    further attempt is made.
    """

    def __init__(self, clock: Callable[[], float], rng: random.Random, *, delay: float, patience: float) -> None:
        self._clock = clock
        self._rng = rng
        self._delay = delay
        self._patience = patience
        self._saved = MOST_SAVED
        self._counted_at = clock()

    async def around(self, ask: Callable[[], Awaitable[Read]]) -> Read:
        """Asks until there is an answer, three times at most. Raises the last failure."""
        self._earn(SHARE)
        ends = self._clock() + self._patience
        for made in itertools.count(1):
            try:
                return await ask()
            except HidSimError as failure:
                over = made == ATTEMPTS or self._clock() >= ends
                wait = None if over else self._decide(made, failure)
                if wait is None:
                    raise
            await asyncio.sleep(wait)
        raise AssertionError("a count has no end")

    def _decide(self, attempts_made: int, failure: HidSimError) -> float | None:
        """Seconds until the next attempt, or None when this failure is the answer."""
        if isinstance(failure, TooManyRequests):
            # The pace itself waits as long as HidSim said, and a refused request cost HidSim little.
            short = failure.retry_after is None or failure.retry_after <= LONGEST_WAIT
            return 0.0 if short else None
        if not _may_pass(failure) or not self._spend():
            return None
        return self._delay * attempts_made * self._rng.uniform(0.5, 1.5)

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


def _may_pass(failure: HidSimError) -> bool:
    return isinstance(failure, NotSent | OutcomeUnknown) and not failure.lasting
