"""The time of the stories, one for the sandbox and for every process of the bot."""

import time
from datetime import UTC, datetime, timedelta
from multiprocessing.sharedctypes import RawValue

NOON = datetime(2026, 1, 15, 12, tzinfo=UTC)
RATE = 30


class SharedClock:
    """Runs `RATE` times as fast as ours, and can be set forward for everybody at once.

    Handed to a child process, it goes on showing the same time there: the system's monotonic clock is the same for all
    processes, and how far it was set lies in shared memory. Without a lock, or a killed process could keep it for ever.
    """

    def __init__(self) -> None:
        self._began = time.monotonic()
        self._ahead = RawValue("d", 0.0)

    def __call__(self) -> datetime:
        return NOON + timedelta(seconds=(time.monotonic() - self._began) * RATE + self._ahead.value)

    def monotonic(self) -> float:
        """Seconds since it began, whatever it was begun at."""
        return (self() - NOON).total_seconds()

    def advance(self, **by: float) -> None:
        """`advance(minutes=11)`; negative: the clock is set back."""
        self._ahead.value += timedelta(**by).total_seconds()


class WrongClock:
    """Another clock, and what somebody has set it wrong by since."""

    def __init__(self, right: SharedClock) -> None:
        self._right = right
        self._wrong = RawValue("d", 0.0)

    def __call__(self) -> datetime:
        return self._right() + timedelta(seconds=self._wrong.value)

    def monotonic(self) -> float:
        """Nobody sets the monotonic clock wrong."""
        return self._right.monotonic()

    def jump(self, **by: float) -> None:
        self._wrong.value += timedelta(**by).total_seconds()
