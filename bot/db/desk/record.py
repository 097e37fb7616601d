"""What is kept of an order beside itself, and which orders there are: for admins, without numbers and codes."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, bindparam, func, select

from bot.db.database import Tx
from bot.db.orders.orders import read, selected
from bot.db.schema import audit, notices, orders, sms, transfers
from bot.domain.acts import known_act
from bot.domain.ledger import COST
from bot.domain.notices import NoticeKind
from bot.domain.orders import Order
from bot.facts.record import Done, Moved, Told

_MOST = 2_000
"""Lines of each kind: an order that has more of them is in trouble that its first ones tell."""

_AUDIT = select(audit).where(audit.c.order_id == bindparam("id_of_order")).order_by(audit.c.id).limit(_MOST)


async def deeds(tx: Tx, order_id: int) -> list[Done]:
    return [done(row) for row in await tx.connection.execute(_AUDIT, {"id_of_order": order_id})]


def done(row: Row[Any]) -> Done:
    """A whole row of the audit; a detail that is no mapping, which only an operator's hand writes, reads as none."""
    detail = row.detail if isinstance(row.detail, dict) else {}
    return Done(row.id, row.at, known_act(row.act), row.act, row.actor_id, row.order_id, row.person_id, detail)


_MOVES = (
    select(transfers.c.ref, transfers.c.source, transfers.c.amount, transfers.c.at)
    .where(transfers.c.order_id == bindparam("id_of_order"))
    .order_by(transfers.c.id)
    .limit(_MOST)
)


async def moves(tx: Tx, order_id: int) -> list[Moved]:
    found = await tx.connection.execute(_MOVES, {"id_of_order": order_id})
    return [Moved(row.at, _what(row.ref, row.source), row.amount) for row in found]


def _what(ref: str, source: str) -> str:
    """A cost that turned out lower comes back under the same word."""
    word = ref.partition(":")[0]
    return f"{word}-back" if source == COST and not word.endswith("-back") else word


_TOLD = (
    select(
        notices.c.kind,
        notices.c.person_id,
        notices.c.created_at,
        notices.c.done_at,
        notices.c.message_id,
        notices.c.tries,
    )
    .where(notices.c.order_id == bindparam("id_of_order"))
    .order_by(notices.c.id)
    .limit(_MOST)
)


async def tellings(tx: Tx, order_id: int) -> list[Told]:
    found = await tx.connection.execute(_TOLD, {"id_of_order": order_id})
    return [
        Told(row.created_at, _kind(row.kind), row.person_id, row.done_at, row.message_id is not None, row.tries)
        for row in found
    ]


def _kind(word: str) -> NoticeKind | None:
    return NoticeKind(word) if word in set(NoticeKind) else None


_SMS = select(func.count(), func.count(sms.c.code)).where(sms.c.order_id == bindparam("id_of_order"))


async def sms_and_codes(tx: Tx, order_id: int) -> tuple[int, int]:
    """How many SMS came, and how many of them have a code."""
    row = (await tx.connection.execute(_SMS, {"id_of_order": order_id})).one()
    return int(row[0]), int(row[1])


_NEWEST = selected().where(orders.c.id > bindparam("above"), orders.c.id <= bindparam("upto"))


async def between(tx: Tx, above: int, upto: int) -> Sequence[Order]:
    """Orders by their ids, newest first: the pages of a list that nobody has to count."""
    return await read(tx, _NEWEST.order_by(orders.c.id.desc()), {"above": above, "upto": upto})
