"""The sandbox's own clock: UTC, given from outside, movable forward."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta


def utc_now() -> datetime:
    return datetime.now(UTC)


class Clock:
    """Tells the time of chats, queues and limits. Does not drive timeouts of waiting: those pass in real time."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._ahead = timedelta()

    def now(self) -> datetime:
        return self._now() + self._ahead

    def unix(self) -> int:
        """Whole seconds since 1970, as in Telegram's `date` fields."""
        return int(self.now().timestamp())

    def seconds(self) -> float:
        return self.now().timestamp()

    def iso(self) -> str:
        return self.now().isoformat(timespec="milliseconds")

    def advance(self, seconds: float) -> None:
        """Moves the clock forward; it never goes back."""
        if seconds < 0:
            raise ValueError("a clock is not turned back")
        self._ahead += timedelta(seconds=seconds)
