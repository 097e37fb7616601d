"""Who may use the bot. Closed by default: admins, and those they let in."""

from enum import StrEnum


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


def may_enter(mode: AccessMode, standing: Standing, *, is_admin: bool) -> bool:
    """Whether this person is served at all. An admin from the settings can't be locked out by a block."""
    if is_admin:
        return True
    if standing is Standing.BLOCKED:
        return False
    return standing is Standing.ALLOWED or mode is AccessMode.OPEN
