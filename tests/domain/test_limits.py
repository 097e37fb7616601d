"""Limits of one person over those of the shop."""

import pytest

from bot.domain.limits import Limits, OwnLimits

SHOP = Limits(open_orders=3, daily_spend=20_000_000)


@pytest.mark.parametrize(
    ("own", "held"),
    [
        (OwnLimits(), SHOP),
        (OwnLimits(open_orders=1), Limits(1, 20_000_000)),
        (OwnLimits(daily_spend=5), Limits(3, 5)),
        (OwnLimits(0, 0), Limits(0, 0)),
    ],
)
def test_what_is_different_for_a_person_holds_and_the_rest_is_as_for_everybody(own: OwnLimits, held: Limits) -> None:
    assert own.over(SHOP) == held


@pytest.mark.parametrize("own", [{"open_orders": -1}, {"daily_spend": -1}])
def test_no_limit_is_below_zero(own: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="zero or more"):
        OwnLimits(**own)
