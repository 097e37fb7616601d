"""Ticks come at their pace, whatever the last one did and whoever sets the machine's clock.

Both clocks are virtual: the loop's is looptime's, the wall's is shifted beside it.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

import pytest
import time_machine
from structlog.testing import capture_logs

from bot.jobs.clock import Clock
from bot.tasks import Nursery

pytestmark = pytest.mark.looptime
STEP = 0.125
NEW_YEAR = datetime(2030, 1, 1, tzinfo=UTC)


class Machine:
    """A machine on which time passes when told. Somebody may set its wall clock."""

    def __init__(self, wall: time_machine.Traveller) -> None:
        self._wall = wall

    async def pass_(self, seconds: float) -> None:
        for _ in range(round(seconds / STEP)):
            self._wall.shift(STEP)
            await asyncio.sleep(STEP)
        for _ in range(5):  # what is due at this very moment begins
            await asyncio.sleep(0)

    def set_by(self, seconds: float) -> None:
        self._wall.shift(seconds)


class Work:
    """A tick's work. `begun`: when, by the loop; `trouble` is raised while there is one; `takes` is in seconds."""

    def __init__(self) -> None:
        self.begun: list[float] = []
        self.at_once = self.most_at_once = 0
        self.takes = 0.0
        self.trouble: Exception | None = None

    async def __call__(self) -> None:
        self.begun.append(asyncio.get_running_loop().time())
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            await asyncio.sleep(self.takes)
            if self.trouble is not None:
                raise self.trouble
        finally:
            self.at_once -= 1

    def times(self) -> int:
        """How often since it was last asked."""
        count = len(self.begun)
        self.begun.clear()
        return count


@pytest.fixture
def machine() -> Iterator[Machine]:
    with time_machine.travel(NEW_YEAR, tick=False) as wall:
        yield Machine(wall)


@pytest.fixture
def work() -> Work:
    return Work()


@asynccontextmanager
async def ticking(work: Work) -> AsyncIterator[Clock]:
    """A clock that runs, with one tick a second on it. No fixture: looptime's loop is a test's own."""
    clock = Clock(Nursery())
    clock.every(1, "tested", work)
    clock.start()
    try:
        yield clock
    finally:
        clock.close()


@pytest.fixture
def lines() -> Iterator[list[dict[str, object]]]:
    """What was logged."""
    with capture_logs() as captured:
        yield captured  # type: ignore[misc]


def said(lines: list[dict[str, object]]) -> list[tuple[object, object, object]]:
    return [(line["log_level"], line["event"], line.get("tick")) for line in lines]


async def test_a_tick_comes_once_a_second(machine: Machine, work: Work) -> None:
    async with ticking(work):
        await machine.pass_(10)
        assert work.times() == 10


async def test_a_failure_is_said_once_and_its_end_once(
    machine: Machine, work: Work, lines: list[dict[str, object]]
) -> None:
    async with ticking(work):
        work.trouble = RuntimeError("no disk")
        await machine.pass_(5)
        assert work.times() == 5
        assert said(lines) == [("error", "a tick fails", "tested")]
        assert lines[0]["exc_info"]
        work.trouble = None
        await machine.pass_(5)
        assert said(lines)[1:] == [("info", "a tick works again", "tested")]
        work.trouble = RuntimeError("no disk, again")
        await machine.pass_(2)
        assert said(lines)[2:] == [("error", "a tick fails", "tested")]


async def test_the_failure_of_one_tick_is_nothing_to_another(
    machine: Machine, work: Work, lines: list[dict[str, object]]
) -> None:
    async with ticking(work) as clock:
        other = Work()
        other.trouble = RuntimeError("mine alone")
        clock.every(1, "other", other)
        await machine.pass_(4)
        assert (work.times(), other.times()) == (4, 4)
        assert said(lines) == [("error", "a tick fails", "other")]


async def test_a_tick_that_takes_long_is_never_doubled_and_keeps_nobody_waiting(machine: Machine, work: Work) -> None:
    async with ticking(work) as clock:
        other = Work()
        clock.every(1, "other", other)
        work.takes = 3.5
        await machine.pass_(12)
        assert work.most_at_once == 1
        assert 3 <= work.times() <= 4
        assert other.times() == 12
        work.takes = 0
        await machine.pass_(5)
        work.times()
        await machine.pass_(5)
        assert work.times() == 5


