"""What follows an order that ends without a code: another number here, or in the next country; asked for, or agreed to.

Orders that follow each other are a chain, joined by `replaces`: no order is followed twice. What is bought by itself is
bought in the same country and window, once the order before has ended, and up to as many numbers as were agreed to.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from bot.domain.orders import CLOSED_WITHOUT_HIDSIM, LIVE, REFUNDED, Order, OrderState
from bot.domain.price_window import Window
from bot.domain.refusals import Reason


class Sequel(StrEnum):
    """As it stands on an order. A tap on a card that shows the end needs none: it buys at once."""

    ITSELF = "itself"  # another number here, agreed to on the price screen
    HERE = "here"  # another number here, because the service did not take this one
    THERE = "there"  # likewise in another country, which its person chose


MAX_TRIES = 3
"""Numbers that "Try by itself" buys at most, the first one counted."""
TIME_LIMITS = (300, 480, 900)
USUAL_LIMIT = 480
"""Seconds from the number: those there are to choose, and the one that comes with "Try by itself"."""
LONGEST_WAIT = timedelta(hours=1)
"""A number that nobody needs any more is not bought: the wish for it lapses when it could not be met for so long."""

_OURS = frozenset({Reason.OPERATOR_BALANCE, Reason.HIDSIM_SIGN_IN, Reason.OFFER_GONE, Reason.PRICE_MOVED})
"""Refusals after which the same again brings the same."""
_PERHAPS_THE_COUNTRYS = REFUNDED | {OrderState.REFUSED}


@dataclass(frozen=True, slots=True)
class Plan:
    """What a person agrees to beside a price. `tries`: numbers, 1 for no more than the one they buy.

    `give_up_after`: seconds from the number after which it is closed by itself, None for never.
    """

    tries: int = 1
    give_up_after: int | None = None

    @property
    def by_itself(self) -> bool:
        return self.tries > 1

    def switched(self) -> "Plan":
        """With "Try by itself" on, or off again. On it needs a time after which a number is given up."""
        return Plan() if self.by_itself else Plan(MAX_TRIES, self.give_up_after or USUAL_LIMIT)

    def limited(self) -> "Plan":
        """With the next time limit; behind the longest comes none, unless further numbers wait for it."""
        choices = [*TIME_LIMITS, *([] if self.by_itself else [None])]
        at = choices.index(self.give_up_after) if self.give_up_after in choices else -1
        return Plan(self.tries, choices[(at + 1) % len(choices)])


NO_PLAN = Plan()
_BY_ITSELF = len(TIME_LIMITS) + 1


def coded(plan: Plan) -> int | None:
    """As a button has room for: which time limit, and more than that many with further numbers. None: nothing."""
    limit = TIME_LIMITS.index(plan.give_up_after) + 1 if plan.give_up_after in TIME_LIMITS else 0
    return (limit + (_BY_ITSELF if plan.by_itself else 0)) or None


def plan_of(code: int | None) -> Plan:
    """What a button says; a number that none of ours has says nothing."""
    by_itself, limit = divmod(code or 0, _BY_ITSELF)
    if by_itself > 1:
        return NO_PLAN
    return Plan(MAX_TRIES if by_itself else 1, TIME_LIMITS[limit - 1] if limit else None)


def agreed(plan: Plan, attempt: int = 1) -> Mapping[str, Any]:
    """What stands of it on the number `attempt` of a chain, by the names of an order's fields."""
    follows = Sequel.ITSELF.value if attempt < plan.tries else None
    return MappingProxyType({"tries": plan.tries, "sequel": follows, "give_up_after": plan.give_up_after})


def ended_without_code(order: Order) -> bool:
    return order.state in REFUNDED or order.state in CLOSED_WITHOUT_HIDSIM


def left_after(order: Order, state: OrderState) -> str | None:
    """What still follows an order that ends in this state.

    Nothing after a code, and nothing where no number was had: what refused this purchase would refuse the next.
    """
    return order.sequel if state in REFUNDED else None


def may_be_followed(order: Order) -> bool:
    """Whether another number may be asked for now, once."""
    return ended_without_code(order) and order.followed_by is None and order.reason not in _OURS


def may_be_the_countrys_fault(order: Order) -> bool:
    return order.state in _PERHAPS_THE_COUNTRYS and order.reason in (None, Reason.NO_MATCH)


def may_be_turned_down(order: Order) -> bool:
    """Whether its person can say that the service did not take the number."""
    return order.state in LIVE and order.number is not None and order.sequel not in (Sequel.HERE, Sequel.THERE)


def is_last(order: Order) -> bool:
    """Of numbers that were agreed to be bought by itself."""
    return order.tries > 1 and order.attempt == order.tries


def window_elsewhere(order: Order) -> Window:
    """What a number in another country may cost: where one exact offer was bought, as much as that, or less."""
    return order.window if order.product_id is None else Window(0, order.window.high)


def successor(order: Order, country_id: int | None, *, by_itself: bool) -> Mapping[str, Any]:
    """What the next order of the chain is to be, by the names of an order's fields.

    Another one here goes on with what was agreed to, as long as its person did not end it; elsewhere that is over.
    """
    asked = tuple(one.id for one in order.countries)
    here = country_id is None or (country_id == order.country_id and not asked)
    goes_on = here and (by_itself or order.sequel is not None)
    attempt = order.attempt + 1
    plan = Plan(order.tries if goes_on else 1, order.give_up_after)
    return {
        "service_id": order.service_id,
        "country_id": (*asked, order.country_id)[0] if here else country_id,
        "window": order.window if here else window_elsewhere(order),
        "nonce": f"~{order.id}",
        "product_id": order.product_id if here else None,
        "replaces": order.id,
        "attempt": attempt,
        "countries": asked if here else (),
        "label_id": order.label_id,
        **agreed(plan, attempt),
    }
