"""Which message shows which order's card, and how much of its history that message has shown.

An order's newest message is live; every older one is folded once, and then left alone until it is the newest again.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Row,
    Select,
    and_,
    bindparam,
    delete,
    exists,
    func,
    or_,
    select,
    tuple_,
    update,
)

from bot.db.columns import UtcTime
from bot.db.database import Tx
from bot.db.leases import Lease, held_by, leased_between
from bot.db.schema import cards, notices, orders, people
from bot.db.upsert import upsert
from bot.domain.cards import Card, CardRole
from bot.domain.notices import ENDS, NoticeKind

TABLE = cards.name
_TO_FOLD = -1
"""What a card has shown that has to be folded: less than any revision, so that it is found as behind."""
_NO_LEASE_IS_SO_LONG = timedelta(minutes=2)
_OWN = {NoticeKind.NUMBER, NoticeKind.UNCONFIRMED} | ENDS
"""Notices whose messages are cards of their order."""


def _card(row: Row[Any]) -> Card:
    return Card(row.person_id, row.message_id, row.order_id, row.shown_revision, CardRole(row.role), row.via)


_revision = select(orders.c.revision).where(orders.c.id == cards.c.order_id).scalar_subquery()


async def put(tx: Tx, card: Card) -> None:
    """This message shows the order from now on. The older ones are to be folded; this one, when a newer one does."""
    revision = select(orders.c.revision).where(orders.c.id == card.order_id).scalar_subquery()
    newest = (await tx.connection.execute(_newest(card.order_id))).scalar_one() or 0
    older = newest > card.message_id
    values: dict[str, object] = {
        "order_id": card.order_id,
        "shown_revision": _TO_FOLD if older else card.shown_revision,
        "role": card.role.value,
        "via": card.via,
        "folded": False,
        "order_revision": revision,
        "leased_until": None,
    }
    statement = upsert(cards).values(person_id=card.person_id, message_id=card.message_id, **values)
    await tx.connection.execute(
        statement.on_conflict_do_update(index_elements=["person_id", "message_id"], set_=values)
    )
    tx.wrote(TABLE)
    if not older:
        before = (cards.c.order_id == card.order_id, cards.c.message_id < card.message_id, cards.c.folded.is_(False))
        await tx.connection.execute(update(cards).where(*before).values(shown_revision=_TO_FOLD))


def _newest(order_id: int) -> Any:
    return select(func.max(cards.c.message_id)).where(cards.c.order_id == order_id)


async def at(tx: Tx, person_id: int, message_id: int) -> Card | None:
    row = (await tx.connection.execute(select(cards).where(*_place(person_id, message_id)))).one_or_none()
    return None if row is None else _card(row)


def _place(person_id: int, message_id: int) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return cards.c.person_id == person_id, cards.c.message_id == message_id


async def newest(tx: Tx, order_id: int) -> Card | None:
    """The live one."""
    query = select(cards).where(cards.c.order_id == order_id).order_by(cards.c.message_id.desc()).limit(1)
    row = (await tx.connection.execute(query)).first()
    return None if row is None else _card(row)


_OF_ORDERS = (
    select(cards).where(cards.c.order_id.in_(bindparam("ids", expanding=True))).order_by(cards.c.message_id.desc())
)


async def of_orders(tx: Tx, ids: Collection[int]) -> dict[int, list[Card]]:
    """By order, the live one first; without orders that no message shows."""
    found: dict[int, list[Card]] = {}
    if ids:
        for row in await tx.connection.execute(_OF_ORDERS, {"ids": list(ids)}):
            found.setdefault(row.order_id, []).append(_card(row))
    return found


async def drop(tx: Tx, person_id: int, message_id: int) -> None:
    """This message shows no order any more: the newest one that is left wakes, if it was folded."""
    gone = delete(cards).where(*_place(person_id, message_id)).returning(cards.c.order_id)
    order_id = (await tx.connection.execute(gone)).scalar_one_or_none()
    if order_id is None:
        return
    asleep = or_(cards.c.folded.is_(True), cards.c.shown_revision < 0)
    of_order = (cards.c.order_id == order_id, cards.c.message_id == _newest(order_id).scalar_subquery(), asleep)
    awake = {"folded": False, "shown_revision": 0, "order_revision": _revision}
    await tx.connection.execute(update(cards).where(*of_order).values(awake))
    tx.wrote(TABLE)


async def shown(tx: Tx, card: Card, revision: int) -> None:
    """It was drawn whole. One that a newer message has overtaken meanwhile stays to be folded."""
    where = (*_place(card.person_id, card.message_id), cards.c.order_id == card.order_id, ~_overtaken())
    await tx.connection.execute(update(cards).where(*where).values(shown_revision=revision, leased_until=None))
    tx.wrote(TABLE)


async def folded(tx: Tx, card: Card) -> None:
    """It was drawn as a line. One that is the newest again by now stays to be drawn."""
    where = (*_place(card.person_id, card.message_id), cards.c.order_id == card.order_id, _overtaken())
    drawn = {"folded": True, "shown_revision": cards.c.order_revision, "leased_until": None}
    await tx.connection.execute(update(cards).where(*where).values(drawn))
    tx.wrote(TABLE)


def _overtaken() -> ColumnElement[bool]:
    newer = cards.alias("newer")
    return exists().where(and_(newer.c.order_id == cards.c.order_id, newer.c.message_id > cards.c.message_id))


@dataclass(frozen=True, slots=True)
class Search:
    """For cards that show less than what is true, or have to be folded. `besides`: people who are passed over now.

    Left out: people who can't be reached, and orders of which a message of their own, made after `since`, is about to
    tell it. However many of those there are, the others are found.
    """

    limit: int
    since: datetime
    besides: Collection[int] = ()


_IS_BEHIND = cards.c.shown_revision < cards.c.order_revision
_BLOCKED = exists().where(people.c.id == cards.c.person_id, people.c.unreachable_at.is_not(None))
"""The card's person can't be reached."""
_ANY_BEHIND = select(cards.c.order_id).where(_IS_BEHIND, ~_BLOCKED).limit(1)


async def behind(tx: Tx, search: Search, lease: Lease) -> Sequence[Card]:
    """Without claiming them; without those on which another process than the lease's works."""
    found = await tx.connection.execute(_BEHIND, _asked(tx.now, search, lease))
    return [_card(row) for row in found]


