"""The ladder of prices really offered, and the window that climbs it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.price_window import Ladder, Match, Offer, Preset, Steps, Window, steps
from tests.domain.make import offers

PRICES = st.lists(st.integers(1, 1000), min_size=1, max_size=30)
EDGE = st.integers(0, 1100)


def windows_of(found: Steps) -> list[Window]:
    return [w for w in (found.low_down, found.low_up, found.high_down, found.high_up) if w is not None]


def test_offers_stand_by_price_and_equal_ones_by_id() -> None:
    ladder = Ladder(offers(300, 100, 200, 100))
    assert [o.price for o in ladder.offers] == [100, 100, 200, 300]
    assert [o.product_id[-1] for o in ladder.offers] == ["1", "3", "2", "0"]
    assert ladder.prices == (100, 200, 300)


def test_sold_out_offers_are_no_rungs_and_unknown_stock_is_not_sold_out() -> None:
    ladder = Ladder((Offer("a", 100, 0), Offer("b", 200, None), Offer("c", 300, 1)))
    assert ladder.prices == (200, 300)
    assert not Ladder((Offer("a", 100, 0),))
    assert ladder


def test_a_match_counts_offers_and_the_stock_that_is_known() -> None:
    ladder = Ladder((Offer("a", 100, 3), Offer("b", 200, None), Offer("c", 300, 4)))
    assert ladder.match(Window(100, 300)) == Match(3, 7, stock_known=False)
    assert ladder.match(Window(100, 199)) == Match(1, 3, stock_known=True)
    assert ladder.match(Window(101, 199)) == Match(0, 0, stock_known=True)


@pytest.mark.parametrize(("price", "inside"), [(99, False), (100, True), (200, True), (201, False)])
def test_both_ends_of_a_window_belong_to_it(price: int, inside: bool) -> None:
    assert Window(100, 200).holds(price) is inside


@pytest.mark.parametrize(
    ("prices", "median"), [([5], 5), ([5, 7], 5), ([5, 7, 9], 7), ([5, 7, 9, 11], 7), ([5, 5, 5, 100], 5)]
)
def test_the_median_is_the_lower_middle_offer(prices: list[int], median: int) -> None:
    assert Ladder(offers(*prices)).preset(Preset.MEDIAN) == Window(5, median)


@given(PRICES)
def test_presets_hold_the_cheapest_at_least_half_and_all_offers(prices: list[int]) -> None:
    ladder = Ladder(offers(*prices))
    caught = {preset: ladder.match(ladder.preset(preset)).offers for preset in Preset}
    assert caught[Preset.CHEAPEST] == prices.count(min(prices))
    assert 2 * caught[Preset.MEDIAN] >= len(prices)
    assert caught[Preset.ANY] == len(prices)


@given(PRICES, EDGE, EDGE)
def test_no_step_lets_the_ends_cross_and_each_moves_one_end_to_a_rung(prices: list[int], one: int, other: int) -> None:
    low, high = sorted((one, other))
    ladder, window = Ladder(offers(*prices)), Window(low, high)
    found = steps(ladder, window)
    for moved in windows_of(found):
        assert moved.low <= moved.high
        assert (moved.low == low) != (moved.high == high)
        assert (moved.low if moved.low != low else moved.high) in ladder.prices
    assert found.low_down is None or found.low_down.low < low
    assert found.low_up is None or found.low_up.low > low
    assert found.high_down is None or found.high_down.high < high
    assert found.high_up is None or found.high_up.high > high


@given(PRICES)
def test_stepping_walks_every_rung_both_ways(prices: list[int]) -> None:
    ladder = Ladder(offers(*prices))
    window: Window | None = ladder.preset(Preset.CHEAPEST)
    up: list[int] = []
    while window is not None:
        up.append(window.high)
        last, window = window, steps(ladder, window).high_up
    assert tuple(up) == ladder.prices
    down: list[int] = []
    window = Window(last.high, last.high)
    while window is not None:
        down.append(window.low)
        window = steps(ladder, window).low_down
    assert tuple(reversed(down)) == ladder.prices


@given(PRICES, EDGE, EDGE)
def test_from_any_window_some_step_leads_on_unless_it_holds_the_only_rung(
    prices: list[int], one: int, other: int
) -> None:
    ladder, window = Ladder(offers(*prices)), Window(*sorted((one, other)))
    stuck = not windows_of(steps(ladder, window))
    assert not stuck or (len(ladder.prices) == 1 and window.holds(ladder.prices[0]))


@pytest.mark.parametrize(
    ("price", "below", "above"), [(50, None, 100), (100, None, 200), (150, 100, 200), (250, 200, None)]
)
def test_neighbours_of_a_price_between_rungs(price: int, below: int | None, above: int | None) -> None:
    ladder = Ladder(offers(100, 200))
    assert (ladder.below(price), ladder.above(price)) == (below, above)
