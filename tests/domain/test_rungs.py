"""What the steppers climb, what a window is cut to, and what stands in the way of buying it."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.people import Purse
from bot.domain.price_window import Ladder, Preset, Standstill, Window, obstacle, steps
from bot.domain.refusals import Reason
from tests.domain.make import offers

EDGE = st.integers(0, 1100)
MANY = st.lists(st.integers(1, 1000), min_size=1, max_size=80)


@given(MANY)
def test_the_ladder_has_eight_rungs_at_most_with_as_many_offers_in_between(prices: list[int]) -> None:
    ladder = Ladder(offers(*prices))
    assert set(ladder.rungs) <= set(ladder.prices)
    assert len(ladder.rungs) <= 8
    assert (ladder.rungs[0], ladder.rungs[-1]) == (min(prices), max(prices))
    if len(ladder.prices) <= 8:
        assert ladder.rungs == ladder.prices
    else:
        for under, over in pairwise(ladder.rungs):
            between = sum(under < price < over for price in prices)
            assert between <= len(prices) / 7


def taps_to(ladder: Ladder, start: Window, presets: bool = True) -> dict[int, int]:
    """The fewest taps on Max and on the presets to each maximum."""
    jumps = [ladder.preset(preset) for preset in Preset] if presets else []
    found, edge = {start: 0}, [start]
    while edge:
        here = edge.pop(0)
        moved = steps(ladder, here)
        for there in (*jumps, moved.high_up, moved.high_down):
            if there is not None and (clamped := ladder.clamped(there)) not in found:
                found[clamped] = found[here] + 1
                edge.append(clamped)
    best: dict[int, int] = {}
    for window, taps in found.items():
        best[window.high] = min(taps, best.get(window.high, taps))
    return best


@given(MANY, EDGE)
@settings(max_examples=60)
def test_no_maximum_is_more_than_four_taps_away_from_anywhere(prices: list[int], typed: int) -> None:
    ladder = Ladder(offers(*prices))
    for start in (ladder.preset(Preset.MEDIAN), ladder.clamped(Window(0, typed))):
        taps = taps_to(ladder, start)
        assert max(taps[rung] for rung in ladder.rungs) <= 4


@given(st.lists(st.integers(1, 10**6), min_size=9, max_size=80, unique=True))
def test_from_the_median_four_steps_lead_to_either_end_of_a_long_ladder(prices: list[int]) -> None:
    ladder = Ladder(offers(*prices))
    taps = taps_to(ladder, ladder.preset(Preset.MEDIAN), presets=False)
    assert max(taps[rung] for rung in ladder.rungs) <= 4


@given(MANY, EDGE, EDGE)
def test_a_window_is_clamped_to_what_is_offered_and_catches_what_it_caught(
    prices: list[int], one: int, other: int
) -> None:
    ladder, window = Ladder(offers(*prices)), Window(*sorted((one, other)))
    clamped = ladder.clamped(window)
    assert ladder.match(clamped) == ladder.match(window)
    assert clamped.low <= clamped.high <= max(window.high, window.low)
    assert ladder.clamped(clamped) == clamped
    if ladder.match(window).offers:
        assert min(prices) <= clamped.low
        assert clamped.high <= max(prices)


def test_a_typed_maximum_above_the_dearest_sets_the_dearest_aside() -> None:
    ladder = Ladder(offers(100, 800))
    assert ladder.clamped(Window(0, 5000)) == Window(100, 800)
    assert ladder.clamped(Window(0, 300)) == Window(100, 300)
    assert ladder.clamped(Window(0, 10)) == Window(10, 10)
    assert ladder.clamped(Window(900, 1000)) == Window(900, 900)


@given(MANY, EDGE, EDGE)
def test_raising_the_maximum_brings_more_or_there_is_nothing_dearer(prices: list[int], one: int, other: int) -> None:
    ladder, window = Ladder(offers(*prices, stock=None)), Window(*sorted((one, other)))
    raised = ladder.raised(window)
    if raised is None:
        assert window.high >= max(prices)
        return
    assert raised.high in ladder.rungs
    assert raised.high > window.high
    assert ladder.match(raised).offers > ladder.match(window).offers


AT_WORK = Standstill(paused=False, in_progress=0, most=3)


def purse(left: int, limit: int | None = None) -> Purse:
    return Purse(left, 0, "USD", limit)


@given(MANY, EDGE, EDGE, EDGE, st.booleans())
def test_what_stands_in_the_way_is_what_a_purchase_would_be_refused_with_and_what_stands_instead_would_not(
    prices: list[int], one: int, other: int, left: int, prepaid: bool
) -> None:
    ladder, window = Ladder(offers(*prices)), Window(*sorted((one, other)))
    money = purse(left, None if prepaid else 2000)
    met = obstacle(ladder, window, money, AT_WORK)
    if met is None:
        assert ladder.match(window).offers
        assert window.high <= left
        return
    if met.instead is None:
        assert left < min(prices)
    else:
        assert obstacle(ladder, met.instead, money, AT_WORK) is None
    short = Reason.NO_CREDIT if prepaid else Reason.DAILY_LIMIT
    assert met.why.reason in (short, Reason.NO_MATCH)
    assert met.why.reason is short or not ladder.match(window).offers


def test_a_pause_comes_before_too_many_orders_and_both_before_money() -> None:
    ladder, window = Ladder(offers(100)), Window(100, 100)

    def reason(paused: bool, in_progress: int, left: int) -> Reason | None:
        met = obstacle(ladder, window, purse(left), Standstill(paused, in_progress, 3))
        assert met is None or met.instead is None
        return met.why.reason if met else None

    assert reason(True, 3, 0) is Reason.BUYING_PAUSED
    assert reason(False, 3, 0) is Reason.TOO_MANY_OPEN
    assert reason(False, 2, 99) is Reason.NO_CREDIT
    assert reason(False, 2, 100) is None
