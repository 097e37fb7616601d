"""People who look at a screen while HidSim is asked: how many at once, and for how long.

A HidSim that takes connections and says nothing would else hold every tap for half a minute, and whoever asks for what
needs no HidSim would stand behind them.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.hidsim.bucket import Urgency
from bot.hidsim.errors import OutcomeUnknown, TooManyRequests


class Crowd:
    """`most` wait at the same time, the next is sent home at once; a read ends after `patience` seconds in all."""

    def __init__(self, most: int, patience: float) -> None:
        self._most = most
        self._patience = patience
        self._inside = 0

    @asynccontextmanager
    async def reading(self, urgency: Urgency) -> AsyncIterator[None]:
        """Around a whole read, its retries and pages included. Only those of taps count. Raises HidSimError."""
        if urgency is not Urgency.TAP:
            yield
            return
        async with self.acting():
            try:
                async with asyncio.timeout(self._patience) as patience:
                    yield
            except TimeoutError:
                if not patience.expired():
                    raise
                raise OutcomeUnknown("no answer in the time that a person waits", lasting=True) from None

    @asynccontextmanager
    async def acting(self) -> AsyncIterator[None]:
        """Around what changes something: it may be kept from starting, and is never cut. Raises TooManyRequests."""
        if self._inside >= self._most:
            raise TooManyRequests(429, "too many wait already, nothing was sent")
        self._inside += 1
        try:
            yield
        finally:
            self._inside -= 1
