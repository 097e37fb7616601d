"""Double-entry bookkeeping: nothing is made, nothing is lost."""

from collections import Counter
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import ledger
from bot.domain.ledger import Transfer

AMOUNT = st.integers(1, 10**12)


def balances(transfers: list[Transfer]) -> Counter[str]:
    found: Counter[str] = Counter()
    for one in transfers:
        found[one.source] -= one.amount
        found[one.target] += one.amount
    return found


@given(st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from("efgh"), AMOUNT)))
def test_any_transfers_together_make_nothing_and_lose_nothing(moves: list[tuple[str, str, int]]) -> None:
    made = [Transfer(str(place), *move) for place, move in enumerate(moves)]
    assert sum(balances(made).values()) == 0


@given(AMOUNT, st.data())
def test_a_capture_empties_the_hold_and_charges_exactly_the_price(amount: int, data: st.DataObject) -> None:
    charged = data.draw(st.integers(0, amount))
    found = balances([ledger.hold(7, 100, amount), *ledger.capture(7, 100, amount, charged)])
    assert found[ledger.held(100)] == 0
    assert found[ledger.wallet(100)] == -charged
    assert found[ledger.REVENUE] == charged


@given(AMOUNT)
def test_a_release_undoes_its_hold(amount: int) -> None:
    found = balances([ledger.hold(7, 100, amount), ledger.release(7, 100, amount)])
    assert set(found.values()) == {0}


@given(st.integers(2, 10**12), st.data())
def test_what_is_set_free_is_the_wallets_again_and_the_rest_is_captured_or_released(
    amount: int, data: st.DataObject
) -> None:
    price = data.draw(st.integers(1, amount - 1))
    begun = [ledger.hold(7, 100, amount), ledger.free(7, 100, 3, amount - price)]
    assert balances(begun)[ledger.held(100)] == price
    assert balances([*begun, *ledger.capture(7, 100, price, price)])[ledger.wallet(100)] == -price
    assert set(balances([*begun, ledger.release(7, 100, price)]).values()) == {0}


@given(AMOUNT)
def test_a_cost_given_back_undoes_the_cost_and_a_debit_a_credit(amount: int) -> None:
    assert set(balances([ledger.cost(7, amount), ledger.cost_back(7, amount)]).values()) == {0}
    assert set(balances([ledger.credit("k", 100, amount), ledger.debit("k", 100, amount)]).values()) == {0}


@pytest.mark.parametrize("amount", [0, -1])
def test_a_transfer_moves_a_positive_amount(amount: int) -> None:
    with pytest.raises(ValueError, match="positive"):
        Transfer("x", "a", "b", amount)


def test_a_transfer_needs_two_accounts() -> None:
    with pytest.raises(ValueError, match="two accounts"):
        Transfer("x", "a", "a", 1)


@pytest.mark.parametrize("charged", [-1, 251])
def test_more_than_the_hold_or_less_than_nothing_is_never_captured(charged: int) -> None:
    with pytest.raises(ValueError, match="capture"):
        ledger.capture(7, 100, 250, charged)


def test_every_movement_of_an_order_has_a_ref_of_its_own() -> None:
    made = [
        ledger.hold(7, 100, 250),
        ledger.release(7, 100, 250),
        *ledger.capture(7, 100, 250, 120),
        ledger.free(7, 100, 2, 50),
        ledger.free(7, 100, 3, 50),
        ledger.cost(7, 100),
        ledger.cost_back(7, 100),
        ledger.charge_back(7, 100, 4, 50),
        ledger.suspense(7, 100),
        ledger.hold(77, 100, 250),
    ]
    assert len({one.ref for one in made}) == len(made)
    assert {one.order_id for one in made} == {7, 77}


@given(AMOUNT, AMOUNT)
def test_a_changed_cost_given_back_leaves_nothing(first: int, then: int) -> None:
    changed = [ledger.cost_change(7, 3, then - first)] if then != first else []
    found = balances([ledger.cost(7, first), *changed])
    assert found[ledger.COST] == then
    found = balances([ledger.cost(7, first), *changed, ledger.cost_back(7, then)])
    assert set(found.values()) == {0}


@pytest.mark.parametrize(
    ("made", "ref", "source", "target"),
    [
        (ledger.hold(7, 100, 5), "hold:7", "wallet:100", "held:100"),
        (ledger.release(7, 100, 5), "release:7", "held:100", "wallet:100"),
        (ledger.cost(7, 5), "cost:7", "hidsim", "cost"),
        (ledger.cost_change(7, 3, 5), "cost:7:3", "hidsim", "cost"),
        (ledger.cost_change(7, 3, -5), "cost:7:3", "cost", "hidsim"),
        (ledger.cost_back(7, 5), "cost-back:7", "cost", "hidsim"),
        (ledger.suspense(7, 5), "suspense:7", "hidsim", "suspense"),
        (ledger.opening(5), "opening", "funding", "hidsim"),
        (ledger.fix(9, 5), "fix:9", "funding", "hidsim"),
        (ledger.fix(9, -5), "fix:9", "hidsim", "funding"),
        (ledger.credit("k", 100, 5), "credit:k", "funding", "wallet:100"),
        (ledger.debit("k", 100, 5), "debit:k", "wallet:100", "funding"),
    ],
)
def test_each_movement_goes_its_way_under_a_ref_that_says_what_it_is(
    made: Transfer, ref: str, source: str, target: str
) -> None:
    assert (made.ref, made.source, made.target, made.amount) == (ref, source, target, 5)


def test_a_difference_of_one_unit_is_fixed_in_its_direction() -> None:
    assert (ledger.fix(9, 1).target, ledger.fix(9, -1).target) == ("hidsim", "funding")
    assert (ledger.cost_change(7, 3, 1).target, ledger.cost_change(7, 3, -1).target) == ("cost", "hidsim")


@pytest.mark.parametrize("made", [lambda: ledger.fix(9, 0), lambda: ledger.cost_change(7, 3, 0)])
def test_no_difference_is_no_movement(made: Callable[[], Transfer]) -> None:
    with pytest.raises(ValueError, match="positive"):
        made()


def test_a_family_is_all_that_people_have_of_it_and_nothing_else() -> None:
    found = {ledger.held(1): 5, ledger.held(22): 7, ledger.wallet(1): 100, ledger.HIDSIM: 1_000}
    assert (ledger.Family.HELD.total(found), ledger.Family.WALLET.total(found)) == (12, 100)
