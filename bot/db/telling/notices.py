"""The outbox: notices written with their cause, claimed by lease, done with Telegram's message id in hand."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, Select, and_, bindparam, exists, func, or_, select, true, update

from bot.db import details
from bot.db.columns import UtcTime
from bot.db.database import Tx
from bot.db.leases import Lease, held_by, leased_between
from bot.db.schema import notices, people
from bot.db.upsert import upsert
from bot.domain.details import Detail, LetIn, NotFollowed, NotLetIn
from bot.domain.notices import IN_PLACE, Notice, NoticeKind, lane, urgency

TABLE = notices.name
_NO_LEASE_IS_SO_LONG = timedelta(minutes=2)
_WELCOME = "allowed:"
_STORED = {NoticeKind.NOT_FOLLOWED: NoticeKind.ENDED}
"""The release before claims notices of any kind and knows none but its own: there it is an end, told by its card."""
_IS_CODE = notices.c.kind == NoticeKind.CODE.value


@dataclass(frozen=True, slots=True)
class CodePush:
    """A message that brought a code. `sms_id` None: its SMS could not be written down when it was sent."""

    person_id: int
    message_id: int
    order_id: int | None
    sms_id: int | None


def _notice(row: Row[Any]) -> Notice:
    kind = NoticeKind(row.kind)
    detail = details.read(kind, row.detail)
    return Notice(
        row.id,
        row.key,
        row.person_id,
        NoticeKind.NOT_FOLLOWED if isinstance(detail, NotFollowed) else kind,
        row.order_id,
        row.sms_id,
        detail,
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
        kind=_STORED.get(kind, kind).value,
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
    tx.wrote(TABLE)


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
    values = _asked(tx.now, besides) | {"until": tx.now + lease.lasts, "holder": lease.holder, "most": limit}
    found = [_notice(row) for row in await tx.connection.execute(_CLAIM[only_codes], values)]
    return sorted(found, key=lambda n: (urgency(n.kind), n.id))


async def any_waiting(tx: Tx) -> bool:
    """Whether anything is not done, be it due or not, of people within reach."""
    return (await tx.connection.execute(_ANY_WAITING)).first() is not None


async def any_due(tx: Tx, *, besides: Collection[int] = (), only_codes: bool = False) -> bool:
    """A look before a claim, so that a shop that waits for slow chats alone writes nothing."""
    return (await tx.connection.execute(_ANY_DUE[only_codes], _asked(tx.now, besides))).first() is not None


def _asked(now: datetime, besides: Collection[int]) -> dict[str, object]:
    return {"now": now, "latest": now + _NO_LEASE_IS_SO_LONG, "besides": list(besides)}


_NOW, _LATEST = bindparam("now", type_=UtcTime()), bindparam("latest", type_=UtcTime())
_BLOCKED = exists().where(people.c.id == notices.c.person_id, people.c.unreachable_at.is_not(None))
"""The notice's person can't be reached: it waits for them, not for a time."""
_DUE = or_(notices.c.due_at <= _NOW, notices.c.created_at > _NOW)
"""What was made later than now was made before the machine's clock was set back."""


def _claimable(*, only_codes: bool) -> Select[tuple[int]]:
    """Built once, because it is asked again and again and costs more to build than to run."""
    other = notices.alias("other")
    open_of_person = (other.c.person_id == notices.c.person_id, other.c.done_at.is_(None))
    earlier = or_(
        other.c.lane < notices.c.lane,
        and_(other.c.lane == notices.c.lane, other.c.id < notices.c.id),
    )
    busy = exists().where(*open_of_person, leased_between(other.c.leased_until, _NOW, _LATEST))
    return select(notices.c.id).where(
        notices.c.done_at.is_(None),
        _DUE,
        ~_BLOCKED,
        ~busy,
        ~exists().where(*open_of_person, earlier),
        notices.c.person_id.not_in(bindparam("besides", expanding=True)),
        notices.c.urgency == 0 if only_codes else true(),
    )


