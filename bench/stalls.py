"""How long the event loop, and so every tap, stands still while something goes on."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

_EVERY = 0.002


class Longest:
    """Seconds by which a timer of 2 ms was late at most."""

    seconds = 0.0


@asynccontextmanager
async def longest_stall() -> AsyncIterator[Longest]:
    found, loop = Longest(), asyncio.get_running_loop()

    def look(due: float) -> None:
        now = time.perf_counter()
        found.seconds = max(found.seconds, now - due)
        later.append(loop.call_later(_EVERY, look, now + _EVERY))

    later: list[asyncio.TimerHandle] = []
    look(time.perf_counter())
    try:
        yield found
        await asyncio.sleep(2 * _EVERY)
    finally:
        later[-1].cancel()
