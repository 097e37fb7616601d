"""The nursery: no task is forgotten, none fails in silence."""

import asyncio

from structlog.testing import capture_logs

from bot.tasks import Nursery


async def test_work_goes_on_beside_its_caller_and_is_counted() -> None:
    nursery, ends = Nursery(), asyncio.Event()

    async def work() -> int:
        await ends.wait()
        return 5

    task = nursery.start(work(), "work")
    assert len(nursery) == 1
    ends.set()
    assert await task == 5
    await asyncio.sleep(0)
    assert len(nursery) == 0


async def test_a_failure_is_logged_under_its_name() -> None:
    nursery = Nursery()

    async def fails() -> None:
        raise LookupError("lost")

    with capture_logs() as logs:
        nursery.start(fails(), "doomed")
        assert await nursery.drain(1) == 0
        await asyncio.sleep(0)
    (line,) = logs
    assert (line["event"], line["task"], line["log_level"]) == ("background work failed", "doomed", "error")
    assert isinstance(line["exc_info"], LookupError)


async def test_draining_waits_for_what_ends_in_time_and_cancels_the_rest() -> None:
    nursery = Nursery()
    done: list[str] = []

    async def quick() -> None:
        await asyncio.sleep(0.001)
        done.append("quick")

    async def endless() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            done.append("cleaned up")

    nursery.start(quick(), "quick")
    nursery.start(endless(), "endless")
    with capture_logs() as logs:
        assert await nursery.drain(0.02) == 1
    assert sorted(done) == ["cleaned up", "quick"]
    assert logs == []
    assert len(nursery) == 0


async def test_draining_an_empty_nursery_takes_no_time() -> None:
    assert await Nursery().drain(10) == 0


async def test_what_is_started_while_draining_is_not_lost() -> None:
    nursery = Nursery()
    done: list[str] = []

    async def second() -> None:
        done.append("second")

    async def first() -> None:
        nursery.start(second(), "second")

    nursery.start(first(), "first")
    await nursery.drain(1)
    await nursery.drain(1)
    assert done == ["second"]


async def test_a_drain_waits_for_what_the_work_starts_as_well() -> None:
    nursery, done = Nursery(), list[str]()

    async def second() -> None:
        await asyncio.sleep(0)
        done.append("second")

    async def first() -> None:
        await asyncio.sleep(0)
        nursery.start(second(), "second")
        done.append("first")

    nursery.start(first(), "first")
    assert await nursery.drain(5) == 0
    assert done == ["first", "second"]
