"""By how much the event loop is late: whatever keeps it busy keeps every tap waiting."""

import asyncio
from collections import deque

_EVERY = 0.1
_REMEMBERED = 600
"""Looks: the last minute."""


class LoopLag:
    """Looks ten times a second from `start` to `close`. It sees a stall, and does not say whose it was."""

    def __init__(self) -> None:
        self._seen: deque[float] = deque(maxlen=_REMEMBERED)
        self._next: asyncio.TimerHandle | None = None

    @property
    def worst(self) -> float:
        """Seconds by which a timer was late at most in the last minute."""
        return max(self._seen, default=0.0)

    @property
    def mean(self) -> float:
        """Seconds by which timers of the last minute were late."""
        return sum(self._seen) / len(self._seen) if self._seen else 0.0

    def start(self) -> None:
        self._look_at(asyncio.get_running_loop().time() + _EVERY)

    def close(self) -> None:
        if self._next is not None:
            self._next.cancel()

    def _look_at(self, due: float) -> None:
        self._next = asyncio.get_running_loop().call_at(due, self._look, due)

    def _look(self, due: float) -> None:
        now = asyncio.get_running_loop().time()
        self._seen.append(max(0.0, now - due))
        self._look_at(now + _EVERY)
