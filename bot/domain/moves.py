"""Every outcome of an order as a step: a pure decision, which one writer carries out in one transaction.

A step says everything at once: how the order stands afterwards, which money moves, who is told, what the audit keeps.
What is no step does not happen to an order's state or money.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain import acts, ledger
from bot.domain.acts import Act
from bot.domain.alerts import Alert, AlertKind
from bot.domain.details import Detail, NumberReplaced, PriceTold
from bot.domain.evidence import Evidence
from bot.domain.ledger import Transfer
from bot.domain.money import Cost, Price
from bot.domain.notices import NoticeKind
from bot.domain.orders import REFUNDED, WATCH, Order, OrderState
from bot.domain.progress import Change, Seen, advance
from bot.domain.refusals import Reason
from bot.domain.sequels import left_after
from bot.domain.sms import fingerprint

_MENDED_BY_ADMINS = {Reason.OPERATOR_BALANCE: AlertKind.EMPTY, Reason.HIDSIM_SIGN_IN: AlertKind.SIGN_IN}
"""What admins hear of: no buyer can do anything about it. The next number that HidSim sells ends it."""


class Stage(StrEnum):
    """Which moment of a life a step is; a crash is tried before and after each (`bot/milestones.py`)."""

    HOLD = "hold"  # placed, with its maximum set aside
    OUTCOME = "outcome"  # what the purchase brought: an operation or a refusal
    LOST = "lost"  # its answer was lost
    TAKEOVER = "takeover"  # the same, found by another process
    FINAL = "final"  # a later answer of HidSim's
    RELEASE = "release"  # the hold of a lost purchase comes back
    JUDGED = "judged"  # an admin said what became of a lost purchase


@dataclass(frozen=True, slots=True)
class Told:
    """A notice to the order's person. `key` makes it once; `sms_id` for a code."""

    kind: NoticeKind
    key: str
    detail: Detail | None = None
    sms_id: int | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the audit. `actor_id`: whose deed it was; None for HidSim's answers and the clock.

    `at`: when it was, if that is before it is written down.
    """

    act: Act
    actor_id: int | None = None
    detail: Mapping[str, str | int | None] = field(default_factory=dict)
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """`after`: the order as it stands then, but for its revision, which the writer raises. `guarded`: no transfer may
    overdraw a wallet. `ends`: incidents that are over by it. `took`: how long HidSim says that the operation took until
    this state, None when it does not.
    """

    after: Order
    stage: Stage
    transfers: tuple[Transfer, ...] = ()
    guarded: bool = False
    entries: tuple[Entry, ...] = ()
    notices: tuple[Told, ...] = ()
    alerts: tuple[Alert, ...] = ()
    ends: tuple[AlertKind, ...] = ()
    took: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Moved:
    """The fact that hooks get, once it is committed: an order moved from a state to another (or the same) at `at`."""

    was: OrderState
    order: Order
    at: datetime
    took: timedelta | None


def placed(order: Order, *, guarded: bool) -> Step:
    """The order stands; its maximum is set aside. `guarded`: for prepaid wallets, which never fall below zero."""
    return Step(
        order,
        Stage.HOLD,
        transfers=(ledger.hold(order.id, order.person_id, order.held),) if order.held else (),
        guarded=guarded,
        entries=(Entry(Act.ORDER_PLACING, order.person_id, {"held": order.held}),),
    )


def refused(order: Order, reason: Reason, cheapest: int | None, now: datetime) -> Step:
    """HidSim said no, or was never asked: nothing was bought. `cheapest`: what the pair costs at least, if it tells."""
    kind = _MENDED_BY_ADMINS.get(reason)
    return Step(
        _ended(replace(order, reason=reason.value, cheapest=cheapest), OrderState.REFUSED, now),
        Stage.OUTCOME,
        transfers=tuple(_release(order)),
        entries=(Entry(Act.ORDER_REFUSED, detail={"reason": reason.value}),),
        notices=(_once(NoticeKind.REFUSED, order),),
        alerts=() if kind is None else (Alert(kind, ""),),
    )


def lost(order: Order, evidence: Evidence, release_after: timedelta, stage: Stage = Stage.LOST) -> Step:
    """Nobody can know whether it was bought. The hold stays until `release_after` from the placing: a promise."""
    return Step(
        replace(
            order,
            state=OrderState.UNCONFIRMED,
            evidence=evidence,
            release_at=order.placed_at + release_after,
        ),
        stage,
        entries=(Entry(Act.ORDER_UNCONFIRMED),),
        notices=(_once(NoticeKind.UNCONFIRMED, order),),
        alerts=(Alert(AlertKind.UNCONFIRMED, str(order.id), order.id),),
    )


def released(order: Order, now: datetime) -> Step:
    """The promise is kept: a lost purchase's hold comes back."""
    return _given_back(order, OrderState.RELEASED, Stage.RELEASE, now)


def judged(order: Order, highest_cost: Cost, admin_id: int, now: datetime, *, bought: bool) -> Step:
    """An admin's word about a lost purchase; the person gets the hold back at once if they have not yet.

    `highest_cost`: the most that it can have cost at HidSim, which is booked as suspense when it was bought.
    """
    state = OrderState.BOUGHT if bought else OrderState.NOT_BOUGHT
    waiting = order.state is OrderState.UNCONFIRMED
    step = _given_back(order, state, Stage.JUDGED, now) if waiting else Step(replace(order, state=state), Stage.JUDGED)
    suspense = (ledger.suspense(order.id, highest_cost),) if bought and highest_cost else ()
    word = Entry(acts.judged(state), admin_id, {"before": order.state.value, "after": state.value})
    return replace(step, transfers=(*step.transfers, *suspense), entries=(*step.entries, word))