async def any_behind(tx: Tx) -> bool:
    """Whether any card of people within reach shows less than is true, be it its turn or not."""
    return (await tx.connection.execute(_ANY_BEHIND)).first() is not None


async def claim(tx: Tx, search: Search, lease: Lease) -> Sequence[Card]:
    """The same, and the lease's process has them: it may claim them again, others not before the lease ends."""
    values = _asked(tx.now, search, lease) | {"until": tx.now + lease.lasts}
    return [_card(row) for row in await tx.connection.execute(_CLAIM, values)]


def _asked(now: datetime, search: Search, lease: Lease) -> dict[str, object]:
    return {
        "now": now,
        "latest": now + _NO_LEASE_IS_SO_LONG,
        "since": search.since,
        "besides": list(search.besides),
        "most": search.limit,
        "holder": lease.holder,
    }


async def end_leases(tx: Tx, holders: Collection[int] | None) -> None:
    """Of processes that are gone. None: of all."""
    left = (cards.c.leased_until.is_not(None), held_by(cards.c.process_id, holders))
    statement = update(cards).where(_IS_BEHIND, *left).values(leased_until=None)
    await tx.connection.execute(statement)


_NOW, _LATEST, _SINCE = (bindparam(name, type_=UtcTime()) for name in ("now", "latest", "since"))
_OTHERS = and_(cards.c.process_id.is_not(None), cards.c.process_id != bindparam("holder", type_=BigInteger()))
_IS_FREE = ~and_(leased_between(cards.c.leased_until, _NOW, _LATEST), _OTHERS)
"""Of other processes: within its own process a lane draws each person's cards."""
_IS_ABOUT_TO_BE_TOLD = exists().where(
    notices.c.person_id == cards.c.person_id,
    notices.c.order_id == cards.c.order_id,
    notices.c.done_at.is_(None),
    notices.c.tries == 0,
    notices.c.kind.in_(_OWN),
    notices.c.created_at > _SINCE,
)


def _behind(*wanted: Any) -> Select[Any]:
    """Built once, because it is asked again and again and costs more to build than to run."""
    query = select(*wanted).where(
        _IS_BEHIND,
        ~_BLOCKED,
        cards.c.person_id.not_in(bindparam("besides", expanding=True)),
        or_(cards.c.shown_revision < 0, ~_IS_ABOUT_TO_BE_TOLD),
        _IS_FREE,
    )
    return query.limit(bindparam("most"))


_BEHIND = _behind(cards)
_CLAIM = (
    update(cards)
    .where(tuple_(*cards.primary_key).in_(_behind(*cards.primary_key)), _IS_FREE)
    .values(leased_until=bindparam("until"), process_id=bindparam("holder", type_=BigInteger()))
    .returning(cards)
)


async def is_about_to_be_told(tx: Tx, card: Card, since: datetime) -> bool:
    """Whether a message of its order's own, made after `since` and never refused yet, is about to say more."""
    query = select(cards.c.message_id).where(*_place(card.person_id, card.message_id), _IS_ABOUT_TO_BE_TOLD)
    return (await tx.connection.execute(query, {"since": since})).first() is not None


async def pushed_role(tx: Tx, person_id: int, message_id: int) -> CardRole | None:
    """The role of a push that no card is known of (any more); None for what is no card of its order's own."""
    where = (notices.c.person_id == person_id, notices.c.message_id == message_id, notices.c.kind.in_(_OWN))
    kind = (await tx.connection.execute(select(notices.c.kind).where(*where))).scalars().first()
    if kind is None:
        return None
    return CardRole.PUSH if kind == NoticeKind.NUMBER.value else CardRole.TOLD


async def pushed_for(tx: Tx, order_id: int) -> Card | None:
    """The message that brought the number, the last one if it was replaced: a code is sent in reply to it."""
    query = (
        select(cards)
        .where(cards.c.order_id == order_id, cards.c.role == CardRole.PUSH.value)
        .order_by(cards.c.message_id.desc())
    )
    row = (await tx.connection.execute(query)).first()
    return None if row is None else _card(row)


async def pushed_order(tx: Tx, person_id: int, message_id: int) -> int | None:
    """The order whose card this push is (0: of none); None when the message is no push.

    A menu must never be drawn over a number or a code.
    """
    where = (notices.c.person_id == person_id, notices.c.message_id == message_id)
    row = (await tx.connection.execute(select(notices.c.kind, notices.c.order_id).where(*where))).first()
    if row is None:
        return None
    return (row.order_id or 0) if row.kind in _OWN else 0
