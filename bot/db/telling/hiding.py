"""Codes that their people want hidden after a while: how long each is shown, and whose messages are still to be drawn.

`hide_at` stands on the notice that brought the code. Once it is past, the SMS is hidden wherever it is looked up;
`hidden_at` says that its message shows that too, or never can.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, exists, func, select, update

from bot.db import preferences
from bot.db.columns import UtcTime
from bot.db.database import Tx
from bot.db.leases import Lease, leased_between
from bot.db.schema import cards, notices, people, sms
from bot.db.telling.cards import TABLE
from bot.domain.notices import NoticeKind

_EDITABLE = timedelta(hours=48)
"""Whether Telegram lets an older message be edited, nobody knows; none is tried."""
_NO_LEASE_IS_SO_LONG = timedelta(minutes=2)
_IS_CODE = notices.c.kind == NoticeKind.CODE.value

HIDE_AT = (
    select(func.max(notices.c.hide_at))
    .where(notices.c.order_id == sms.c.order_id, notices.c.sms_id == sms.c.id, _IS_CODE)
    .scalar_subquery()
    .label("hide_at")
)
"""Of an SMS: when the last message that brought it is to be hidden."""


@dataclass(frozen=True, slots=True)
class Exposed:
    """A message that shows a code for longer than its person wants."""

    notice_id: int
    person_id: int
    message_id: int
    order_id: int
    sms_id: int
    hide_at: datetime


async def delivered(tx: Tx, person_id: int, notice: int | str) -> None:
    """The message of a code's notice, by its id or its key, is there: it is shown for as long as its person wants."""
    minutes = (await preferences.get(tx, person_id)).hide_codes_after
    if minutes is not None:
        this = notices.c.id == notice if isinstance(notice, int) else notices.c.key == notice
        values = {"hide_at": tx.now + timedelta(minutes=minutes), "hidden_at": None}
        await tx.connection.execute(update(notices).where(this, _IS_CODE).values(values))


async def follow(tx: Tx, person_id: int, minutes: int | None) -> None:
    """Their wish holds for codes that they have already, too. None: nothing is hidden any more."""
    theirs = (notices.c.person_id == person_id, _IS_CODE, notices.c.message_id.is_not(None))
    if minutes is None:
        shown = {"hide_at": None, "hidden_at": None}
        await tx.connection.execute(update(notices).where(*theirs, notices.c.hide_at.is_not(None)).values(shown))
        return
    old = notices.c.done_at <= tx.now - _EDITABLE
    past = {"hide_at": tx.now, "hidden_at": tx.now}
    await tx.connection.execute(update(notices).where(*theirs, notices.c.hide_at.is_(None), old).values(past))
    soon = {"hide_at": tx.now + timedelta(minutes=minutes)}
    await tx.connection.execute(update(notices).where(*theirs, notices.c.hidden_at.is_(None), ~old).values(soon))


async def show(tx: Tx, person_id: int, order_id: int) -> None:
    """All that is hidden of an order of theirs is shown again, for the same time."""
    minutes = (await preferences.get(tx, person_id)).hide_codes_after
    until = None if minutes is None else tx.now + timedelta(minutes=minutes)
    theirs = (notices.c.order_id == order_id, notices.c.person_id == person_id, _IS_CODE, notices.c.hide_at <= tx.now)
    await tx.connection.execute(update(notices).where(*theirs).values(hide_at=until, hidden_at=None))


_NOW, _LATEST = bindparam("now", type_=UtcTime()), bindparam("latest", type_=UtcTime())
_TO_HIDE = (notices.c.hide_at.is_not(None), notices.c.hidden_at.is_(None), notices.c.hide_at <= _NOW)
_BLOCKED = exists().where(people.c.id == notices.c.person_id, people.c.unreachable_at.is_not(None))
_FREE = ~leased_between(notices.c.leased_until, _NOW, _LATEST)
_DUE = (
    select(notices.c.id)
    .where(*_TO_HIDE, ~_BLOCKED, _FREE, notices.c.person_id.not_in(bindparam("besides", expanding=True)))
    .order_by(notices.c.hide_at)
    .limit(bindparam("most"))
)
_CLAIM = (
    update(notices)
    .where(notices.c.id.in_(_DUE), _FREE)
    .values(leased_until=bindparam("until"), process_id=bindparam("holder"))
    .returning(
        notices.c.id,
        notices.c.person_id,
        notices.c.message_id,
        notices.c.order_id,
        notices.c.sms_id,
        notices.c.hide_at,
    )
)


async def any_due(tx: Tx, besides: Collection[int] = ()) -> bool:
    """A look before a claim: most of the time nothing is to be hidden."""
    asked = {"now": tx.now, "latest": tx.now + _NO_LEASE_IS_SO_LONG, "besides": list(besides), "most": 1}
    return (await tx.connection.execute(_DUE, asked)).first() is not None


async def claim(tx: Tx, lease: Lease, limit: int, besides: Collection[int] = ()) -> Sequence[Exposed]:
    """Messages of people within reach whose time is over. `besides`: people who are passed over now."""
    asked: dict[str, Any] = {"now": tx.now, "latest": tx.now + _NO_LEASE_IS_SO_LONG, "besides": list(besides)}
    asked |= {"most": limit, "until": tx.now + lease.lasts, "holder": lease.holder}
    return [Exposed(*row) for row in await tx.connection.execute(_CLAIM, asked)]


async def is_due(tx: Tx, exposed: Exposed) -> bool:
    """Whether it is still to be hidden: a tap may have asked to see it for longer."""
    this = (notices.c.id == exposed.notice_id, notices.c.hide_at == exposed.hide_at, notices.c.hidden_at.is_(None))
    return (await tx.connection.execute(select(notices.c.id).where(*this))).first() is not None


async def hidden(tx: Tx, exposed: Exposed) -> None:
    """Its message shows it no more, or never can be drawn; cards that show the order's SMS are drawn again."""
    this = (notices.c.id == exposed.notice_id, notices.c.hide_at == exposed.hide_at)
    await tx.connection.execute(update(notices).where(*this).values(hidden_at=tx.now, leased_until=None))
    looked_up = (cards.c.order_id == exposed.order_id, cards.c.via.is_not(None), cards.c.folded.is_(False))
    await tx.connection.execute(update(cards).where(*looked_up, cards.c.shown_revision > 0).values(shown_revision=0))
    tx.wrote(TABLE)
