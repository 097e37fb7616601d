"""Who may ask when. Time is a clock that passes when told, but for the queue, which waits for milliseconds."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.hidsim import TooManyRequests, Urgency
from bot.hidsim.bucket import SLOWEST_RATE, Bucket
from bot.hidsim.pace import Pace
from tests.hidsim.conftest import Clock

PURCHASE, TAP, POLL, FILL = Urgency


def taken(bucket: Bucket, urgency: Urgency) -> int:
    """How many start at this moment."""
    count = 0
    while bucket.take(urgency):
        count += 1
    return count


def test_a_second_may_start_its_rate_and_the_next_one_as_well(clock: Clock) -> None:
    bucket = Bucket(10, clock)
    assert taken(bucket, TAP) == 10
    clock.pass_(1)
    assert taken(bucket, TAP) == 10


def test_polls_leave_room_for_taps_and_filling_for_polls(clock: Clock) -> None:
    bucket = Bucket(10, clock)
    assert [taken(bucket, urgency) for urgency in (FILL, POLL, TAP)] == [2, 6, 2]


@pytest.mark.parametrize("rate", [0.5, 1, 3, 10, 100])
def test_filling_goes_on_at_any_rate_when_nobody_else_asks(clock: Clock, rate: float) -> None:
    bucket = Bucket(rate, clock)
    taken(bucket, FILL)
    clock.pass_(bucket.wait(FILL))
    assert bucket.take(FILL)


def test_filling_does_not_starve_a_poller_that_looks_once_a_second(clock: Clock) -> None:
    bucket = Bucket(10, clock)
    polls = 0
    for tick in range(600):
        if tick % 10 == 0:
            polls += taken(bucket, POLL)
        taken(bucket, FILL)
        clock.pass_(0.1)
    assert polls >= 60 * 5


def test_too_many_requests_halve_the_rate_once_for_all_that_were_in_flight(clock: Clock) -> None:
    bucket = Bucket(16, clock)
    asked_at = clock()
    clock.pass_(0.1)
    for _ in range(20):
        bucket.halve(asked_at)
    assert bucket.rate == 8
    assert not bucket.take(PURCHASE)


def test_the_rate_has_a_floor_and_climbs_back_slowly(clock: Clock) -> None:
    bucket = Bucket(10, clock)
    for _ in range(20):
        clock.pass_(0.01)
        bucket.halve(clock())
    assert bucket.rate == pytest.approx(SLOWEST_RATE, abs=0.01)
    clock.pass_(60)
    assert bucket.rate == pytest.approx(2.5, abs=0.01)
    clock.pass_(3600)
    assert bucket.rate == 10


def test_nothing_is_learned_during_a_pause(clock: Clock) -> None:
    bucket = Bucket(10, clock)
    clock.pass_(1)
    bucket.halve(clock())
    bucket.pause(300)
    clock.pass_(300)
    assert bucket.rate == 5
    assert taken(bucket, PURCHASE) == 0


def test_a_shorter_pause_does_not_end_a_longer_one(clock: Clock) -> None:
    bucket = Bucket(10, clock)
    bucket.pause(10)
    bucket.pause(1)
    clock.pass_(9)
    assert (bucket.paused, bucket.take(PURCHASE)) == (1, False)


@given(
    rate=st.floats(0.1, 1000),
    steps=st.lists(st.tuples(st.sampled_from(["pass", "take", "halve", "pause"]), st.floats(0, 100))),
)
def test_no_more_starts_than_the_rate_allows(rate: float, steps: list[tuple[str, float]]) -> None:
    clock = Clock()
    bucket = Bucket(rate, clock)
    begun, started = clock(), 0
    for step, seconds in steps:
        if step == "pass":
            clock.pass_(seconds)
        elif step == "take":
            started += bucket.take(TAP)
        elif step == "halve":
            bucket.halve(clock())
        else:
            bucket.pause(seconds)
        most = max(rate, SLOWEST_RATE)
        assert SLOWEST_RATE <= bucket.rate <= most
        assert bucket.wait(FILL) >= bucket.wait(TAP) >= 0
    assert started <= max(most_burst(rate), 5) + (clock() - begun) * max(rate, SLOWEST_RATE) + 1e-6


def most_burst(rate: float) -> float:
    return max(rate, SLOWEST_RATE)


async def test_the_urgent_go_first_and_equals_in_their_order(clock: Clock) -> None:
    pace = Pace(10, clock)
    for _ in range(10):
        await pace.turn(TAP)
    order: list[str] = []

    async def go(urgency: Urgency, name: str) -> None:
        await pace.turn(urgency)
        order.append(name)

    async with asyncio.TaskGroup() as group:
        for urgency, name in [(FILL, "fill"), (POLL, "poll 1"), (POLL, "poll 2"), (TAP, "tap"), (PURCHASE, "buy")]:
            group.create_task(go(urgency, name))
        await asyncio.sleep(0)
        for _ in range(50):
            clock.pass_(0.1)
            pace.hold(0)
            await asyncio.sleep(0)
    assert order == ["buy", "tap", "poll 1", "poll 2", "fill"]


async def test_the_budget_is_what_polls_may_take(clock: Clock) -> None:
    pace = Pace(10, clock)
    assert pace.budget == 8
    await pace.turn(TAP)
    assert pace.budget == 7
    pace.refused(clock(), None)
    assert (pace.budget, pace.rate) == (0, 5)


async def test_those_who_wait_are_sent_home_when_the_pause_gets_long(clock: Clock) -> None:
    pace = Pace(10, clock)
    for _ in range(10):
        await pace.turn(TAP)
    waiting = asyncio.get_running_loop().create_task(pace.turn(PURCHASE))
    await asyncio.sleep(0)
    pace.refused(clock(), 86_400)
    with pytest.raises(TooManyRequests) as told:
        await waiting
    assert told.value.retry_after == 300


async def test_whoever_goes_away_leaves_the_turn_to_the_next(clock: Clock) -> None:
    pace = Pace(10, clock)
    for _ in range(10):
        await pace.turn(TAP)
    loop = asyncio.get_running_loop()
    first, second = loop.create_task(pace.turn(TAP)), loop.create_task(pace.turn(TAP))
    await asyncio.sleep(0)
    clock.pass_(0.1)
    pace.hold(0)
    first.cancel()
    await asyncio.wait_for(second, 1)
    assert first.cancelled()


async def test_nobody_stands_in_the_queue_for_ever(clock: Clock) -> None:
    pace = Pace(10, clock, longest_queue=0.001)
    for _ in range(10):
        await pace.turn(TAP)
    with pytest.raises(TooManyRequests) as told:
        await pace.turn(POLL)
    assert told.value.retry_after == pytest.approx(0.3)
    clock.pass_(0.1)
    await pace.turn(TAP)
    assert pace.budget == 0


async def test_a_closed_pace_sends_everybody_home(clock: Clock) -> None:
    pace = Pace(10, clock)
    for _ in range(10):
        await pace.turn(TAP)
    waiting = asyncio.get_running_loop().create_task(pace.turn(TAP))
    await asyncio.sleep(0)
    pace.close()
    with pytest.raises(TooManyRequests):
        await waiting


async def test_a_turn_comes_by_itself() -> None:
    pace = Pace(1000, asyncio.get_running_loop().time)
    for _ in range(1010):
        await pace.turn(TAP)
    assert pace.rate == 1000
