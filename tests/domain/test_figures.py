"""Figures of many orders: which days are meant, which part got a code, how long money lasts."""

import statistics
from collections import Counter
from datetime import UTC, datetime, timedelta, timezone

import pytest

from bot.domain.figures import DAY, HOUR, SpendingPace, Tally, last_days, median, too_little
from bot.domain.orders import OrderState
from bot.domain.outcomes import OUTCOMES, Outcome

NOW = datetime(2026, 3, 1, 0, 30, tzinfo=UTC)


def test_every_state_of_an_order_has_an_outcome_and_every_outcome_a_state() -> None:
    assert set(OUTCOMES) == set(OrderState)
    assert set(OUTCOMES.values()) == set(Outcome) - {Outcome.SMS}


def test_days_are_those_of_utc_with_today_among_them() -> None:
    week = last_days(7, NOW.astimezone(timezone(timedelta(hours=-8))))
    assert [moment.isoformat() for moment in week.moments][::6] == [
        "2026-02-23T00:00:00+00:00",
        "2026-03-01T00:00:00+00:00",
    ]
    assert week.ends == datetime(2026, 3, 2, tzinfo=UTC)


def test_one_day_is_the_last_24_hours_so_that_shortly_after_midnight_there_is_something_to_see() -> None:
    day = last_days(1, NOW)
    assert (day.begins, day.ends, day.width, day.number) == (
        NOW - timedelta(hours=23, minutes=30),
        NOW + HOUR / 2,
        HOUR,
        24,
    )


def test_success_is_of_those_that_have_ended() -> None:
    assert Tally({Outcome.CODE: 3, Outcome.CLOSED: 1, Outcome.IN_PROGRESS: 6}).success == 0.75
    assert Tally({Outcome.IN_PROGRESS: 6}).success is None
    assert Tally().success is None


@pytest.mark.parametrize(
    "values", [[], [5], [1, 3], [1, 2, 9], [1, 2, 4, 90], [7, 7, 7, 7], [0, 0, 9, 9], [1, 1, 1, 90]]
)
def test_the_median_of_counted_values_is_that_of_the_values(values: list[int]) -> None:
    wanted = timedelta(seconds=statistics.median(values)) if values else None
    assert median(Counter(values)) == wanted


@pytest.mark.parametrize(
    ("cost", "over", "balance", "lasts"),
    [
        (24_000_000, DAY, 10_000_000, timedelta(hours=10)),
        (3_000_000, 3 * HOUR, 10_000_000, timedelta(hours=10)),
        (0, DAY, 10_000_000, None),
        (5, timedelta(minutes=59), 10_000_000, None),
        (5, timedelta(0), 10_000_000, None),
        (24_000_000, DAY, 0, timedelta(0)),
        (24_000_000, DAY, -5, timedelta(0)),
        (1, DAY, 10**15, timedelta(days=3650)),
    ],
)
def test_a_balance_lasts_as_long_as_the_last_days_pace_lets_it(
    cost: int, over: timedelta, balance: int, lasts: timedelta | None
) -> None:
    assert SpendingPace(cost, over).lasts(balance) == lasts


@pytest.mark.parametrize(("value", "says"), [(9, True), (10, None), (11, None), (12, False), (None, False)])
def test_what_was_too_little_is_enough_only_by_a_margin(value: int | None, says: bool | None) -> None:
    assert too_little(value, 10) is says


def test_a_bound_of_nothing_is_never_reached() -> None:
    assert too_little(-1, 0) is False
