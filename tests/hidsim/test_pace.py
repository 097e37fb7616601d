"""Who may ask when. Time is the loop's, and virtual: it passes while somebody waits."""

import asyncio
import math
from collections.abc import Awaitable, Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.hidsim import TooManyRequests, Turn, Urgency
from bot.hidsim.bucket import Bucket
from bot.hidsim.learned_rate import LearnedRate
from bot.hidsim.pace import Pace
from tests.hidsim.conftest import Clock

PURCHASE, TAP, POLL, FILL = Urgency

pytestmark = pytest.mark.looptime


def pace_of(rate: float, longest_queue: float = 30) -> Pace:
    return Pace(rate, asyncio.get_running_loop().time, longest_queue=longest_queue)


def now() -> float:
    return asyncio.get_running_loop().time()


async def turns(pace: Pace, urgency: Urgency, count: int) -> list[float]:
    """The times of so many turns, one after the other."""
    return [(await pace.turn(urgency)).at for _ in range(count)]


async def until(seconds: float, take: Callable[[], Awaitable[object]]) -> int:
    """How often it is taken in so many seconds."""
    count = 0
    try:
        async with asyncio.timeout(seconds):
            while True:
                await take()
                count += 1
    except TimeoutError:
        return count


@pytest.mark.parametrize("rate", [0.5, 1, 3, 10, 100])
async def test_polls_leave_evenly_and_as_many_as_are_set(rate: float) -> None:
    times = await turns(pace_of(rate), POLL, 200)
    gaps = [later - earlier for earlier, later in pairwise(times[20:])]
    assert min(gaps) >= 0.99 / rate
    assert max(gaps) <= 1.03 / rate


async def test_polls_at_a_high_rate_leave_a_few_at_a_time() -> None:
    times = await turns(pace_of(1000), POLL, 3000)
    assert times[-1] - times[0] == pytest.approx(3, rel=0.05)
    assert max(sum(1 for one in times if at <= one < at + 0.01) for at in times[::50]) <= 1000 * (0.05 + 0.01) + 1


async def test_after_a_rest_a_seconds_worth_of_taps_leaves_at_once() -> None:
    pace = pace_of(10)
    await asyncio.sleep(5)
    times = await turns(pace, TAP, 11)
    assert times[9] - times[0] == 0
    assert times[10] - times[0] == pytest.approx(1.02)


@pytest.mark.parametrize("urgency", [PURCHASE, TAP])
async def test_among_polls_at_full_rate_a_tap_waits_for_the_next_place_alone(urgency: Urgency) -> None:
    pace = pace_of(10)
    async with asyncio.TaskGroup() as group:
        polling = group.create_task(until(20, lambda: pace.turn(POLL)))
        for _ in range(30):
            await asyncio.sleep(0.517)
            asked = now()
            await pace.turn(urgency)
            assert now() - asked <= 0.11
        assert await polling >= 20 * 10 / 1.02 - 30 - 2


async def test_the_urgent_go_first_and_equals_in_their_order() -> None:
    pace = pace_of(10)
    await turns(pace, TAP, 10)
    order: list[str] = []

    async def go(urgency: Urgency, name: str) -> None:
        await pace.turn(urgency)
        order.append(name)

    async with asyncio.TaskGroup() as group:
        for urgency, name in [(FILL, "fill"), (POLL, "poll 1"), (POLL, "poll 2"), (TAP, "tap"), (PURCHASE, "buy")]:
            group.create_task(go(urgency, name))
    assert order == ["buy", "tap", "poll 1", "poll 2", "fill"]


@pytest.mark.parametrize("rate", [0.5, 1, 3, 10, 100])
async def test_filling_goes_on_when_nobody_else_asks_and_leaves_places_for_taps(rate: float) -> None:
    pace = pace_of(rate)
    filled = await until(60 / min(rate, 1), lambda: pace.turn(FILL))
    assert filled >= 60 / min(rate, 1) * rate * 0.6
    asked = now()
    await turns(pace, TAP, max(1, int(rate * 0.3)))
    assert now() - asked <= 1.1 / rate


async def test_filling_neither_starves_nor_is_noticed_by_polls() -> None:
    pace = pace_of(10)
    async with asyncio.TaskGroup() as group:
        polls = group.create_task(until(60, lambda: pace.turn(POLL)))
        fills = group.create_task(until(60, lambda: pace.turn(FILL)))
    assert polls.result() >= 0.94 * 60 * 10 / 1.02
    assert fills.result() >= 20


async def test_a_turn_that_is_given_back_is_the_nexts() -> None:
    pace = pace_of(10)
    first = await pace.turn(POLL)
    await asyncio.sleep(0.01)
    pace.give_back(first)
    asked = now()
    await pace.turn(POLL)
    assert now() == asked


