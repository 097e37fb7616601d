"""When a read is asked again, and when its failure is the answer. Pauses pass on a loop whose time is virtual."""

import asyncio
import random

import pytest

from bot.hidsim import OutcomeUnknown
from bot.hidsim.errors import HidSimError, NotFound, TooManyRequests
from bot.hidsim.retries import ATTEMPTS, MOST_SAVED, Retries

pytestmark = pytest.mark.looptime
PATIENCE = 20.0


class Reads:
    """A read that fails as it is told, each time after so many seconds; `begun` holds the time of each attempt."""

    def __init__(self, failure: HidSimError, seconds: float = 0) -> None:
        self._failure = failure
        self._seconds = seconds
        self.begun: list[float] = []

    async def __call__(self) -> str:
        self.begun.append(asyncio.get_running_loop().time())
        await asyncio.sleep(self._seconds)
        raise self._failure


def retries(delay: float = 0.1) -> Retries:
    return Retries(asyncio.get_running_loop().time, random.Random(1), delay=delay, patience=PATIENCE)


async def failing(budget: Retries, read: Reads) -> int:
    """How many attempts were made."""
    made = len(read.begun)
    with pytest.raises(HidSimError):
        await budget.around(read)
    return len(read.begun) - made


async def test_the_pauses_grow_and_are_never_quite_the_same() -> None:
    read = Reads(OutcomeUnknown("cut"))
    assert await failing(retries(), read) == ATTEMPTS
    first, second = (later - earlier for earlier, later in zip(read.begun, read.begun[1:], strict=False))
    assert 0.05 <= first <= 0.15
    assert 0.1 <= second <= 0.3
    assert second != 2 * first


async def test_no_attempt_begins_when_the_time_of_a_read_is_over() -> None:
    assert await failing(retries(), Reads(OutcomeUnknown("cut"), seconds=PATIENCE)) == 1
    assert await failing(retries(), Reads(OutcomeUnknown("cut"), seconds=PATIENCE - 1)) == 2


async def test_only_attempts_that_are_made_are_taken_from_the_budget() -> None:
    budget, read = retries(delay=0), Reads(OutcomeUnknown("cut"))
    whole = [await failing(budget, read) for _ in range(int(MOST_SAVED) // (ATTEMPTS - 1))]
    assert whole == [ATTEMPTS] * len(whole)
    assert await failing(budget, read) < ATTEMPTS


async def test_an_answer_that_waiting_does_not_change_is_the_answer() -> None:
    assert await failing(retries(), Reads(NotFound(404, "no such thing"))) == 1
    assert await failing(retries(), Reads(OutcomeUnknown("half a token", lasting=True))) == 1


async def test_too_many_requests_are_asked_again_at_once_and_cost_nothing() -> None:
    budget, read = retries(), Reads(TooManyRequests(429, "slow", retry_after=1))
    for _ in range(50):
        assert await failing(budget, read) == ATTEMPTS
    assert read.begun[-1] == read.begun[0]


async def test_a_long_wait_that_hidsim_asks_for_is_the_answer() -> None:
    assert await failing(retries(), Reads(TooManyRequests(429, "slow", retry_after=3_000))) == 1
