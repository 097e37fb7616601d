"""Numbers and SMS are taken out of orders whose time is over. Rows stay: money, counts and buttons name them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import String, and_, bindparam, case, cast, func, literal, or_, select, update

from bot.db.database import Tx
from bot.db.orders import sms as sms_rows
from bot.db.schema import cards, countries, notices, orders, sms
from bot.domain.notices import NoticeKind
from bot.domain.orders import IN_PROGRESS, LIVE, LONGEST_LIFE, Sms

_LIVE = [state.value for state in LIVE]
_IN_PROGRESS = [state.value for state in IN_PROGRESS]
_WITH_CONTENT = [NoticeKind.NUMBER.value, NoticeKind.CODE.value]
"""Notices whose keys hold a hash of a number or a code."""
_RECENT = (
    select(notices.c.id)
    .where(
        notices.c.order_id == orders.c.id,
        notices.c.kind == NoticeKind.CODE.value,
        notices.c.created_at > bindparam("before", type_=notices.c.created_at.type),
    )
    .exists()
)


@dataclass(frozen=True, slots=True)
class Content:
    """What an order holds about what it was used for. `sms` by their fingerprints, without what is erased already."""

    order_id: int
    number: str | None = field(repr=False)
    region: str | None
    sms: Mapping[str, Sms] = field(repr=False)


async def due(tx: Tx, before: datetime, limit: int) -> Sequence[int]:
    """Ids of orders that ended until then, and got no code since, oldest first."""
    return list((await tx.connection.execute(_DUE, {"before": before, "most": limit})).scalars())


_DUE = (
    select(orders.c.id)
    .where(
        orders.c.erased_at.is_(None),
        orders.c.finished_at <= bindparam("before", type_=orders.c.finished_at.type),
        ~_RECENT,
    )
    .order_by(orders.c.finished_at)
    .limit(bindparam("most"))
)


async def never_ended(tx: Tx, before: datetime, limit: int) -> dict[int, datetime]:
    """Orders whose end HidSim never told, though by its own word, or at the very latest, they ended by then; by their
    ids, when they were placed.
    """
    told = and_(orders.c.expires_at > orders.c.placed_at, orders.c.expires_at <= before)
    ended = or_(told, orders.c.placed_at <= before - LONGEST_LIFE)
    where = (orders.c.state.in_(_LIVE), orders.c.placed_at <= before, orders.c.erased_at.is_(None), ended)
    found = await tx.connection.execute(select(orders.c.id, orders.c.placed_at).where(*where).limit(limit))
    return {row.id: row.placed_at for row in found}


async def of_person(tx: Tx, person_id: int, limit: int) -> Sequence[int]:
    """Ids of a person's orders that have ended and are not erased."""
    where = (orders.c.person_id == person_id, orders.c.erased_at.is_(None), orders.c.state.not_in(_IN_PROGRESS))
    return list((await tx.connection.execute(select(orders.c.id).where(*where).limit(limit))).scalars())


async def codes_on_their_way(tx: Tx, person_id: int) -> int:
    """How many codes wait to be told to this person, or are just being told."""
    where = (notices.c.person_id == person_id, notices.c.done_at.is_(None), notices.c.kind == NoticeKind.CODE.value)
    return int((await tx.connection.execute(select(func.count()).select_from(notices).where(*where))).scalar_one())


_THESE = (
    select(orders.c.id, orders.c.number, case((orders.c.country_known, countries.c.code)).label("region"))
    .join(countries, countries.c.id == orders.c.country_id)
    .where(orders.c.id.in_(bindparam("ids", expanding=True)))
)


async def contents(tx: Tx, ids: Collection[int]) -> list[Content]:
    """Of these orders."""
    texts = await sms_rows.keyed_of(tx, ids)
    found = await tx.connection.execute(_THESE, {"ids": list(ids)})
    return [Content(row.id, row.number, row.region, texts.get(row.id, {})) for row in found]


_ORDERS = (
    update(orders)
    .where(orders.c.id.in_(bindparam("ids", expanding=True)))
    .values(number=None, erased_at=bindparam("at", type_=orders.c.erased_at.type))
)
_SMS = (
    update(sms)
    .where(sms.c.id == bindparam("of"))
    .values(
        text="",
        sender=None,
        guessed=False,
        fingerprint=bindparam("seal"),
        code=case((sms.c.code.is_(None), None), else_=""),
    )
)
_NOTICES = (
    update(notices)
    .where(notices.c.order_id.in_(bindparam("ids", expanding=True)), notices.c.kind.in_(_WITH_CONTENT))
    .values(
        key=literal("erased:") + cast(notices.c.id, String),
        done_at=func.coalesce(notices.c.done_at, bindparam("at", type_=notices.c.done_at.type)),
        leased_until=None,
    )
)


_WAYS_BACK = (
    update(cards)
    .where(cards.c.order_id.in_(bindparam("ids", expanding=True)), cards.c.via.like("y%.%"))
    .values(via="y0")
)
"""To what was sought in History, which may be the end of a number."""


async def erase(tx: Tx, ids: Collection[int], seals: Mapping[int, str]) -> None:
    """Numbers, and texts, codes and senders of SMS. `seals`: what is left of each SMS, by its id.

    Cards in chats are not drawn again: what a chat shows is its person's. What was still to be pushed never will be.
    """
    given = {"ids": list(ids), "at": tx.now}
    await tx.connection.execute(_ORDERS, given)
    await tx.connection.execute(_NOTICES, given)
    await tx.connection.execute(_WAYS_BACK, {"ids": list(ids)})
    if seals:
        await tx.connection.execute(_SMS, [{"of": sms_id, "seal": seal} for sms_id, seal in seals.items()])


async def take_up(tx: Tx, order_id: int, number: str | None) -> None:
    """An SMS came for an erased order: it holds something again, to be erased when its time is over."""
    values = {"erased_at": None, "number": number}
    await tx.connection.execute(update(orders).where(orders.c.id == order_id).values(**values))
