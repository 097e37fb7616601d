"""Who is served first, and facts of refusals."""

import pytest

from bot.domain.alerts import AlertKind
from bot.domain.notices import NoticeKind, lane, overtaken, tells_the_end, urgency
from bot.domain.orders import LIVE, REFUNDED, OrderCard, OrderState, Sms
from bot.domain.refusals import Reason, Refusal, RefusalFacts
from tests.domain import make

A, K, S = AlertKind, NoticeKind, OrderState
SMS = Sms(1, "Your code is 7731", "7731", None, None)


def card(state: OrderState, *sms: Sms) -> OrderCard:
    return OrderCard(make.order(state), sms)


def test_codes_go_before_numbers_and_numbers_before_everything_else() -> None:
    assert urgency(NoticeKind.CODE) < urgency(NoticeKind.NUMBER)
    others = set(NoticeKind) - {NoticeKind.CODE, NoticeKind.NUMBER}
    assert all(urgency(NoticeKind.NUMBER) < urgency(kind) for kind in others)


def test_alerts_and_messages_wait_for_what_concerns_orders() -> None:
    late = {kind for kind in NoticeKind if lane(kind) > 0}
    assert late == {NoticeKind.ALERT, NoticeKind.MESSAGE}


@pytest.mark.parametrize("reason", Reason)
def test_a_refusal_carries_its_facts(reason: Reason) -> None:
    refusal = Refusal(reason, amount=1, limit=2, count=3, currency="USD", wait=4, said="5", order_id=6)
    assert refusal.facts == RefusalFacts(reason, 1, 2, 3, "USD", 4, "5", 6)


def test_what_hidsim_said_is_neither_in_the_text_nor_in_the_repr_of_a_refusal() -> None:
    refusal = Refusal(Reason.HIDSIM_REFUSED, said="your number is 5511912345678")
    assert "5511912345678" not in f"{refusal} {refusal!r} {refusal.facts!r}"


STILL_NEWS = {
    K.CODE: set(S),
    K.NUMBER: set(S) - REFUNDED,
    K.UNCONFIRMED: {S.UNCONFIRMED},
    K.RELEASED: set(S),
    K.REFUSED: set(S),
    K.ENDED: set(S),
    K.MESSAGE: set(S),
}
"""In which states of its order a notice that comes late is still told."""


@pytest.mark.parametrize("state", OrderState)
@pytest.mark.parametrize("kind", STILL_NEWS)
def test_a_late_notice_is_told_only_while_it_is_news(kind: NoticeKind, state: OrderState) -> None:
    assert overtaken(kind, None, card(state)) == (state not in STILL_NEWS[kind])


@pytest.mark.parametrize("state", OrderState)
def test_an_alert_about_an_order_is_told_while_there_is_something_to_look_at(state: OrderState) -> None:
    of_orders = {A.UNCONFIRMED, A.OVERDUE, A.LOST}
    told = {what for what in AlertKind if not overtaken(K.ALERT, what, card(state))}
    judged_later = {A.UNCONFIRMED} if state in (S.UNCONFIRMED, S.RELEASED) else set()
    assert told == set(AlertKind) - of_orders | judged_later | ({A.OVERDUE, A.LOST} if state in LIVE else set())
    assert not overtaken(K.ALERT, None, card(state))


def test_an_end_without_an_sms_is_told_once_and_not_after_the_sms_came() -> None:
    assert tells_the_end(K.NUMBER, card(S.COMPLETED))
    assert not tells_the_end(K.NUMBER, card(S.COMPLETED, SMS))
    assert not tells_the_end(K.NUMBER, card(S.PENDING))
    assert not tells_the_end(K.CODE, card(S.COMPLETED))
    assert overtaken(K.ENDED, None, card(S.COMPLETED, SMS))
