"""Limits of one person over those of the shop."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.limits import LimitKind, Limits, OwnLimits, resting
from bot.domain.refusals import Reason

SHOP = Limits(open_orders=3, daily_spend=20_000_000, purchases_an_hour=30, closes_an_hour=20)


@pytest.mark.parametrize(
    ("own", "held"),
    [
        (OwnLimits(), SHOP),
        (OwnLimits(open_orders=1), Limits(1, 20_000_000, 30, 20)),
        (OwnLimits(daily_spend=5), Limits(3, 5, 30, 20)),
        (OwnLimits(0, 0, 0, 0), Limits(0, 0, 0, 0)),
        (OwnLimits(purchases_an_hour=1, closes_an_hour=2), Limits(3, 20_000_000, 1, 2)),
    ],
)
def test_what_is_different_for_a_person_holds_and_the_rest_is_as_for_everybody(own: OwnLimits, held: Limits) -> None:
    assert own.over(SHOP) == held


@pytest.mark.parametrize(
    "own", [{"open_orders": -1}, {"daily_spend": -1}, {"purchases_an_hour": -1}, {"closes_an_hour": -1}]
)
def test_no_limit_is_below_zero(own: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="zero or more"):
        OwnLimits(**own)


NOON = datetime(2026, 1, 15, 12, tzinfo=UTC)


def ago(*minutes: int) -> list[datetime]:
    return [NOON - timedelta(minutes=one) for one in minutes]


@pytest.mark.parametrize(
    ("done", "limit", "wait"),
    [
        (ago(1), 2, "free"),
        (ago(1, 10), 2, 50 * 60),
        (ago(10, 1), 2, 50 * 60),
        (ago(1, 10, 50), 2, 50 * 60),
        (ago(1, 10, 50), 3, 10 * 60),
        (ago(), 0, None),
        (ago(60), 1, 1),
    ],
)
def test_the_next_one_waits_until_enough_of_the_last_hour_is_over(
    done: list[datetime], limit: int, wait: int | str | None
) -> None:
    why = resting(Reason.TOO_MANY_CLOSES, done, limit, NOON)
    assert wait == "free" if why is None else (why.count, why.wait) == (limit, wait)


def test_a_limit_of_ones_own_is_changed_alone() -> None:
    own = OwnLimits(open_orders=1, closes_an_hour=0)
    assert own.but(LimitKind.SPEND, 5) == OwnLimits(open_orders=1, closes_an_hour=0, daily_spend=5)
    assert not own.but(LimitKind.OPEN_ORDERS, None).but(LimitKind.CLOSES, None).any
