"""How many requests the sandbox takes before it answers 429, counted in one of the shapes that servers use."""

from collections import deque
from collections.abc import Callable
from typing import Protocol

from bot.sandbox.hidsim.clock import Clock
from bot.sandbox.hidsim.errors import ApiError


class Shape(Protocol):
    """One way to count. Refused requests do not count."""

    def takes(self, at: float) -> bool:
        """Whether a request at this time, in seconds, is taken; times never go back."""


class SlidingWindow:
    """So many requests in any stretch of so many seconds."""

    def __init__(self, most: int, seconds: float) -> None:
        self._most, self._seconds = most, seconds
        self._taken: deque[float] = deque()

    def takes(self, at: float) -> bool:
        while self._taken and self._taken[0] <= at - self._seconds:
            self._taken.popleft()
        if len(self._taken) >= self._most:
            return False
        self._taken.append(at)
        return True


class FixedSecond:
    """So many requests from one stroke of the clock to the next."""

    def __init__(self, per_second: int) -> None:
        self._most = per_second
        self._second, self._taken = 0, 0

    def takes(self, at: float) -> bool:
        if int(at) != self._second:
            self._second, self._taken = int(at), 0
        self._taken += 1
        return self._taken <= self._most


class TokenBucket:
    """Tokens come evenly, and a second's worth of them is kept."""

    def __init__(self, per_second: int) -> None:
        self._rate = per_second
        self._tokens, self._filled_at = float(per_second), 0.0

    def takes(self, at: float) -> bool:
        self._tokens = min(float(self._rate), self._tokens + (at - self._filled_at) * self._rate)
        self._filled_at = at
        if self._tokens < 1:
            return False
        self._tokens -= 1
        return True


SHAPES: dict[str, Callable[[int], Shape]] = {
    "sliding second": lambda per_second: SlidingWindow(per_second, 1),
    "fixed second": FixedSecond,
    "token bucket": TokenBucket,
    "sliding minute": lambda per_second: SlidingWindow(60 * per_second, 60),
}


class RateLimit:
    """By the clock. None is no limit; 0 refuses everything."""

    def __init__(self, clock: Clock, per_second: int | None) -> None:
        self._clock = clock
        self.set(per_second)

    def set(self, per_second: int | None, retry_after: float | None = 1, shape: str = "sliding second") -> None:
        """`retry_after` in seconds; None sends none. Raises ValueError for a shape that is none of `SHAPES`."""
        if per_second is not None and per_second < 0:
            raise ValueError("a rate limit is 0 or more requests a second")
        if shape not in SHAPES:
            raise ValueError(f"a rate limit is a {', a '.join(SHAPES)}")
        self.per_second = per_second
        self._retry_after = retry_after
        self._shape = SHAPES[shape](per_second or 0)

    def take(self) -> None:
        """Raises ApiError 429 when there is no more room."""
        if self.per_second is not None and not self._shape.takes(self._clock.now().timestamp()):
            raise ApiError(429, "Too many requests", "RATE_LIMITED", self._retry_after)
