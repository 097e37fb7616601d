"""What became of an order, with its failures apart: no number, no code, closed, refused, unconfirmed."""

from collections.abc import Mapping
from enum import StrEnum

from bot.domain.orders import REFUNDED, OrderState


class Outcome(StrEnum):
    """The words of exports; screens have their own. In this order they are told and stacked."""

    CODE = "code"
    SMS = "sms"  # completed, and no code in what came; among many orders it counts as a code
    NO_NUMBER = "no_number"  # HidSim found none
    NO_CODE = "no_code"  # a number, to which nothing came
    CLOSED = "closed"  # its person gave the number back
    REFUSED = "refused"  # HidSim said no to the purchase; the order's reason says why
    UNCONFIRMED = "unconfirmed"  # the purchase's answer was lost, whatever an admin made of it later
    IN_PROGRESS = "in_progress"


OUTCOMES: Mapping[OrderState, Outcome] = {
    OrderState.PLACING: Outcome.IN_PROGRESS,
    OrderState.CREATING: Outcome.IN_PROGRESS,
    OrderState.PENDING: Outcome.IN_PROGRESS,
    OrderState.COMPLETED: Outcome.CODE,
    OrderState.NO_NUMBER_REFUNDED: Outcome.NO_NUMBER,
    OrderState.SYSTEM_REFUNDED: Outcome.NO_CODE,
    OrderState.USER_REFUNDED: Outcome.CLOSED,
    OrderState.REFUSED: Outcome.REFUSED,
    OrderState.UNCONFIRMED: Outcome.UNCONFIRMED,
    OrderState.RELEASED: Outcome.UNCONFIRMED,
    OrderState.BOUGHT: Outcome.UNCONFIRMED,
    OrderState.NOT_BOUGHT: Outcome.UNCONFIRMED,
}
"""By the state alone."""


def outcome_of(state: OrderState, *, code: bool) -> Outcome:
    """Of one order. `code`: one of its SMS has a code."""
    outcome = OUTCOMES[state]
    return Outcome.SMS if outcome is Outcome.CODE and not code else outcome


def net_cost(state: OrderState, cost: int | None, doubted: int | None) -> int | None:
    """What HidSim has kept for an order, in micro-units; None: not known, or nothing was bought.

    `cost`: what HidSim named for its number, which a refund brings back. `doubted`: what was booked when an admin
    judged a lost purchase bought.
    """
    if state is OrderState.BOUGHT:
        return doubted
    return 0 if state in REFUNDED and cost is not None else cost
