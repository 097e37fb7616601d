"""The sandbox's time: a clock that is handed in, and stories that can run faster than it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class Clock:
    """Reads `now` (aware, UTC). Only stories are divided by `speed`; the clock itself is not made faster."""

    now: Callable[[], datetime]
    speed: float

    def __post_init__(self) -> None:
        if self.speed <= 0:
            raise ValueError("speed must be greater than 0")

    def span(self, seconds: float) -> timedelta:
        """How long so many seconds of a story take on this clock."""
        return timedelta(seconds=seconds / self.speed)