def _claim(*, only_codes: bool) -> Any:
    first = _claimable(only_codes=only_codes).order_by(notices.c.urgency, notices.c.id).limit(bindparam("most"))
    free = ~leased_between(notices.c.leased_until, _NOW, _LATEST)
    held = update(notices).where(notices.c.id.in_(first), free).returning(notices)
    return held.values(leased_until=bindparam("until"), process_id=bindparam("holder"))


_ANY_WAITING = select(notices.c.id).where(notices.c.done_at.is_(None), ~_BLOCKED).limit(1)
_ANY_DUE = {only: _claimable(only_codes=only).limit(1) for only in (False, True)}
_CLAIM = {only: _claim(only_codes=only) for only in (False, True)}
"""By whether only codes are asked for."""


async def due(tx: Tx, limit: int) -> Sequence[Notice]:
    """Due notices without claiming them, for a process that can read but not write."""
    query = (
        select(notices)
        .where(notices.c.done_at.is_(None), _DUE, ~_BLOCKED)
        .order_by(notices.c.urgency, notices.c.id)
        .limit(limit)
    )
    return [_notice(row) for row in await tx.connection.execute(query, {"now": tx.now})]


_MET = exists().where(people.c.id == notices.c.person_id, people.c.unreachable_at.is_(None))
_OLDEST = select(func.min(notices.c.created_at)).where(notices.c.done_at.is_(None), _MET)


async def oldest(tx: Tx) -> datetime | None:
    """Since when the first of those waits that people within reach have to get; somebody who never wrote is not."""
    found: datetime | None = (await tx.connection.execute(_OLDEST)).scalar_one()
    return found


async def out_of_reach(tx: Tx) -> int:
    """How many wait for people who can't be told now: they block the bot, or never wrote to it."""
    query = select(func.count()).select_from(notices).where(notices.c.done_at.is_(None), ~_MET)
    return int((await tx.connection.execute(query)).scalar_one())


async def waiting(tx: Tx) -> int:
    """How many are not done, of all people."""
    return (
        await tx.connection.execute(select(func.count()).select_from(notices).where(notices.c.done_at.is_(None)))
    ).scalar_one()


_DONE = (
    update(notices)
    .where(notices.c.id == bindparam("of"))
    .values(done_at=bindparam("at"), message_id=bindparam("message"), leased_until=None)
)


async def done(tx: Tx, messages: Mapping[int, int | None]) -> None:
    """Notices by their id, each with the message that Telegram made of it, if it named one."""
    marks = [{"of": notice_id, "at": tx.now, "message": message_id} for notice_id, message_id in messages.items()]
    if marks:
        await tx.connection.execute(_DONE, marks)


async def settle(tx: Tx, key: str, message_id: int | None) -> None:
    """Done from its beginning: it was told before it could be written."""
    values = {"done_at": tx.now, "message_id": message_id}
    await tx.connection.execute(update(notices).where(notices.c.key == key).values(values))


async def settle_ends(tx: Tx, order_id: int) -> None:
    """Another message of the order has told this already: what still waits to tell it is not sent any more."""
    await settle_open(tx, [f"{kind.value}:{order_id}" for kind in IN_PLACE])


async def settle_open(tx: Tx, keys: Collection[str]) -> None:
    """Those of them that still wait are no news any more, and are not sent, unless one is on its way."""
    left = (notices.c.key.in_(keys), notices.c.done_at.is_(None))
    await tx.connection.execute(update(notices).where(*left).values(done_at=tx.now, leased_until=None))


async def welcome(tx: Tx, person_id: int, number: int) -> None:
    """They are let in; `number`: the audit's entry about it."""
    await add(tx, f"{_WELCOME}{number}", person_id, NoticeKind.MESSAGE, detail=LetIn())


async def not_let_in(tx: Tx, person_id: int, number: int) -> None:
    """They asked, and are not let in. It is no news either to who comes in after all."""
    await add(tx, f"{_WELCOME}{number}", person_id, NoticeKind.MESSAGE, detail=NotLetIn())


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
