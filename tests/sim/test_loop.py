"""The loop that worlds run on: what asyncio promises holds, time is a number, and the dead do nothing."""

import asyncio

import pytest

from tests.sim.loop import SimLoop, Stuck
from tests.sim.process import Process
from tests.sim.small import Small, after, in_a_small_world


def test_callbacks_run_first_in_first_out() -> None:
    async def many(small: Small) -> list[str]:
        said: list[str] = []
        small.loop.call_soon(lambda: (said.append("a"), small.loop.call_soon(said.append, "d")))
        small.loop.call_soon(said.append, "b")
        small.loop.call_soon(said.append, "c")
        await asyncio.sleep(1)
        return said

    assert in_a_small_world(many) == ["a", "b", "c", "d"]


def test_timers_run_by_their_times_whatever_the_order_of_their_making() -> None:
    async def many(small: Small) -> list[tuple[float, str]]:
        said: list[tuple[float, str]] = []
        for seconds in (3, 1, 2):
            small.loop.call_later(seconds, lambda at=seconds: said.append((small.loop.time(), f"after {at}")))
        await asyncio.sleep(5)
        return said

    assert in_a_small_world(many) == [(1.0, "after 1"), (2.0, "after 2"), (3.0, "after 3")]


def test_an_hour_is_over_when_nothing_is_left_to_do_before() -> None:
    async def sleeps(small: Small) -> float:
        await asyncio.sleep(3600)
        return small.loop.time()

    assert in_a_small_world(sleeps) == 3600.0


def test_a_cancelled_timer_takes_no_time() -> None:
    async def cancels(small: Small) -> float:
        small.loop.call_later(10, str).cancel()
        await asyncio.sleep(1)
        return small.loop.time()

    assert in_a_small_world(cancels) == 1.0


def test_a_callback_runs_in_the_turn_that_began_when_it_was_due() -> None:
    """What becomes ready in a turn waits for the next one, as asyncio has it."""

    async def turns(small: Small) -> list[str]:
        said: list[str] = []

        async def twice(name: str) -> None:
            for _ in range(2):
                said.append(name)
                await asyncio.sleep(0)

        await asyncio.gather(twice("a"), twice("b"))
        return said

    assert in_a_small_world(turns) == ["a", "b", "a", "b"]


def test_who_waits_for_what_can_never_come_is_told() -> None:
    async def waits(small: Small) -> None:
        await small.loop.create_future()

    with pytest.raises(Stuck):
        in_a_small_world(waits)


async def _counts(said: list[str], name: str) -> None:
    try:
        while True:
            said.append(name)
            await asyncio.sleep(1)
    finally:
        said.append(f"{name} cleans up")


def test_a_dead_process_does_nothing_any_more_not_even_a_finally() -> None:
    async def kills(small: Small) -> list[str]:
        said: list[str] = []
        process = small.process("bot")
        process.start(_counts(said, "it"), "count")
        small.process("other").start(_counts(said, "another"), "count")
        await after(2.5, process.die)
        await asyncio.sleep(1)
        return list(said)

    assert in_a_small_world(kills) == ["it", "another", "it", "another", "it", "another", "another"]


def test_what_others_finish_wakes_no_dead_process() -> None:
    async def finishes(small: Small) -> list[str]:
        said: list[str] = []
        process, future = small.process("bot"), small.loop.create_future()

        async def waits() -> None:
            await future
            said.append("woken")

        process.start(waits(), "wait")
        await after(1, process.die)
        future.set_result(None)
        await asyncio.sleep(1)
        return said

    assert in_a_small_world(finishes) == []


@pytest.mark.parametrize("step", [1, 2, 5])
def test_a_process_dies_right_after_the_callback_that_was_named(step: int) -> None:
    async def dies(small: Small) -> tuple[int, list[str]]:
        said: list[str] = []
        process = small.process("bot")
        process.dies_at_step = step
        process.start(_counts(said, "it"), "count")
        await asyncio.sleep(20)
        return process.steps, said

    steps, said = in_a_small_world(dies)
    assert steps == step
    assert "it cleans up" not in said
    assert len(said) <= step


def test_whoever_keeps_it_hears_of_a_death() -> None:
    async def dies(small: Small) -> list[str]:
        said: list[str] = []
        process = small.process("bot")
        process.deaths.append(lambda: said.append("dead"))
        process.die()
        process.die()
        return said

    assert in_a_small_world(dies) == ["dead"]


def test_a_threads_work_is_known_a_moment_later() -> None:
    async def asks(small: Small) -> tuple[int, float]:
        return await asyncio.to_thread(lambda: 42), small.loop.time()

    answer, at = in_a_small_world(asks)
    assert answer == 42
    assert 0 < at < 0.02


def test_a_threads_failure_is_its_callers() -> None:
    async def asks(small: Small) -> None:
        await asyncio.to_thread(int, "x")

    with pytest.raises(ValueError, match="invalid literal"):
        in_a_small_world(asks)


async def _a_day(small: Small, process: Process, pauses: tuple[float, ...]) -> tuple[int, int]:
    async def works() -> None:
        for pause in pauses:
            await asyncio.sleep(pause)

    await process.start(works(), "work")
    return small.loop.print, small.loop.steps


@pytest.mark.parametrize(("pauses", "same"), [((1, 2), True), ((2, 1), False), ((1, 1.000001), False), ((1,), False)])
def test_the_print_tells_one_run_from_another(pauses: tuple[float, ...], *, same: bool) -> None:
    first = in_a_small_world(lambda small: _a_day(small, small.process("bot"), (1, 2)))
    again = in_a_small_world(lambda small: _a_day(small, small.process("bot"), pauses))
    assert (first == again) is same


def test_nobody_gets_out_of_the_world_by_name() -> None:
    async def asks(small: Small) -> None:
        await small.loop.getaddrinfo("example.org", 80)

    with pytest.raises(OSError, match="addresses only"):
        in_a_small_world(asks)


def test_it_reaches_into_asyncio_where_asyncio_still_is() -> None:
    """A Python that moved these would run worlds by real time, or not at all."""
    loop = SimLoop(lambda low, high: low)
    try:
        assert callable(asyncio.BaseEventLoop._run_once)  # type: ignore[attr-defined]
        loop.call_soon(str)
        loop.call_later(1, str)
        assert [len(loop._ready), len(loop._scheduled)] == [1, 1]
    finally:
        loop.close()
