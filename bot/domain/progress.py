"""What an answer of HidSim's does to an order: a pure decision, carried out by the tracker in one transaction."""

from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.notices import NoticeKind
from bot.domain.orders import CLOSED_WITHOUT_HIDSIM, LIVE, REFUNDED, Order, OrderState, may_move

_BY_NAME = {state.value: state for state in LIVE | REFUNDED | {OrderState.COMPLETED}}


@dataclass(frozen=True, slots=True)
class Seen:
    """An operation as HidSim showed it. `state` is HidSim's word, known or not; `cost` in micro-units, if given."""

    state: str
    number: str | None = field(default=None, repr=False)
    cost: int | None = None
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """What changes. `capture` None on a completed order's step means that nothing is captured in it.

    `assumed_price`: HidSim gave no price, so the window's maximum was captured (to be flagged in the audit).
    """

    state: OrderState
    number: str | None = field(default=None, repr=False)
    cost: int | None = None
    price: int | None = None
    expires_at: datetime | None = None
    capture: int | None = None
    release: bool = False
    assumed_price: bool = False
    notices: tuple[NoticeKind, ...] = ()


def state_of(order: Order, seen: Seen) -> OrderState:
    """HidSim's word as our state. Unknown words and steps backwards end nothing; with a number it is pending."""
    told = _BY_NAME.get(seen.state)
    if told is None or told in LIVE:
        told = OrderState.PENDING if seen.number or order.number else OrderState.CREATING
    return told if may_move(order.state, told) else order.state


def advance(order: Order, seen: Seen, shown_price: int | None) -> Step | None:
    """The step that this answer causes, or None when it changes nothing.

    `shown_price` is `seen.cost` with the operator's markup. Refunds follow HidSim's answer only, never a clock.
    A price above the hold is captured at the hold: a person never pays more than the window's maximum.
    """
    if order.state in CLOSED_WITHOUT_HIDSIM:
        return None
    state = state_of(order, seen)
    number = order.number or seen.number
    cost = seen.cost if seen.cost is not None else order.cost
    price = shown_price if shown_price is not None else order.price
    expires_at = seen.expires_at or order.expires_at
    if (state, number, cost, expires_at) == (order.state, order.number, order.cost, order.expires_at):
        return None
    entered = state if state is not order.state else None
    completed = entered is OrderState.COMPLETED
    due = order.held if price is None else min(price, order.held)
    return Step(
        state=state,
        number=number,
        cost=cost,
        price=price,
        expires_at=expires_at,
        capture=due if completed else None,
        release=entered in REFUNDED,
        assumed_price=completed and price is None,
        notices=_notices(order, entered, number),
    )


def _notices(order: Order, entered: OrderState | None, number: str | None) -> tuple[NoticeKind, ...]:
    """A number is pushed once, also when it arrives together with its code; an end is pushed unless it is a code."""
    told: list[NoticeKind] = []
    if number and not order.number and entered not in REFUNDED:
        told.append(NoticeKind.NUMBER)
    if entered in REFUNDED:
        told.append(NoticeKind.ENDED)
    return tuple(told)
