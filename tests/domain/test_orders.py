"""Which state may follow which."""

import pytest

from bot.domain.orders import HOLDING, IN_PROGRESS, LIVE, REFUNDED, Order, OrderState, Sms, may_move
from tests.domain.make import order

S = OrderState
ENDS = {S.COMPLETED, S.NO_NUMBER_REFUNDED, S.SYSTEM_REFUNDED, S.USER_REFUNDED}
ALLOWED = {
    S.PLACING: {S.CREATING, S.PENDING, S.REFUSED, S.UNCONFIRMED} | ENDS,
    S.UNCONFIRMED: {S.CREATING, S.PENDING, S.REFUSED, S.RELEASED, S.BOUGHT, S.NOT_BOUGHT} | ENDS,
    S.RELEASED: {S.BOUGHT, S.NOT_BOUGHT},
    S.CREATING: {S.PENDING} | ENDS,
    S.PENDING: ENDS,
}


@pytest.mark.parametrize("old", S)
@pytest.mark.parametrize("new", S)
def test_the_table_of_moves(old: OrderState, new: OrderState) -> None:
    assert may_move(old, new) is (new in ALLOWED.get(old, set()))


def test_what_holds_money_can_still_give_it_back_or_take_it() -> None:
    for state in HOLDING:
        assert any(may_move(state, end) for end in REFUNDED | {S.REFUSED, S.RELEASED})
        assert may_move(state, S.COMPLETED)


def test_an_order_in_progress_is_one_that_holds_money_and_a_live_one_is_in_progress() -> None:
    assert IN_PROGRESS == HOLDING
    assert LIVE < IN_PROGRESS
    assert all(order(state).in_progress is (state in IN_PROGRESS) for state in S)
    assert all(order(state).live is (state in LIVE) for state in S)


def test_nothing_that_has_ended_holds_money() -> None:
    assert not HOLDING & (ENDS | {S.REFUSED, S.RELEASED, S.BOUGHT, S.NOT_BOUGHT})


def test_no_repr_shows_a_number_a_code_or_a_text() -> None:
    one: Order = order(number="+5511912345678")
    sms = Sms(1, "Your code is 123456", "123456", "Sender 99", None)
    for secret in ("5511912345678", "123456", "Your code", "Sender 99"):
        assert secret not in repr(one) + repr(sms)
