"""One line for all messages: codes first and at once, within the rate, and nobody waits for ever. In virtual time."""

import asyncio
from collections.abc import Iterable
from typing import Any

import pytest

from bot.sandbox.telegram.flood import Bucket
from bot.tasks import Nursery
from bot.telegram.send_pacing import SendLimits
from bot.telegram.send_queue import Errand, SendQueue

pytestmark = pytest.mark.looptime
LIMITS = SendLimits()
CODE, ANSWER, NEWS = Errand


class Line:
    """The queue at the bot's own limits, and who passed it when, by the loop's clock."""

    def __init__(self, rate: float = LIMITS.overall, burst: int = LIMITS.overall_burst) -> None:
        self._loop = asyncio.get_running_loop()
        self.queue = SendQueue(rate, burst, self._loop.time)
        self.passed: list[tuple[float, Errand, int]] = []
        self.nursery = Nursery()

    def come(self, errand: Errand, numbers: Iterable[int]) -> list["asyncio.Task[Any]"]:
        return [self.nursery.start(self._one(errand, number), f"{errand.name} {number}") for number in numbers]

    async def _one(self, errand: Errand, number: int) -> None:
        await self.queue.turn(errand)
        self.passed.append((self._loop.time(), errand, number))

    def of(self, errand: Errand) -> list[tuple[float, int]]:
        return [(at, number) for at, one, number in self.passed if one is errand]

    async def all(self) -> float:
        """Until everybody has passed; how long that took."""
        begun = self._loop.time()
        assert await self.nursery.drain(600) == 0
        return self._loop.time() - begun


async def test_five_hundred_codes_leave_in_order_and_as_fast_as_telegram_takes_them() -> None:
    line = Line()
    telegram = Bucket(30, 30, 0.0)
    line.come(CODE, range(500))
    assert await line.all() == pytest.approx(475 / 25, abs=0.1)
    assert [number for _, number in line.of(CODE)] == list(range(500))
    assert line.passed[0][0] == 0
    for at, _, _ in line.passed:
        assert telegram.wait(at) == 0
        telegram.take()


async def test_the_first_code_goes_at_once_however_much_else_is_in_line() -> None:
    line = Line()
    line.come(NEWS, range(300))
    line.come(ANSWER, range(300))
    await asyncio.sleep(4)
    began = asyncio.get_running_loop().time()
    line.come(CODE, range(4))
    await asyncio.sleep(0.01)
    assert [at - began for at, _ in line.of(CODE)] == [0] * 4
    await line.all()


async def test_a_code_is_behind_no_menu_but_one_in_five() -> None:
    line = Line(burst=1)
    line.come(ANSWER, range(100))
    line.come(CODE, range(40))
    await line.all()
    until = max(place for place, (_, errand, _) in enumerate(line.passed) if errand is CODE)
    assert sum(errand is ANSWER for _, errand, _ in line.passed[:until]) <= 11


async def test_behind_codes_without_an_end_an_answer_comes_within_a_second_and_news_within_two() -> None:
    line = Line()
    line.come(CODE, range(500))
    await asyncio.sleep(2)
    began = asyncio.get_running_loop().time()
    line.come(NEWS, [1])
    line.come(ANSWER, [1])
    await line.all()
    assert line.of(ANSWER)[0][0] - began <= 0.3
    assert line.of(NEWS)[0][0] - began <= 1.1


async def test_answers_go_before_news_which_have_a_turn_of_their_own_all_the_same() -> None:
    line = Line(burst=1)
    line.come(NEWS, range(4))
    line.come(ANSWER, range(60))
    await line.all()
    assert [number for _, number in line.of(NEWS)] == [0, 1, 2, 3]
    turns = [errand for _, errand, _ in line.passed]
    assert [turns[:26].count(ANSWER), turns[:52].count(ANSWER)] == [24, 49]


async def test_who_leaves_the_line_takes_nobodys_place() -> None:
    line = Line(rate=1, burst=1)
    tasks = line.come(NEWS, range(4))
    await asyncio.sleep(0)
    tasks[1].cancel()
    tasks[2].cancel()
    await asyncio.wait([tasks[3]])
    assert line.passed == [(0, NEWS, 0), (1, NEWS, 3)]


async def test_a_place_reached_by_somebody_who_has_just_left_is_the_next_ones() -> None:
    line = Line(rate=1, burst=1)
    tasks = line.come(NEWS, range(3))
    await asyncio.sleep(0)
    asyncio.get_running_loop().call_at(1, tasks[1].cancel)
    await line.all()
    assert line.passed == [(0, NEWS, 0), (1, NEWS, 2)]


async def test_what_is_kept_for_codes_stays_kept_when_a_code_leaves_the_line() -> None:
    line = Line(rate=1, burst=10)
    line.come(NEWS, range(9))
    codes = line.come(CODE, range(3))
    await asyncio.sleep(0)
    codes[2].cancel()
    await line.all()
    assert [at for at, _ in line.of(CODE)] == [0, 0]
    assert [at for at, _ in line.of(NEWS)] == [0] * 8 + [3]


async def test_an_idle_line_gains_its_burst_back_and_no_more() -> None:
    line = Line(rate=1, burst=3)
    line.come(CODE, range(3))
    await asyncio.sleep(100)
    line.come(CODE, range(5))
    await line.all()
    assert [at for at, _ in line.of(CODE)] == [0, 0, 0, 100, 100, 100, 101, 102]
