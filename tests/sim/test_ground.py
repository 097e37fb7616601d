"""The standard library's time and chance are the world's, for everything that is read after the ground is laid."""

import os
import random
import secrets
import time
from datetime import UTC, datetime, timedelta

from tests.sim import ground
from tests.sim.alone import alone


def _an_hour_later() -> None:
    ground.lay()
    now = [0.0]
    ground.stand_on(lambda: now[0], "7")
    clock = ground.WallClock()
    for moment in (0.0, 0.25, 3600.0):
        now[0] = moment
        clock.show(round(moment * 1e6))
        assert time.monotonic() == time.perf_counter() == moment
        assert time.monotonic_ns() == time.perf_counter_ns() == moment * 1e9
        assert datetime.now(UTC) == ground.EPOCH + timedelta(seconds=moment)
        assert time.time() == datetime.now(UTC).timestamp()


def _a_wrong_clock() -> None:
    ground.lay()
    ground.stand_on(lambda: 5.0, "7")
    clock = ground.WallClock()
    clock.show(-3600 * 10**6)
    assert datetime.now(UTC) == ground.EPOCH - timedelta(hours=1)
    assert time.monotonic() == 5.0


def _draws(seed: str) -> tuple[object, ...]:
    ground.stand_on(lambda: 0.0, seed)
    return os.urandom(8), secrets.token_hex(8), random.SystemRandom().random(), random.random()


def _chance() -> None:
    ground.lay()
    first, other, again = _draws("7"), _draws("8"), _draws("7")
    assert first == again
    assert not set(first) & set(other)


def _the_machines_own() -> None:
    ground.lay()
    ground.stand_on(lambda: 0.0, "7")
    before = ground.real_clock()
    assert sum(range(100_000)) > 0
    assert ground.real_clock() > before
    assert time.perf_counter() == 0.0


def test_time_is_the_loops() -> None:
    alone(_an_hour_later)


def test_a_wall_clock_that_is_wrong_changes_no_other_time() -> None:
    alone(_a_wrong_clock)


def test_chance_is_the_seeds() -> None:
    alone(_chance)


def test_what_measures_the_simulation_has_the_machines_own_clock() -> None:
    alone(_the_machines_own)


def test_nothing_is_replaced_where_it_is_only_read() -> None:
    assert time.monotonic is not ground._now
    assert time.perf_counter is ground.real_clock
