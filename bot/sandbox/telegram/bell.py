"""Waiting without polling: whoever waits is woken at the next change."""

import asyncio
from collections.abc import Callable


class Bell:
    """A condition that synchronous code can ring. Everybody who waits wakes and looks again."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Future[None]] = set()

    def ring(self) -> None:
        for future in self._waiting:
            if not future.done():
                future.set_result(None)
        self._waiting.clear()

    async def wait(self) -> None:
        """Returns at the next ring."""
        future = asyncio.get_running_loop().create_future()
        self._waiting.add(future)
        try:
            await future
        finally:
            self._waiting.discard(future)

    async def wait_for(self, look: Callable[[], bool], seconds: float) -> bool:
        """Waits until `look()` is true; false after `seconds` of real time."""
        try:
            async with asyncio.timeout(seconds):
                while not look():
                    await self.wait()
        except TimeoutError:
            return look()
        return True
