"""The ground on which a simulation stands: the standard library's time and chance, made the world's own.

Laid before anything of the bot's is imported, because a default argument keeps the clock that was there when it was
read.
"""

import os
import random
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import time_machine

EPOCH = datetime(2026, 1, 15, 12, tzinfo=UTC)
"""When every world begins: far from midnight."""
_monotonic: list[Callable[[], float]] = [time.monotonic]
_chance: list[random.Random] = [random.Random(0)]
real_clock = time.perf_counter
"""The machine's own, for what measures the simulation itself."""


def lay() -> None:
    time.monotonic = time.perf_counter = _now
    time.monotonic_ns = time.perf_counter_ns = lambda: round(_now() * 1e9)
    os.urandom = _bytes
    random._urandom = _bytes  # type: ignore[attr-defined]


def stand_on(loop_time: Callable[[], float], seed: str) -> None:
    """From now on time is the loop's, and chance the seed's."""
    _monotonic[0] = loop_time
    _chance[0] = random.Random(f"{seed}:chance")
    random.seed(f"{seed}:random")


def _now() -> float:
    return _monotonic[0]()


def _bytes(size: int) -> bytes:
    return _chance[0].randbytes(size)


class WallClock:
    """`datetime.now` and `time.time`, everywhere: the loop's time and what a machine's clock is ahead of it."""

    def __init__(self) -> None:
        self._traveller: Any = time_machine.travel(EPOCH, tick=False).start()
        self._shown = 0

    def show(self, micros: int) -> None:
        """Microseconds since the world's beginning."""
        if micros != self._shown:
            self._traveller.shift(timedelta(microseconds=micros - self._shown))
            self._shown = micros
