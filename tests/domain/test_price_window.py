"""The ladder of prices really offered, and the window that climbs it."""

from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.money import Markup, to_decimal, to_micros
from bot.domain.price_window import Asked, Ladder, Match, Offer, Preset, Steps, Window, steps
from bot.domain.price_window import asked as asked_at
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
    assert tuple(up) == ladder.rungs
    down: list[int] = []
    window = Window(last.high, last.high)
    while window is not None:
        down.append(window.low)
        window = steps(ladder, window).low_down
    assert tuple(reversed(down)) == ladder.rungs


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


FINE = st.one_of(
    st.decimals(min_value="0.000001", max_value=1000, places=20),
    st.builds(
        lambda micros, beyond: to_decimal(micros) + Decimal(beyond).scaleb(-20),
        st.integers(1, 5),  # many within a few micro-units, and some exactly between two
        st.sampled_from([0, 1, -1, 49_999_999_999_999, 5 * 10**13, 50_000_000_000_001, -5 * 10**13, 3 * 10**13]),
    ),
    st.decimals(min_value="0.01", max_value=3, places=2),
).filter(lambda price: to_micros(price) > 0)
"""Prices with up to twenty decimals."""


def fine_offers(markup: Markup, prices: list[Decimal]) -> tuple[Offer, ...]:
    return tuple(Offer(f"{n:024x}", markup.shown(to_micros(p)), 1, None, p) for n, p in enumerate(prices))


def asked(window: Window, markup: Markup, offers: tuple[Offer, ...] | None) -> Asked:
    return asked_at(window, markup.lowest_cost(window.low), markup.highest_cost(window.high), offers)


def accepts(sent: Asked, price: Decimal) -> bool:
    """What a HidSim does that compares exactly."""
    return (sent.lowest is None or sent.lowest <= price) and price <= sent.highest


@given(
    st.lists(FINE, min_size=1, max_size=8), st.sampled_from([0, 1, 7, 15, 33, 100, 250]), st.integers(0), st.integers(0)
)
@example([Decimal("0.1923076923"), Decimal("0.25")], 0, 0, 0)
@example([Decimal("0.30000000000000004")], 33, 0, 0)
@example([Decimal("0.0000015"), Decimal("0.0000025"), Decimal("0.0000005000001")], 15, 1, 2)
def test_hidsim_accepts_every_offer_that_counts_as_matching_and_none_costs_more_than_the_maximum(
    prices: list[Decimal], percent: int, one: int, other: int
) -> None:
    markup = Markup(percent)
    found = fine_offers(markup, prices)
    ladder = Ladder(found)
    low, high = sorted((ladder.prices[one % len(ladder.prices)], ladder.prices[other % len(ladder.prices)]))
    window = Window(low, high)
    for known in (found, None):
        sent = asked(window, markup, known)
        for offer in found:
            assert offer.exact is not None
            if window.holds(offer.price):
                assert accepts(sent, offer.exact)
        # without the offers an exact tie may be let in from beside: half a micro-unit, which the hold then caps
        assert sent.lowest is None or to_micros(sent.lowest) >= markup.lowest_cost(low) - 1
        assert to_micros(sent.highest) <= markup.highest_cost(high) + (known is None)
    bought = [o for o in found if o.exact is not None and accepts(asked(window, markup, found), o.exact)]
    assert {o.price for o in bought} == {o.price for o in found if window.holds(o.price)}


def test_prices_of_six_decimals_and_fewer_are_asked_for_as_they_are() -> None:
    found = fine_offers(Markup(), [Decimal("0.10"), Decimal("0.25"), Decimal("0.123456")])
    assert asked(Window(100_000, 250_000), Markup(), found) == Asked(Decimal("0.1"), Decimal("0.25"))
    assert asked(Window(100_000, 250_000), Markup(), ()) == Asked(Decimal("0.1"), Decimal("0.25"))
    assert asked(Window(0, 250_000), Markup(), found) == Asked(None, Decimal("0.25"))
    assert asked(Window(100_000, 250_000), Markup(), None) == Asked(Decimal("0.0999995"), Decimal("0.2500005"))


def test_only_the_end_beyond_which_an_offer_lies_becomes_its_exact_price() -> None:
    found = fine_offers(Markup(), [Decimal("0.1923076923"), Decimal("0.25")])
    assert asked(Window(192_308, 192_308), Markup(), found) == Asked(Decimal("0.1923076923"), Decimal("0.192308"))
    assert asked(Window(192_308, 250_000), Markup(), found) == Asked(Decimal("0.1923076923"), Decimal("0.25"))
