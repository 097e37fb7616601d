"""Money between HidSim's prices and the prices people see."""

from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.money import Markup, to_decimal, to_micros

MICROS = st.integers(min_value=0, max_value=10**15)
PERCENT = st.integers(min_value=0, max_value=1000)


@given(MICROS)
def test_micro_units_survive_the_way_to_the_wire_and_back(micros: int) -> None:
    assert to_micros(to_decimal(micros)) == micros


@given(st.decimals(min_value=0, max_value=10**9, places=6))
def test_a_price_of_six_decimals_survives_the_way_in_and_out(price: Decimal) -> None:
    assert to_decimal(to_micros(price)) == price


@pytest.mark.parametrize(("price", "micros"), [("0.0000005", 0), ("0.0000015", 2), ("1.2345678", 1_234_568)])
def test_beyond_six_decimals_is_rounded_half_to_even(price: str, micros: int) -> None:
    assert to_micros(Decimal(price)) == micros


@given(MICROS, PERCENT)
def test_the_shown_price_covers_cost_and_markup_and_not_a_micro_more(cost: int, percent: int) -> None:
    shown = Markup(percent).shown(cost)
    exact = Decimal(cost) * (100 + percent) / 100
    assert 0 <= shown - exact < 1


@given(MICROS)
def test_without_a_markup_the_shown_price_is_the_cost(cost: int) -> None:
    assert Markup().shown(cost) == cost == Markup().highest_cost(cost) == Markup().lowest_cost(cost)


@given(MICROS, MICROS, PERCENT)
def test_a_dearer_cost_is_never_shown_cheaper(one: int, other: int, percent: int) -> None:
    low, high = sorted((one, other))
    assert Markup(percent).shown(low) <= Markup(percent).shown(high)


@given(MICROS, MICROS, MICROS, PERCENT)
@example(123_456, 123_457, 123_457, 33)
def test_an_offer_lies_in_the_shown_window_exactly_when_its_cost_lies_in_the_one_sent(
    cost: int, one: int, other: int, percent: int
) -> None:
    low, high = sorted((one, other))
    markup = Markup(percent)
    inside = low <= markup.shown(cost) <= high
    assert inside is (markup.lowest_cost(low) <= cost <= markup.highest_cost(high))


@given(MICROS, PERCENT)
def test_the_window_of_one_shown_price_still_holds_its_own_cost(cost: int, percent: int) -> None:
    markup = Markup(percent)
    shown = markup.shown(cost)
    assert markup.lowest_cost(shown) <= cost <= markup.highest_cost(shown)


@given(MICROS, PERCENT)
def test_no_one_step_wider_window_would_still_be_right(shown: int, percent: int) -> None:
    markup = Markup(percent)
    assert markup.shown(markup.highest_cost(shown)) <= shown < markup.shown(markup.highest_cost(shown) + 1)
    lowest = markup.lowest_cost(shown)
    assert markup.shown(lowest) >= shown
    assert lowest == 0 or markup.shown(lowest - 1) < shown
