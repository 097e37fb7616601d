"""What came of an order, with its failures apart: no number, no code, closed, refused, unconfirmed."""

from enum import StrEnum

from bot.domain.orders import IN_PROGRESS, OrderState


class Outcome(StrEnum):
    """The words of exports; screens have their own."""

    WAITING = "waiting"
    CODE = "code"
    SMS = "sms"  # completed, and no code in what came
    NO_NUMBER = "no_number"
    NO_CODE = "no_code"
    CLOSED = "closed"
    REFUSED = "refused"  # the purchase itself; the order's reason says why
    UNCONFIRMED = "unconfirmed"  # its answer was lost: also when the money is back, or an admin judged it


_OUTCOMES = {
    OrderState.NO_NUMBER_REFUNDED: Outcome.NO_NUMBER,
    OrderState.SYSTEM_REFUNDED: Outcome.NO_CODE,
    OrderState.USER_REFUNDED: Outcome.CLOSED,
    OrderState.REFUSED: Outcome.REFUSED,
}


def outcome_of(state: OrderState, *, code: bool) -> Outcome:
    """`code`: one of its SMS has a code."""
    if state is OrderState.COMPLETED:
        return Outcome.CODE if code else Outcome.SMS
    if state in IN_PROGRESS and state is not OrderState.UNCONFIRMED:
        return Outcome.WAITING
    return _OUTCOMES.get(state, Outcome.UNCONFIRMED)
