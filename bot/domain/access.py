"""Who may use the bot, and what each may do in it. Closed by default: admins, and those they let in."""

from collections.abc import Mapping
from enum import StrEnum

from bot.domain.refusals import Reason, Refusal


class AccessMode(StrEnum):
    CLOSED = "closed"  # admins and those they let in by /allow
    INVITE = "invite"  # the same, and whoever opens an invitation link of an admin's
    OPEN = "open"  # everybody who is not blocked


class Standing(StrEnum):
    """What admins decided about a person; UNKNOWN is everybody they have not decided about."""

    UNKNOWN = "unknown"
    ALLOWED = "allowed"
    BLOCKED = "blocked"


class Billing(StrEnum):
    SHARED = "shared"  # people spend the operator's HidSim balance, each inside a daily limit
    PREPAID = "prepaid"  # people spend credit that an admin gave them


class Role(StrEnum):
    """What somebody is in the shop. Rights hang on this alone."""

    OWNER = "owner"  # the settings name them (ADMIN_IDS)
    ADMIN = "admin"  # helps the owners with people and orders
    BUYER = "buyer"
    STRANGER = "stranger"  # not let in, or kept out


class Right(StrEnum):
    """Acts that somebody may or may not do, finer than commands and buttons: a few of these share one."""

    BUY = "buy"  # look at what is offered, and buy it
    SEE_OWN = "see_own"  # own orders, wallet and favorites
    OPEN_ADMIN = "open_admin"  # the admins' menu
    SEE_PEOPLE = "see_people"
    LET_IN = "let_in"  # and keep out
    INVITE = "invite"
    LIMIT = "limit"  # give somebody limits of their own
    APPOINT = "appoint"  # make admins of people, and buyers of admins
    GIVE_CREDIT = "give_credit"  # and take it
    PAUSE = "pause"  # and resume buying
    JUDGE = "judge"  # say what became of a purchase whose answer was lost
    SEE_BALANCE = "see_balance"  # HidSim's, which is the owners' money
    BOOK_DIFFERENCE = "book_difference"
    SEE_ORDERS = "see_orders"  # everybody's, without numbers and codes
    SEE_FIGURES = "see_figures"  # counts and sums of all orders, and how the bot is doing
    EXPORT = "export"
    SEE_AUDIT = "see_audit"
    SET_DIGEST = "set_digest"  # at which hour the daily digest comes


_BUYERS = frozenset({Right.BUY, Right.SEE_OWN})
_OWNERS_ALONE = frozenset({Right.SEE_BALANCE, Right.BOOK_DIFFERENCE, Right.APPOINT})
RIGHTS: Mapping[Role, frozenset[Right]] = {
    Role.OWNER: frozenset(Right),
    Role.ADMIN: frozenset(Right) - _OWNERS_ALONE,
    Role.BUYER: _BUYERS,
    Role.STRANGER: frozenset(),
}
"""The one table. Routers ask it so that a button does not exist, services so that a forged call does nothing."""


def may(role: Role, right: Right) -> bool:
    return right in RIGHTS[role]


def demand(role: Role, right: Right) -> None:
    """Raises Refusal when the role does not have the right."""
    if not may(role, right):
        raise Refusal(Reason.NOT_ALLOWED)


def role_of(mode: AccessMode, standing: Standing, *, is_owner: bool, appointed: bool = False) -> Role:
    """A stranger is not served at all. A block can't lock out an owner, but an admin whom they appointed."""
    if is_owner:
        return Role.OWNER
    if standing is Standing.BLOCKED:
        return Role.STRANGER
    if appointed:
        return Role.ADMIN
    return Role.BUYER if standing is Standing.ALLOWED or mode is AccessMode.OPEN else Role.STRANGER
