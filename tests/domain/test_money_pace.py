"""For how long HidSim's balance lasts, and when that is too short."""

from decimal import Decimal

import pytest

from bot.domain.money_pace import hours_left, too_little


@pytest.mark.parametrize(
    ("balance", "cost", "hours"),
    [(24_000_000, 24_000_000, 24), (1_000_000, 48_000_000, Decimal("0.5")), (0, 1, 0), (-5, 1, 0)],
)
def test_a_balance_lasts_as_many_hours_as_it_covers(balance: int, cost: int, hours: Decimal) -> None:
    assert hours_left(balance, cost, 24) == hours


def test_a_balance_of_which_nothing_is_spent_lasts_for_ever() -> None:
    assert hours_left(5, 0, 24) is None
    assert too_little(None, 12) is False


@pytest.mark.parametrize(("value", "says"), [(9, True), (10, None), (11, None), (12, False), (Decimal("11.99"), None)])
def test_what_was_too_little_is_enough_only_by_a_margin(value: Decimal, says: bool | None) -> None:
    assert too_little(value, 10) is says


def test_a_bound_of_nothing_is_never_reached() -> None:
    assert too_little(-1, 0) is False
