"""Which message shows which order's card, and how much of its history that message has shown."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, delete, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from bot.db.database import AsyncConnection
from bot.db.schema import cards, notices, orders
from bot.domain.notices import NoticeKind
from bot.domain.orders import CardRole


@dataclass(frozen=True, slots=True)
class Card:
    """A message of ours that shows an order."""

    person_id: int
    message_id: int
    order_id: int
    shown_revision: int
    role: CardRole


def _card(row: Row[Any]) -> Card:
    return Card(row.person_id, row.message_id, row.order_id, row.shown_revision, CardRole(row.role))


async def put(connection: AsyncConnection, card: Card) -> None:
    revision = select(orders.c.revision).where(orders.c.id == card.order_id).scalar_subquery()
    values: dict[str, object] = {
        "order_id": card.order_id,
        "shown_revision": card.shown_revision,
        "role": card.role.value,
    }
    values["order_revision"] = revision
    statement = upsert(cards).values(person_id=card.person_id, message_id=card.message_id, **values)
    await connection.execute(statement.on_conflict_do_update(index_elements=["person_id", "message_id"], set_=values))


async def at(connection: AsyncConnection, person_id: int, message_id: int) -> Card | None:
    where = (cards.c.person_id == person_id, cards.c.message_id == message_id)
    row = (await connection.execute(select(cards).where(*where))).one_or_none()
    return None if row is None else _card(row)


async def drop(connection: AsyncConnection, person_id: int, message_id: int) -> None:
    where = (cards.c.person_id == person_id, cards.c.message_id == message_id)
    await connection.execute(delete(cards).where(*where))


async def shown(connection: AsyncConnection, card: Card, revision: int) -> None:
    where = (cards.c.person_id == card.person_id, cards.c.message_id == card.message_id)
    await connection.execute(update(cards).where(*where).values(shown_revision=revision))


async def behind(connection: AsyncConnection, limit: int, besides: Collection[int] = ()) -> Sequence[Card]:
    """Cards that show less than what is true. `besides`: people whose chats are passed over now."""
    query = (
        select(cards)
        .where(cards.c.shown_revision < cards.c.order_revision, cards.c.person_id.not_in(besides))
        .limit(limit)
    )
    return [_card(row) for row in await connection.execute(query)]


async def pushed_for(connection: AsyncConnection, order_id: int) -> Card | None:
    """The message that brought the number, the last one if it was replaced: a code is sent in reply to it."""
    query = (
        select(cards)
        .where(cards.c.order_id == order_id, cards.c.role == CardRole.PUSH.value)
        .order_by(cards.c.message_id.desc())
    )
    row = (await connection.execute(query)).first()
    return None if row is None else _card(row)


async def pushed_order(connection: AsyncConnection, person_id: int, message_id: int) -> int | None:
    """The order that this push speaks of (0: of none); None when the message is no push.

    A menu must never be drawn over a number or a code.
    """
    where = (notices.c.person_id == person_id, notices.c.message_id == message_id)
    row = (await connection.execute(select(notices.c.kind, notices.c.order_id).where(*where))).first()
    if row is None:
        return None
    return (row.order_id or 0) if row.kind == NoticeKind.NUMBER.value else 0