@pytest.mark.parametrize("by", [-86_400, -3_600, -10, 10, 3_600, 86_400])
async def test_a_clock_that_is_set_holds_no_tick_back(
    machine: Machine, work: Work, lines: list[dict[str, object]], by: int
) -> None:
    async with ticking(work):
        await machine.pass_(3)
        work.times()
        machine.set_by(by)
        await machine.pass_(3)
        assert 2 <= work.times() <= 4
        assert said(lines) == [("warning", "the machine's clock was set", None)]
        assert lines[0]["by_seconds"] == by
        await machine.pass_(10)
        assert work.times() == 10


async def test_a_clock_that_is_slewed_is_not_called_set(
    machine: Machine, work: Work, lines: list[dict[str, object]]
) -> None:
    async with ticking(work):
        for _ in range(20):
            machine.set_by(0.04)
            await machine.pass_(1)
        assert 20 <= work.times() <= 21
        assert lines == []


async def test_a_machine_that_slept_runs_a_tick_once_for_all_that_it_missed(machine: Machine, work: Work) -> None:
    async with ticking(work):
        await machine.pass_(2)
        work.times()
        machine.set_by(600)
        await machine.pass_(STEP)
        await machine.pass_(1)
        assert 1 <= work.times() <= 3


async def test_a_stopped_clock_begins_no_tick_and_cuts_none(machine: Machine, work: Work) -> None:
    async with ticking(work) as clock:
        work.takes = 2
        await machine.pass_(1.5)
        assert work.at_once == 1
        clock.stop()
        await machine.pass_(10)
        assert (work.times(), work.at_once) == (1, 0)


async def test_a_closed_clock_leaves_nothing_behind(machine: Machine, work: Work) -> None:
    clock = Clock(Nursery())
    clock.every(1, "tested", work)
    clock.start()
    clock.close()
    await machine.pass_(5)
    assert work.times() == 0


async def test_a_clock_that_was_never_started_can_be_stopped_and_closed() -> None:
    clock = Clock(Nursery())
    clock.stop()
    clock.close()


async def test_a_tick_that_is_woken_runs_at_once_besides_its_times(machine: Machine, work: Work) -> None:
    async with ticking(work) as clock:
        await machine.pass_(2.5)
        assert work.times() == 2
        clock.wake("tested")
        clock.wake("tested")
        await machine.pass_(0)
        assert work.times() == 1
        await machine.pass_(1)
        assert work.times() == 1


async def test_a_tick_that_is_woken_while_it_works_runs_once_more_and_never_twice_at_once(
    machine: Machine, work: Work
) -> None:
    async with ticking(work) as clock:
        work.takes = 0.3
        await machine.pass_(1.125)
        for _ in range(3):
            clock.wake("tested")
        await machine.pass_(0.75)
        assert (work.times(), work.most_at_once) == (2, 1)


async def test_nothing_wakes_before_the_clock_runs_or_after_it_stopped_or_closed(machine: Machine, work: Work) -> None:
    early = Clock(Nursery())
    early.every(1, "tested", work)
    early.wake("tested")
    async with ticking(work) as clock:
        clock.stop()
        clock.wake("tested")
        await machine.pass_(3)
    async with ticking(work) as clock:
        clock.close()
        clock.wake("tested")
        await machine.pass_(3)
    assert work.times() == 0


async def test_a_failure_of_a_woken_tick_is_said_like_every_other(
    machine: Machine, work: Work, lines: list[dict[str, object]]
) -> None:
    async with ticking(work) as clock:
        work.trouble = RuntimeError("no disk")
        clock.wake("tested")
        await machine.pass_(2)
        assert said(lines) == [("error", "a tick fails", "tested")]


async def test_a_woken_tick_knows_nothing_of_what_its_waker_is_about(machine: Machine) -> None:
    about: ContextVar[str] = ContextVar("about", default="nothing")
    seen: list[str] = []

    async def looks() -> None:
        seen.append(about.get())

    clock = Clock(Nursery())
    clock.every(60, "looks", looks)
    clock.start()
    about.set("a tap")
    clock.wake("looks")
    await machine.pass_(0)
    clock.close()
    assert seen == ["nothing"]
