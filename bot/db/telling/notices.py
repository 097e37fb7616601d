"""The outbox: notices written with their cause, claimed by lease, done with Telegram's message id in hand."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, exists, func, literal_column, or_, select, true, update

from bot.db import details
from bot.db.database import Tx
from bot.db.leases import Lease, held_by, leased
from bot.db.schema import notices, people
from bot.db.upsert import upsert
from bot.domain.details import Detail, LetIn
from bot.domain.notices import IN_PLACE, Notice, NoticeKind, lane, urgency

_NO_LEASE_IS_SO_LONG = timedelta(minutes=2)
_WELCOME = "allowed:"
_IS_CODE = notices.c.kind == literal_column(f"'{NoticeKind.CODE.value}'")
"""The word itself and no parameter: only so does SQLite see that the index of codes serves."""


@dataclass(frozen=True, slots=True)
class CodePush:
    """A message that brought a code. `sms_id` None: its SMS could not be written down when it was sent."""

    person_id: int
    message_id: int
    order_id: int | None
    sms_id: int | None


def _notice(row: Row[Any]) -> Notice:
    kind = NoticeKind(row.kind)
    return Notice(
        row.id,
        row.key,
        row.person_id,
        kind,
        row.order_id,
        row.sms_id,
        details.read(kind, row.detail),
        row.tries,
        row.created_at,
    )


async def add(
    tx: Tx,
    key: str,
    person_id: int,
    kind: NoticeKind,
    *,
    order_id: int | None = None,
    sms_id: int | None = None,
    detail: Detail | None = None,
) -> None:
    """Once per key, however often it is called."""
    statement = upsert(notices).values(
        key=key,
        person_id=person_id,
        kind=kind.value,
        lane=lane(kind),
        urgency=urgency(kind),
        order_id=order_id,
        sms_id=sms_id,
        detail=details.written(detail),
        created_at=tx.now,
        due_at=tx.now,
        tries=0,
    )
    await tx.connection.execute(statement.on_conflict_do_nothing(index_elements=["key"]))


async def claim(
    tx: Tx,
    lease: Lease,
    limit: int,
    *,
    besides: Collection[int] = (),
    only_codes: bool = False,
) -> Sequence[Notice]:
    """Due notices of reachable people, codes first, at most one for each person so that their order is kept.

    A notice that waits for its retry keeps the later ones of its lane waiting. `besides`: people who get none now.
    """
    chosen = _claimable(tx.now, besides, only_codes=only_codes).limit(limit)
    free = ~leased(notices.c.leased_until, tx.now, _NO_LEASE_IS_SO_LONG)
    held = {"leased_until": tx.now + lease.lasts, "process_id": lease.holder}
    statement = update(notices).where(notices.c.id.in_(chosen), free).values(held).returning(notices)
    found = [_notice(row) for row in await tx.connection.execute(statement)]
    return sorted(found, key=lambda n: (urgency(n.kind), n.id))


_ANY_WAITING = select(notices.c.id).where(notices.c.done_at.is_(None)).limit(1)


async def any_due(tx: Tx, *, besides: Collection[int] = (), only_codes: bool = False) -> bool:
    """A cheap look before a claim, so that an idle shop, or one that waits for slow chats alone, writes nothing.

    Most ticks find nothing at all: then the whole question is not even put together.
    """
    if (await tx.connection.execute(_ANY_WAITING)).first() is None:
        return False
    query = _claimable(tx.now, besides, only_codes=only_codes).order_by(None).limit(1)
    return (await tx.connection.execute(query)).first() is not None


def _claimable(now: datetime, besides: Collection[int], *, only_codes: bool) -> Select[tuple[int]]:
    other = notices.alias("other")
    first = and_(
        other.c.person_id == notices.c.person_id,
        other.c.done_at.is_(None),
        or_(
            other.c.lane < notices.c.lane,
            and_(other.c.lane == notices.c.lane, other.c.id < notices.c.id),
        ),
    )
    busy = exists().where(
        other.c.person_id == notices.c.person_id,
        other.c.done_at.is_(None),
        leased(other.c.leased_until, now, _NO_LEASE_IS_SO_LONG),
    )
    return (
        select(notices.c.id)
        .where(notices.c.done_at.is_(None), _due(now), ~_blocked(), ~busy, ~exists().where(first))
        .where(notices.c.person_id.not_in(besides), notices.c.urgency == 0 if only_codes else true())
        .order_by(notices.c.urgency, notices.c.id)
    )


def _due(now: datetime) -> ColumnElement[bool]:
    """What was made later than now was made before the machine's clock was set back."""
    return or_(notices.c.due_at <= now, notices.c.created_at > now)


