"""What the audit remembers: the words for what was done, which stand in the database as they are here."""

from enum import StrEnum

from bot.domain.access import Standing
from bot.domain.orders import OrderState


class Act(StrEnum):
    ORDER_PLACING = "order.placing"
    ORDER_SENT = "order.sent"
    ORDER_REFUSED = "order.refused"
    ORDER_UNCONFIRMED = "order.unconfirmed"
    ORDER_RELEASED = "order.released"
    ORDER_BOUGHT = "order.bought"
    ORDER_NOT_BOUGHT = "order.not_bought"
    ORDER_CREATING = "order.creating"
    ORDER_PENDING = "order.pending"
    ORDER_COMPLETED = "order.completed"
    ORDER_NO_NUMBER_REFUNDED = "order.no_number_refunded"
    ORDER_SYSTEM_REFUNDED = "order.system_refunded"
    ORDER_USER_REFUNDED = "order.user_refunded"
    ORDER_JUDGED_BOUGHT = "order.judged.bought"
    ORDER_JUDGED_NOT_BOUGHT = "order.judged.not_bought"
    ORDER_PRICE_ASSUMED = "order.price_assumed"
    ORDER_PRICE_CORRECTED = "order.price_corrected"
    ORDER_CLOSE_TRIED = "order.close_tried"
    ORDER_SMS_ASKED = "order.sms_asked"
    ORDER_CLOSE_SENT = "order.close_sent"
    ORDER_FOLLOWS = "order.follows"
    BUYING_PAUSED = "buying.paused"
    BUYING_RESUMED = "buying.resumed"
    GUARD_LEVEL = "guard.level"
    BOOKS_APART = "books.apart"
    BOOKS_FIXED = "books.fixed"
    CREDIT_ASKED = "credit.asked"
    CREDIT_DONE = "credit.done"
    DEBTS_FORGIVEN = "debts.forgiven"
    DIGEST_SET = "digest.set"
    CREDIT_REQUESTED = "credit.requested"
    CREDIT_WITHDRAWN = "credit.withdrawn"
    CREDIT_DECLINED = "credit.declined"
    PERSON_ALLOWED = "person.allowed"
    PERSON_BLOCKED = "person.blocked"
    PERSON_UNKNOWN = "person.unknown"
    PERSON_INVITE = "person.invite"
    PERSON_ACCEPTED = "person.accepted"
    PERSON_LIMITED = "person.limited"
    ORDERS_EXPORTED = "orders.exported"
    PERSON_ERASED = "person.erased"
    PERSON_ROLE = "person.role"
    ENTRY_IGNORED = "entry.ignored"
    INVITATION_REVOKED = "invitation.revoked"


def known_act(word: str) -> Act | None:
    """None for a word that another release wrote."""
    return Act(word) if word in set(Act) else None


def entered(state: OrderState) -> Act:
    """An order came into this state."""
    return Act(f"order.{state.value}")


def judged(state: OrderState) -> Act:
    """An admin said what became of a lost purchase. Raises ValueError for a state that is no judgement."""
    return Act(f"order.judged.{state.value}")


def decided(standing: Standing) -> Act:
    """An admin let somebody in or kept them out."""
    return Act(f"person.{standing.value}")