def answered(order: Order, operation_id: str, seen: Seen, shown_price: Price | None, now: datetime) -> Step | None:
    """HidSim's word about an operation; None when it changes nothing.

    `shown_price` is `seen.cost` with the operator's markup. Money follows HidSim's answer, never our clock.
    """
    change = advance(order, seen, shown_price)
    if change is None:
        return None
    entered = change.state is not order.state
    return Step(
        _after(order, operation_id, change, now),
        Stage.OUTCOME if order.operation_id is None else Stage.FINAL,
        transfers=tuple(_money(order, change)),
        entries=tuple(_entries(change, entered=entered)),
        notices=tuple(_told(kind, order, change) for kind in change.notices),
        alerts=(Alert(AlertKind.UNPRICED, str(order.id), order.id),) if change.assumed_price else (),
        ends=tuple(_MENDED_BY_ADMINS.values()) if order.operation_id is None else (),
        took=seen.took,
    )


def noted(step: Step, entries: Iterable[Entry]) -> Step:
    """The same, with what the audit keeps of the request that it came of."""
    return replace(step, entries=(*entries, *step.entries))


def told_by_tap(step: Step) -> Step:
    """The same, where the person's own tap shows the end: no push rings."""
    return replace(step, notices=tuple(one for one in step.notices if one.kind is not NoticeKind.ENDED))


def completes(order: Order, step: Step) -> bool:
    return step.after.state is OrderState.COMPLETED and order.state is not OrderState.COMPLETED


def quiet_end(order: Order, step: Step, *, any_sms: bool) -> tuple[Told, ...]:
    """What is told of an order that was completed and no code rings: that it ended without any SMS, or a price."""
    if not any_sms:
        return (_once(NoticeKind.ENDED, order),)
    if step.after.unpriced:
        return (Told(NoticeKind.PRICED, f"unpriced:{order.id}"),)
    return ()


def _ended(order: Order, state: OrderState, now: datetime, charged: int = 0) -> Order:
    follows = left_after(order, state)
    return replace(order, state=state, finished_at=now, charged=charged, close_wanted=False, sequel=follows)


def _given_back(order: Order, state: OrderState, stage: Stage, now: datetime) -> Step:
    return Step(
        _ended(order, state, now),
        stage,
        transfers=tuple(_release(order)),
        entries=(Entry(acts.entered(state)),),
        notices=(_once(NoticeKind.RELEASED, order),),
    )


def _release(order: Order) -> Iterator[Transfer]:
    if order.held:
        yield ledger.release(order.id, order.person_id, order.held)


def _once(kind: NoticeKind, order: Order) -> Told:
    return Told(kind, f"{kind.value}:{order.id}")


def _after(order: Order, operation_id: str, change: Change, now: datetime) -> Order:
    after = replace(
        order,
        state=change.state,
        operation_id=order.operation_id or operation_id,
        number=change.number,
        number_at=now if change.new_number else order.number_at,
        cost=change.cost,
        price=change.price,
        held=order.held - change.set_free,
        expires_at=change.expires_at,
        watched_until=now + WATCH if change.assumed_price else order.watched_until,
        charged=order.charged - change.back if order.charged is not None else None,
    )
    ends = change.state is not order.state and (change.capture is not None or change.release)
    return _ended(after, change.state, now, change.capture or 0) if ends else after


def _money(order: Order, change: Change) -> Iterator[Transfer]:
    if change.state not in REFUNDED:
        yield from _cost(order, change.cost or Cost(0))
    if change.set_free:
        yield ledger.free(order.id, order.person_id, order.revision, change.set_free)
    if change.capture is not None and order.held:
        yield from ledger.capture(order.id, order.person_id, order.held, change.capture)
    if change.back:
        yield ledger.charge_back(order.id, order.person_id, order.revision, change.back)
    if change.release:
        yield from _release(order)
        if order.cost:
            yield ledger.cost_back(order.id, order.cost)


def _cost(order: Order, cost: Cost) -> Iterator[Transfer]:
    """The books hold the price as HidSim told it last, so that a refund gives back exactly that."""
    difference = cost - (order.cost or 0)
    if difference and order.cost is None:
        yield ledger.cost(order.id, cost)
    elif difference:
        yield ledger.cost_change(order.id, order.revision, difference)


def _entries(change: Change, *, entered: bool) -> Iterator[Entry]:
    if change.assumed_price:
        yield Entry(Act.ORDER_PRICE_ASSUMED, detail={"charged": change.capture})
    if change.back:
        yield Entry(Act.ORDER_PRICE_CORRECTED, detail={"back": change.back})
    if entered:
        yield Entry(acts.entered(change.state))


def _told(kind: NoticeKind, order: Order, change: Change) -> Told:
    """Each number of an order is told once, and each price."""
    if kind is NoticeKind.NUMBER and order.number is not None and change.number is not None:
        return Told(kind, f"number:{order.id}:{fingerprint(change.number)[:16]}", NumberReplaced())
    if kind is NoticeKind.PRICED:
        return Told(kind, f"priced:{order.id}:{order.revision}", PriceTold(change.back))
    return _once(kind, order)
