"""What an answer of HidSim's changes in an order: a pure decision, of which `moves` makes a step."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.domain.money import Cost, Price
from bot.domain.notices import NoticeKind
from bot.domain.orders import CLOSED_WITHOUT_HIDSIM, LIVE, REFUNDED, Order, OrderState, end_of, may_move

_BY_NAME = {state.value: state for state in LIVE | REFUNDED | {OrderState.COMPLETED}}


@dataclass(frozen=True, slots=True)
class Seen:
    """An operation as HidSim showed it. `state` is HidSim's word, known or not; `cost` in micro-units, if given.

    `took`: from its beginning to its last change, by HidSim's own times.
    """

    state: str
    number: str | None = field(default=None, repr=False)
    cost: Cost | None = None
    expires_at: datetime | None = None
    took: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """What changes. `capture` None on a completed order's change means that nothing is captured in it.

    `price` is what the person pays at most, which is never more than is set aside for it. `set_free`: what goes back to
    the wallet because the number came and costs less than was set aside. `back`: what comes back because a price came
    after the end. `assumed_price`: HidSim gave no price, so all that was set aside was captured, for now; everybody
    concerned is told. `new_number`: to be pushed.
    """

    state: OrderState
    number: str | None = field(default=None, repr=False)
    cost: Cost | None = None
    price: Price | None = None
    expires_at: datetime | None = None
    capture: int | None = None
    release: bool = False
    assumed_price: bool = False
    back: int = 0
    set_free: int = 0
    new_number: bool = False
    notices: tuple[NoticeKind, ...] = ()


def state_of(order: Order, seen: Seen) -> OrderState:
    """HidSim's word as our state. Unknown words and steps backwards end nothing; with a number it is pending."""
    told = _BY_NAME.get(seen.state)
    if told is None or told in LIVE:
        told = OrderState.PENDING if seen.number or order.number else OrderState.CREATING
    return told if may_move(order.state, told) else order.state


def advance(order: Order, seen: Seen, shown_price: Price | None) -> Change | None:
    """What this answer changes, or None when it is nothing.

    `shown_price` is `seen.cost` with the operator's markup. Refunds follow HidSim's answer only, never a clock.
    What is set aside never grows: a person never pays more than the window's maximum, nor more than the price that came
    with the number. A price that becomes higher is the shop's to bear.
    """
    if order.state in CLOSED_WITHOUT_HIDSIM:
        return None
    state = state_of(order, seen)
    entered = state if state is not order.state else None
    number = _number(order, seen.number, entered)
    cost = seen.cost if seen.cost is not None else order.cost
    price = _price(order, shown_price, state)
    expires_at = end_of(order.placed_at, seen.expires_at) or order.expires_at
    back = _back(order, seen, shown_price)
    waiting = state in LIVE and number is not None
    set_free = order.held - price if waiting and price else 0
    told, known = (state, number, cost, expires_at), (order.state, order.number, order.cost, order.expires_at)
    if told == known and not back and not set_free:
        return None
    completed = entered is OrderState.COMPLETED
    new_number = number is not None and entered not in REFUNDED and not _same_number(order.number, number)
    return Change(
        state=state,
        number=number,
        cost=cost,
        price=price,
        expires_at=expires_at,
        capture=(order.held if price is None else price) if completed else None,
        release=entered in REFUNDED,
        assumed_price=completed and price is None,
        back=back,
        set_free=set_free,
        new_number=new_number,
        notices=tuple(_notices(order, entered, price, back, new_number=new_number)),
    )


def _price(order: Order, shown: Price | None, state: OrderState) -> Price | None:
    """What the person pays, as far as it was told. While the order waits, nothing may be not charged yet."""
    price = shown or order.price
    if state not in LIVE:
        free = Price(0) if order.cost == 0 else None
        price = next((told for told in (shown, order.price, free) if told is not None), None)
    most = order.charged if state is OrderState.COMPLETED and order.charged is not None else order.held
    return None if price is None else Price(min(price, most))


def _number(order: Order, shown: str | None, entered: OrderState | None) -> str | None:
    """HidSim may replace a number while the order waits; an order that has ended keeps the one it had.

    One that was erased does not come back with the next answer.
    """
    if order.erased_at is not None:
        return order.number
    if shown is None or order.number is None:
        return order.number or shown
    if order.state not in LIVE or entered in REFUNDED:
        return order.number
    better = shown.startswith("+") and not order.number.startswith("+")
    return shown if better or not _same_number(order.number, shown) else order.number


def _same_number(one: str | None, other: str) -> bool:
    """Another spelling is no other number: signs between its digits, a plus, zeros in front, the country's code."""
    ours, theirs = _significant(one or ""), _significant(other)
    if not ours or not theirs:
        return one == other
    shorter, longer = sorted((ours, theirs), key=len)
    return ours == theirs or (len(shorter) >= _A_WHOLE_NUMBER and longer.endswith(shorter))


_A_WHOLE_NUMBER = 8


def _significant(number: str) -> str:
    return "".join(c for c in number if c.isdigit()).lstrip("0")


def _back(order: Order, seen: Seen, shown_price: Price | None) -> int:
    """What a completed order's person gets back, now that its price is told: never a charge on top.

    Once a price was told only an answer about the end can make it lower: an old one may still be on its way.
    """
    if order.state is not OrderState.COMPLETED or order.charged is None or shown_price is None:
        return 0
    if not order.unpriced and seen.state != OrderState.COMPLETED.value:
        return 0
    return max(0, order.charged - shown_price)


def _notices(
    order: Order, entered: OrderState | None, price: Price | None, back: int, *, new_number: bool
) -> Iterator[NoticeKind]:
    """A number is pushed once, also when it arrives together with its code; an end is pushed unless it is a code."""
    if new_number and order.state not in REFUNDED:
        yield NoticeKind.NUMBER
    if entered in REFUNDED:
        yield NoticeKind.ENDED
    if back or (order.unpriced and price is not None):
        yield NoticeKind.PRICED
