"""What rounding explains between a balance that is shown rounded and books that are kept to the micro-unit."""

from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.domain.money import to_micros
from bot.domain.rounding import explained, shown_unit

PRICES = st.lists(st.decimals(min_value="0.0001", max_value=3, places=5), min_size=1, max_size=300)
SHOWN = st.integers(0, 6)


def shown(amount: Decimal, decimals: int, rounding: str) -> Decimal:
    return amount.quantize(Decimal(1).scaleb(-decimals), rounding=rounding)


def change(before: Decimal, after: Decimal, prices: list[Decimal]) -> int:
    """How far a balance moved away from books that took each price."""
    return to_micros(after) - to_micros(before) + sum(map(to_micros, prices))


def uneven(prices: list[Decimal], decimals: int) -> int:
    return sum(to_micros(price) % shown_unit(decimals) != 0 for price in prices)


@given(PRICES, SHOWN, st.decimals(0, 1, places=5), st.sampled_from([ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_DOWN]))
def test_a_balance_that_is_kept_exact_and_shown_rounded_agrees(
    prices: list[Decimal], decimals: int, more: Decimal, rounding: str
) -> None:
    opening = 1000 + more
    unit = Decimal(1).scaleb(-decimals)
    assume(rounding != ROUND_HALF_EVEN or opening % unit != unit / 2)  # half a unit goes either way, move by move
    before, after = (shown(b, decimals, rounding) for b in (opening, opening - sum(prices)))
    moved = change(before, after, prices)
    assert explained(moved, decimals, len(prices), uneven(prices, decimals))


@given(PRICES, SHOWN, st.sampled_from([ROUND_HALF_UP, ROUND_HALF_EVEN]))
def test_a_balance_that_is_kept_rounded_agrees(prices: list[Decimal], decimals: int, rounding: str) -> None:
    opening = balance = Decimal(1000)
    for price in prices:
        balance = shown(balance - price, decimals, rounding)
    assert explained(change(opening, balance, prices), decimals, len(prices), uneven(prices, decimals))


@pytest.mark.parametrize("decimals", [0, 1, 2, 3, 6, 15])
def test_without_an_order_in_between_nothing_is_explained(decimals: int) -> None:
    assert explained(0, decimals, 0, 0)
    assert not explained(1, decimals, 0, 0)


@pytest.mark.parametrize(
    ("decimals", "orders", "odd"), [(2, 1, 1), (2, 100, 100), (2, 900, 0), (3, 900, 900), (1, 15, 15), (0, 900, 0)]
)
def test_a_fee_of_a_dollar_is_no_rounding(decimals: int, orders: int, odd: int) -> None:
    assert not explained(-1_000_000, decimals, orders, odd)
