"""Every outcome of an order as a step: where it may lead, what becomes of the money set aside, who hears of it."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from itertools import product

import pytest

from bot.domain import ledger, moves
from bot.domain.acts import Act
from bot.domain.alerts import Alert, AlertKind
from bot.domain.details import NumberReplaced, PriceTold
from bot.domain.evidence import Evidence
from bot.domain.moves import Stage, Step
from bot.domain.notices import NoticeKind
from bot.domain.orders import HOLDING, REFUNDED, WATCH, Order, OrderState, may_move
from bot.domain.progress import Seen
from bot.domain.refusals import Reason
from bot.domain.sms import fingerprint
from tests.domain.make import NOW, order

S = OrderState
ADMIN = 900
NUMBER = "+5511912345678"
LATER = timedelta(minutes=10)
NOTHING = Evidence(None, None)
ANSWERS = [
    Seen(word, number, cost)
    for word, number, cost in product(
        ("creating", "pending", "completed", "user_refunded", "new"), (None, NUMBER), (None, 90_000)
    )
]


def of_hidsim(before: Order, seen: Seen) -> Step | None:
    return moves.answered(before, "e" * 24, seen, seen.cost, NOW)


def all_steps() -> list[tuple[Order, Step]]:
    """Each outcome from each state in which the services let it happen."""
    placing, lost = order(S.PLACING), order(S.UNCONFIRMED, release_at=NOW + LATER)
    released = order(S.RELEASED, charged=0, finished_at=NOW)
    steps = [(placing, moves.placed(placing, guarded=True)), (placing, moves.lost(placing, NOTHING, LATER))]
    steps += [(placing, moves.refused(placing, reason, 90_000, NOW)) for reason in Reason]
    steps += [(lost, moves.released(lost, NOW))]
    for before, bought in product((lost, released), (True, False)):
        steps.append((before, moves.judged(before, 200_000, ADMIN, NOW, bought=bought)))
    for state, seen in product((S.PLACING, S.UNCONFIRMED, S.CREATING, S.PENDING), ANSWERS):
        if (step := of_hidsim(order(state), seen)) is not None:
            steps.append((order(state), step))
    return steps


def flow(step: Step) -> Counter[str]:
    found: Counter[str] = Counter()
    for one in step.transfers:
        found[one.source] -= one.amount
        found[one.target] += one.amount
    return found


def test_no_step_leads_where_an_order_may_not_go() -> None:
    for before, step in all_steps():
        assert step.after.state is before.state or may_move(before.state, step.after.state)


def test_a_step_moves_just_what_the_order_holds_less_afterwards() -> None:
    """Whatever ends an order empties its hold; what goes on keeps exactly what stands on it."""
    for before, step in all_steps():
        had = before.held if before.state in HOLDING and step.stage is not Stage.HOLD else 0
        has = step.after.held if step.after.state in HOLDING else 0
        assert flow(step)[ledger.held(before.person_id)] == has - had, step


def test_who_pays_pays_what_is_called_charged() -> None:
    for before, step in all_steps():
        if step.after.state not in HOLDING and before.state in HOLDING:
            assert flow(step)[ledger.REVENUE] == step.after.charged


def test_no_two_transfers_of_a_step_have_one_ref() -> None:
    for _, step in all_steps():
        refs = [one.ref for one in step.transfers]
        assert len(refs) == len(set(refs))


def test_each_step_into_another_state_is_in_the_audit_and_no_other_is() -> None:
    for before, step in all_steps():
        entered = [one.act for one in step.entries if one.act.value == f"order.{step.after.state.value}"]
        back = before.state is S.RELEASED  # an admin's word alone: nothing else happens
        assert len(entered) == (not back and (step.after.state is not before.state or step.stage is Stage.HOLD))


@pytest.mark.parametrize("state", sorted(REFUNDED))
def test_an_end_that_the_persons_own_tap_shows_rings_nowhere(state: OrderState) -> None:
    step = of_hidsim(order(S.PENDING, number=NUMBER), Seen(state.value, NUMBER, 90_000))
    assert step is not None
    assert [one.kind for one in step.notices] == [NoticeKind.ENDED]
    assert moves.told_by_tap(step).notices == ()


@pytest.mark.parametrize(
    ("reason", "kind"), [(Reason.OPERATOR_BALANCE, AlertKind.EMPTY), (Reason.HIDSIM_SIGN_IN, AlertKind.SIGN_IN)]
)
def test_admins_hear_of_what_no_buyer_can_mend_until_a_number_is_sold(reason: Reason, kind: AlertKind) -> None:
    assert moves.refused(order(), reason, None, NOW).alerts == (Alert(kind, ""),)
    sold = of_hidsim(order(S.PLACING), Seen("creating", None, None))
    asked = of_hidsim(order(S.CREATING, operation_id="f" * 24), Seen("pending", NUMBER, 90_000))
    assert sold is not None
    assert asked is not None
    assert kind in sold.ends
    assert asked.ends == ()


def test_other_refusals_alert_nobody() -> None:
    others = set(Reason) - {Reason.OPERATOR_BALANCE, Reason.HIDSIM_SIGN_IN}
    assert {moves.refused(order(), reason, None, NOW).alerts for reason in others} == {()}


def test_a_lost_purchase_keeps_its_hold_and_says_until_when() -> None:
    step = moves.lost(order(), Evidence(5, NOW), LATER, Stage.TAKEOVER)
    assert (step.after.state, step.after.held, step.after.release_at) == (S.UNCONFIRMED, 250_000, NOW + LATER)
    assert (step.transfers, step.stage, step.after.evidence) == ((), Stage.TAKEOVER, Evidence(5, NOW))


def test_a_judgement_after_the_release_moves_no_persons_money() -> None:
    step = moves.judged(order(S.RELEASED, charged=0), 200_000, ADMIN, NOW, bought=True)
    assert flow(step) == {ledger.HIDSIM: -200_000, ledger.SUSPENSE: 200_000}
    assert [(one.act, one.actor_id) for one in step.entries] == [(Act.ORDER_JUDGED_BOUGHT, ADMIN)]
    assert step.notices == ()


@pytest.mark.parametrize("any_sms", [True, False])
@pytest.mark.parametrize("cost", [None, 90_000])
def test_a_completed_order_with_which_no_code_rings_is_told_once(any_sms: bool, cost: int | None) -> None:
    before = order(S.PENDING, number=NUMBER)
    step = of_hidsim(before, Seen("completed", NUMBER, cost))
    assert step is not None
    assert moves.completes(before, step)
    told = [one.kind for one in moves.quiet_end(before, step, any_sms=any_sms)]
    assert told == ([NoticeKind.PRICED] if cost is None else []) if any_sms else [NoticeKind.ENDED]


@pytest.mark.parametrize(
    "make", [moves.released, lambda o, n: moves.refused(o, Reason.NO_MATCH, None, n)], ids=["released", "refused"]
)
def test_an_order_that_held_nothing_gives_nothing_back(make: Callable[..., Step]) -> None:
    state = S.UNCONFIRMED if make is moves.released else S.PLACING
    assert make(order(state, held=0), NOW).transfers == ()


def test_a_number_in_place_of_another_says_that_it_is_one() -> None:
    other = "+5511987654321"
    step = of_hidsim(order(S.PENDING, number=NUMBER), Seen("pending", other, 90_000))
    assert step is not None
    (told,) = step.notices
    assert (told.kind, told.detail) == (NoticeKind.NUMBER, NumberReplaced())
    assert told.key == f"number:7:{fingerprint(other)[:16]}"


def test_a_price_that_comes_after_the_end_tells_what_comes_back() -> None:
    before = order(S.COMPLETED, number=NUMBER, charged=250_000, finished_at=NOW)
    step = of_hidsim(before, Seen("completed", NUMBER, 90_000))
    assert step is not None
    (told,) = step.notices
    assert (told.kind, told.key, told.detail) == (NoticeKind.PRICED, "priced:7:1", PriceTold(160_000))
    assert (step.after.charged, flow(step)[ledger.REVENUE]) == (90_000, -160_000)


def test_the_first_answer_is_the_purchases_outcome_and_later_ones_are_not() -> None:
    seen = Seen("creating", took=timedelta(seconds=3))
    first = of_hidsim(order(S.PLACING), seen)
    later = of_hidsim(order(S.CREATING, operation_id="e" * 24), Seen("pending", NUMBER, 90_000))
    assert first is not None
    assert later is not None
    assert (first.stage, later.stage) == (Stage.OUTCOME, Stage.FINAL)
    assert (first.after.operation_id, first.took, later.took) == ("e" * 24, timedelta(seconds=3), None)


def test_a_number_has_the_time_of_the_answer_that_brought_it_and_keeps_it() -> None:
    came, later = NOW - LATER, NOW
    first = moves.answered(order(S.CREATING), "e" * 24, Seen("pending", NUMBER, 90_000), 90_000, came)
    assert first is not None
    assert first.after.number_at == came
    then = moves.answered(first.after, "e" * 24, Seen("completed", NUMBER, 90_000), 90_000, later)
    assert then is not None
    assert (then.after.number_at, then.after.finished_at, then.after.watched_until) == (came, later, None)


def test_an_end_takes_the_wish_to_close_with_it() -> None:
    before = order(S.PENDING, number=NUMBER, close_wanted=True)
    for word in ("completed", "user_refunded"):
        step = of_hidsim(before, Seen(word, NUMBER, 90_000))
        assert step is not None
        assert step.after.close_wanted is False


def test_an_end_without_a_price_is_watched_for_one_and_told_to_the_admins_once() -> None:
    step = of_hidsim(order(S.PENDING, number=NUMBER), Seen("completed", NUMBER))
    assert step is not None
    assert step.after.watched_until == NOW + WATCH
    assert step.alerts == (Alert(AlertKind.UNPRICED, "7", 7),)
