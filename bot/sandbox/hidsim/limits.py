"""How many requests a second the sandbox takes before it answers 429."""

from collections import deque
from datetime import datetime, timedelta

from bot.sandbox.hidsim.clock import Clock
from bot.sandbox.hidsim.errors import ApiError

_WINDOW = timedelta(seconds=1)


class RateLimit:
    """A sliding second of the clock. None is no limit; 0 refuses everything. Refused requests do not count."""

    def __init__(self, clock: Clock, per_second: int | None) -> None:
        self._clock = clock
        self._taken: deque[datetime] = deque()
        self.set(per_second)

    def set(self, per_second: int | None, retry_after: float | None = 1) -> None:
        """`retry_after` in seconds; None sends none."""
        if per_second is not None and per_second < 0:
            raise ValueError("a rate limit is 0 or more requests a second")
        self.per_second = per_second
        self._retry_after = retry_after

    def take(self) -> None:
        """Raises ApiError 429 when the second is full."""
        if self.per_second is None:
            return
        now = self._clock.now()
        while self._taken and self._taken[0] <= now - _WINDOW:
            self._taken.popleft()
        if len(self._taken) >= self.per_second:
            raise ApiError(429, "Too many requests", "RATE_LIMITED", self._retry_after)
        self._taken.append(now)
