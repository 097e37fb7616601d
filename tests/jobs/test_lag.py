"""A loop that stands still is seen, by how long it stood."""

import asyncio
import time

import pytest

from bot.jobs.lag import LoopLag


async def test_a_stall_is_seen() -> None:
    lag = LoopLag()
    assert (lag.worst, lag.mean) == (0.0, 0.0)
    lag.start()
    ends = time.monotonic() + 0.3
    while time.monotonic() < ends:
        """Nothing else may run."""
    for _ in range(3):
        await asyncio.sleep(0)
    assert lag.worst == pytest.approx(0.2, abs=0.1)
    lag.close()
