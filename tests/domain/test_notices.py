"""Who is served first, and facts of refusals."""

import pytest

from bot.domain.notices import NoticeKind, lane, urgency
from bot.domain.refusals import Reason, Refusal, RefusalFacts


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