async def test_a_turn_is_worth_nothing_in_a_pause_or_much_later() -> None:
    pace = pace_of(10)
    turn = await pace.turn(POLL)
    assert pace.holds(turn)
    assert not pace.holds(Turn(turn.at - 1))
    pace.hold(2)
    assert not pace.holds(turn)


async def test_those_who_wait_are_sent_home_when_the_pause_gets_long() -> None:
    pace = pace_of(10)
    await turns(pace, TAP, 10)
    waiting = asyncio.get_running_loop().create_task(pace.turn(PURCHASE))
    await asyncio.sleep(0)
    assert pace.queue == 1
    pace.refused(now(), 86_400)
    with pytest.raises(TooManyRequests) as told:
        await waiting
    assert told.value.retry_after == 300
    assert pace.queue == 0


async def test_nobody_begins_to_wait_for_a_long_pause() -> None:
    pace = pace_of(10)
    pace.hold(40)
    for urgency in Urgency:
        with pytest.raises(TooManyRequests) as told:
            await pace.turn(urgency)
        assert told.value.retry_after == 40
    assert pace.paused == 40


async def test_a_short_pause_is_waited_out() -> None:
    pace = pace_of(10)
    asked = now()
    pace.hold(3)
    pace.hold(1)
    await pace.turn(TAP)
    assert now() - asked == pytest.approx(3)


async def test_whoever_goes_away_leaves_the_turn_to_the_next() -> None:
    pace = pace_of(10)
    await turns(pace, TAP, 10)
    loop = asyncio.get_running_loop()
    asked = now()
    first, second = loop.create_task(pace.turn(TAP)), loop.create_task(pace.turn(TAP))
    await asyncio.sleep(0)
    loop.call_later(1.02, first.cancel)
    await second
    assert now() - asked == pytest.approx(1.02)


async def test_nobody_stands_in_line_for_ever() -> None:
    pace = pace_of(10, longest_queue=0.01)
    await turns(pace, TAP, 10)
    with pytest.raises(TooManyRequests) as told:
        await pace.turn(POLL)
    assert told.value.retry_after == pytest.approx(1.01, abs=0.05)
    assert pace.queue == 0


async def test_a_closed_pace_sends_everybody_home() -> None:
    pace = pace_of(10)
    await turns(pace, TAP, 10)
    waiting = asyncio.get_running_loop().create_task(pace.turn(TAP))
    await asyncio.sleep(0)
    pace.close()
    with pytest.raises(TooManyRequests):
        await waiting


STEPS = st.tuples(st.sampled_from(["pass", "tap", "poll", "fill", "refused", "granted", "pause"]), st.floats(0, 3))


@given(rate=st.floats(0.5, 300), steps=st.lists(STEPS, max_size=60))
def test_in_no_second_do_more_leave_than_the_rate(rate: float, steps: list[tuple[str, float]]) -> None:
    clock = Clock()
    learned = LearnedRate(rate, clock)
    bucket = Bucket(learned, clock)
    left: list[float] = []
    for step, seconds in steps:
        match step:
            case "pass":
                clock.pass_(seconds)
            case "refused":
                bucket.refused(clock(), seconds)
            case "granted":
                bucket.granted(clock())
            case "pause":
                bucket.pause(seconds)
            case who:
                urgency = {"tap": TAP, "poll": POLL, "fill": FILL}[who]
                while (at := bucket.take(urgency)) is not None:
                    left.append(at)
        assert 0.5 <= learned.now <= learned.most
        assert bucket.wait(FILL) >= bucket.wait(POLL) >= bucket.wait(TAP) >= 0
    most = math.ceil(learned.most)
    assert all(later - earlier >= 1 for earlier, later in zip(left, left[most:], strict=False))


@given(rate=st.floats(0.5, 300), quiet=st.floats(0, 5))
def test_a_purchase_is_never_behind_a_poll(rate: float, quiet: float) -> None:
    clock = Clock()
    bucket = Bucket(LearnedRate(rate, clock), clock)
    for _ in range(50):
        clock.pass_(bucket.wait(POLL))
        assert bucket.wait(PURCHASE) == 0
        assert bucket.take(POLL) is not None
    clock.pass_(quiet)
    assert bucket.wait(PURCHASE) <= bucket.wait(POLL) <= 1.03 / min(rate, 1)


@pytest.mark.parametrize("jump", [-500.0, 86_400.0])
def test_a_clock_that_jumps_brings_neither_silence_nor_a_burst(clock: Clock, jump: float) -> None:
    bucket = Bucket(LearnedRate(10, clock), clock)
    for urgency in (TAP, POLL):
        while bucket.take(urgency) is not None:
            pass
    clock.pass_(jump)
    assert sum(bucket.take(TAP) is not None for _ in range(1000)) <= 10
    assert bucket.wait(POLL) <= 1.1
