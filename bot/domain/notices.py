"""A notice is one push to one person, written in its cause's transaction, done only with Telegram's message id.

It is told as long as it is news: a push that comes late must not say what another one says, or what is no longer so.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.alerts import AlertKind
from bot.domain.details import Detail
from bot.domain.orders import LIVE, REFUNDED, OrderCard, OrderState


class NoticeKind(StrEnum):
    CODE = "code"  # one SMS; `sms_id` says which
    NUMBER = "number"
    PRICED = "priced"  # the price of a completed number is not known, or came late: what was paid, what came back
    ENDED = "ended"  # refunded by HidSim or closed: what happened, what came back
    REFUSED = "refused"  # the purchase: nothing was bought
    UNCONFIRMED = "unconfirmed"  # the purchase's answer was lost
    RELEASED = "released"  # the hold of an unconfirmed purchase came back
    NOT_FOLLOWED = "not_followed"  # another number was to be bought by itself, and was not: why
    ALERT = "alert"  # to admins
    MESSAGE = "message"  # to a person about their own account


ENDS = frozenset({NoticeKind.ENDED, NoticeKind.REFUSED, NoticeKind.RELEASED})
"""Each tells how an order ended; an order has one of them at most, and it is told once."""

IN_PLACE = ENDS | {NoticeKind.UNCONFIRMED}
"""Each may be told by the waiting message itself, as long as the person still looks at it."""
STILL_LOOKED_AT = timedelta(seconds=30)
"""How long after the tap on Buy the waiting message is what the person looks at: later a new one has to ring."""

_ALERTS_OF: dict[AlertKind | None, frozenset[OrderState]] = {
    AlertKind.UNCONFIRMED: frozenset({OrderState.UNCONFIRMED, OrderState.RELEASED}),
    AlertKind.OVERDUE: LIVE,
    AlertKind.LOST: LIVE,
}
"""Alerts that ask for a look at an order, and the states in which there is still something to look at."""


def urgency(kind: NoticeKind) -> int:
    """Which person is served first: one who waits for a code, then for a number, then the others."""
    return {NoticeKind.CODE: 0, NoticeKind.NUMBER: 1}.get(kind, 2)


def lane(kind: NoticeKind) -> int:
    """Within one person: what concerns orders goes before alerts, and each lane keeps the order of its causes."""
    return 1 if kind in (NoticeKind.ALERT, NoticeKind.MESSAGE) else 0


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice as the pusher takes it. `key` names its cause; `tries` counts how often Telegram refused it."""

    id: int
    key: str
    person_id: int
    kind: NoticeKind
    order_id: int | None
    sms_id: int | None
    detail: Detail | None
    tries: int
    created_at: datetime


def overtaken(kind: NoticeKind, what: AlertKind | None, card: OrderCard) -> bool:
    """Whether the order has moved on since, so that another message tells the truth and this one would repeat it.

    A code never is, nor the number of an order that lives or was completed. `what`: which alert, for an alert.
    """
    state = card.order.state
    match kind:
        case NoticeKind.UNCONFIRMED:
            return state is not OrderState.UNCONFIRMED
        case NoticeKind.NUMBER:
            return state in REFUNDED
        case NoticeKind.ENDED:
            return state is OrderState.COMPLETED and bool(card.sms)
        case NoticeKind.ALERT:
            return state not in _ALERTS_OF.get(what, frozenset({state}))
        case _:
            return False


def tells_the_end(kind: NoticeKind, card: OrderCard) -> bool:
    """Whether this number's push shows its order ended without an SMS, so that the end needs no message of its own."""
    return kind is NoticeKind.NUMBER and card.order.state is OrderState.COMPLETED and not card.sms