def _blocked() -> ColumnElement[bool]:
    """The notice's person can't be reached: it waits for them, not for a time."""
    return exists().where(people.c.id == notices.c.person_id, people.c.unreachable_at.is_not(None))


async def due(tx: Tx, limit: int) -> Sequence[Notice]:
    """Due notices without claiming them, for a process that can read but not write."""
    query = (
        select(notices)
        .where(notices.c.done_at.is_(None), _due(tx.now), ~_blocked())
        .order_by(notices.c.urgency, notices.c.id)
        .limit(limit)
    )
    return [_notice(row) for row in await tx.connection.execute(query)]


async def waiting(tx: Tx) -> int:
    return (
        await tx.connection.execute(select(func.count()).select_from(notices).where(notices.c.done_at.is_(None)))
    ).scalar_one()


async def done(tx: Tx, notice_id: int, message_id: int | None) -> None:
    await tx.connection.execute(
        update(notices)
        .where(notices.c.id == notice_id)
        .values(done_at=tx.now, message_id=message_id, leased_until=None)
    )


async def settle(tx: Tx, key: str, message_id: int | None) -> None:
    """Done from its beginning: it was told before it could be written."""
    values = {"done_at": tx.now, "message_id": message_id}
    await tx.connection.execute(update(notices).where(notices.c.key == key).values(values))


async def settle_ends(tx: Tx, order_id: int) -> None:
    """Another message of the order has told this already: what still waits to tell it is not sent any more."""
    keys = [f"{kind.value}:{order_id}" for kind in IN_PLACE]
    left = (notices.c.key.in_(keys), notices.c.done_at.is_(None))
    await tx.connection.execute(update(notices).where(*left).values(done_at=tx.now, leased_until=None))


async def welcome(tx: Tx, person_id: int, number: int) -> None:
    """They are let in; `number`: the audit's entry about it."""
    await add(tx, f"{_WELCOME}{number}", person_id, NoticeKind.MESSAGE, detail=LetIn())


async def settle_welcome(tx: Tx, person_id: int) -> None:
    """It is no news any more: they came by themselves, or are kept out again."""
    waiting = (notices.c.person_id == person_id, notices.c.done_at.is_(None), notices.c.key.startswith(_WELCOME))
    await tx.connection.execute(update(notices).where(*waiting).values(done_at=tx.now, leased_until=None))


async def is_open(tx: Tx, notice_id: int) -> bool:
    """Whether nothing has told it meanwhile."""
    query = select(notices.c.id).where(notices.c.id == notice_id, notices.c.done_at.is_(None))
    return (await tx.connection.execute(query)).first() is not None


async def end_leases(tx: Tx, holders: Collection[int] | None) -> None:
    """Of processes that are gone, so that a code need not wait for a lease to run out. None: of all."""
    ended = held_by(notices.c.process_id, holders)
    left = (notices.c.done_at.is_(None), notices.c.leased_until.is_not(None), ended)
    await tx.connection.execute(update(notices).where(*left).values(leased_until=None))


async def postpone(tx: Tx, notice_id: int, due_at: datetime, *, refused: bool) -> None:
    """`refused`: for a reason of its own, which counts as a try; an outage does not."""
    await tx.connection.execute(
        update(notices)
        .where(notices.c.id == notice_id)
        .values(due_at=due_at, tries=notices.c.tries + int(refused), leased_until=None)
    )


async def message_of(tx: Tx, key: str) -> int | None:
    """The Telegram message that a notice became."""
    return (await tx.connection.execute(select(notices.c.message_id).where(notices.c.key == key))).scalar_one_or_none()


_CODES = select(notices.c.person_id, notices.c.message_id, notices.c.order_id, notices.c.sms_id).where(
    _IS_CODE, notices.c.message_id.is_not(None)
)


async def codes_of(tx: Tx, order_id: int, sms_id: int | None = None) -> Sequence[CodePush]:
    """The messages that brought an order's codes, or one SMS's, oldest first.

    Left out: what is still to be sent, and what Telegram took without naming a message.
    """
    of_sms = true() if sms_id is None else notices.c.sms_id == sms_id
    query = _CODES.where(notices.c.order_id == order_id, of_sms).order_by(notices.c.id)
    return [CodePush(*row) for row in await tx.connection.execute(query)]


async def code_at(tx: Tx, person_id: int, message_id: int) -> CodePush | None:
    """What this message brought, if that was a code."""
    query = _CODES.where(notices.c.person_id == person_id, notices.c.message_id == message_id)
    row = (await tx.connection.execute(query)).first()
    return None if row is None else CodePush(*row)
