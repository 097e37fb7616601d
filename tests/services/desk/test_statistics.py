"""Figures of days out of the database: what is counted, when a day ends, and what cannot be typed."""

from datetime import timedelta

import pytest

from bot.domain.orders import OrderState as S
from bot.domain.outcomes import Outcome
from tests.services.desk.past import HELD, PRICE, placed
from tests.services.floor import ADA, Floor


async def test_orders_are_told_apart_by_what_became_of_them(floor: Floor) -> None:
    now = floor.clock()
    for state in S:
        await placed(floor, state, now - timedelta(hours=1))
    whole = (await floor.shop.statistics.of(ADA, 7)).whole
    assert dict(whole.counts) == {
        Outcome.CODE: 1,
        Outcome.NO_NUMBER: 1,
        Outcome.NO_CODE: 1,
        Outcome.CLOSED: 1,
        Outcome.REFUSED: 1,
        Outcome.UNCONFIRMED: 4,
        Outcome.IN_PROGRESS: 3,
    }
    assert whole.spent == PRICE + 4 * HELD  # placing, creating, pending and unconfirmed hold theirs


async def test_an_order_belongs_to_the_day_of_utc_on_which_it_was_placed(floor: Floor) -> None:
    midnight = floor.clock().replace(hour=0)
    tick = timedelta(microseconds=1)
    await placed(floor, S.COMPLETED, midnight - tick)
    await placed(floor, S.COMPLETED, midnight, 2)
    await placed(floor, S.COMPLETED, midnight - timedelta(days=6), 3)
    await placed(floor, S.COMPLETED, midnight - timedelta(days=6) - tick, 4)  # the week began after them
    await placed(floor, S.COMPLETED, midnight + timedelta(days=1), 5)  # by a clock that was set back
    facts = await floor.shop.statistics.of(ADA, 7)
    assert [part.orders for part in facts.parts] == [3, 0, 0, 0, 0, 1, 2]
    assert facts.whole.orders == 6


@pytest.mark.parametrize(
    ("spans", "median"), [([5], 5), ([1, 3], 2), ([1, 2, 9], 2), ([1, 2, 4, 90], 3), ([7, 7, 7, 7, 7], 7)]
)
async def test_the_median_is_the_middle_of_those_that_got_a_code(
    floor: Floor, spans: list[float], median: float
) -> None:
    now = floor.clock()
    for span in reversed(spans):
        await placed(floor, S.COMPLETED, now, took=span)
    await placed(floor, S.USER_REFUNDED, now, took=1_000)
    await placed(floor, S.COMPLETED, now, took=-60)  # the clock was set back meanwhile: nobody knows how long it took
    facts = await floor.shop.statistics.of(ADA, 30)
    assert facts.whole.median == facts.parts[-1].median == timedelta(seconds=median)
    assert facts.parts[0].median is None


async def test_the_last_24_hours_are_hour_by_hour(floor: Floor) -> None:
    now = floor.clock()
    await placed(floor, S.COMPLETED, now - timedelta(hours=23))
    await placed(floor, S.COMPLETED, now, 2)
    facts = await floor.shop.statistics.of(ADA, 1)
    assert [part.orders for part in facts.parts] == [1, *[0] * 22, 2]


@pytest.mark.parametrize(
    ("words", "days", "misread"),
    [
        (None, 7, False),
        ("", 7, False),
        (" 30 ", 30, False),
        ("90", 90, False),
        ("x", 7, True),
        ("0", 7, True),
        ("-3", 7, True),
        ("7.5", 7, True),
        ("99999", 90, True),
        ("9" * 5_000, 7, True),
        ("٣", 3, False),
    ],
)
async def test_what_is_typed_behind_the_command_is_never_a_dead_end(
    floor: Floor, words: str | None, days: int, misread: bool
) -> None:
    facts = await floor.shop.statistics.typed(ADA, words)
    assert (facts.days, facts.misread) == (days, misread)
