"""A notice is one push to one person, written in its cause's transaction, done only with Telegram's message id."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class NoticeKind(StrEnum):
    CODE = "code"  # one SMS; `sms_id` says which
    NUMBER = "number"
    ENDED = "ended"  # refunded by HidSim or closed: what happened, what came back
    REFUSED = "refused"  # the purchase: nothing was bought
    UNCONFIRMED = "unconfirmed"  # the purchase's answer was lost
    RELEASED = "released"  # the hold of an unconfirmed purchase came back
    ALERT = "alert"  # to admins
    MESSAGE = "message"  # to a person about their own account


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
    detail: dict[str, str]
    tries: int
    created_at: datetime
