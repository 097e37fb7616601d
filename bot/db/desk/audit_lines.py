"""The audit of admins' acts. The orders' own steps, of which there are a hundred times more, are passed over."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, func, or_, select

from bot.db.database import Tx
from bot.db.desk.record import done
from bot.db.schema import audit
from bot.facts.record import Done

_OF_ORDERS, _BEHIND_THEM = "order.", "order/"
_JUDGED, _BEHIND_JUDGED = "order.judged.", "order.judged/"
_OF_ADMINS = or_(
    audit.c.act < _OF_ORDERS,
    and_(audit.c.act >= _JUDGED, audit.c.act < _BEHIND_JUDGED),
    audit.c.act >= _BEHIND_THEM,
)
"""By ranges of words, which the index has together. An act of another release is one of them."""


def _among(person_id: int | None) -> ColumnElement[bool]:
    return _OF_ADMINS if person_id is None else audit.c.person_id == person_id


async def count(tx: Tx, person_id: int | None = None) -> int:
    """How many lines there are; about this person alone, if one is named."""
    query = select(func.count()).select_from(audit).where(_among(person_id))
    return int((await tx.connection.execute(query)).scalar_one())


async def page(tx: Tx, limit: int, offset: int, person_id: int | None = None) -> Sequence[Done]:
    """Newest first. Sorted by a sum, else SQLite walks back through all ids in search of the few acts of admins."""
    newest = audit.c.id.desc() if person_id is not None else (audit.c.id + 0).desc()
    ids = select(audit.c.id).where(_among(person_id)).order_by(newest).limit(limit).offset(offset)
    query = select(audit).where(audit.c.id.in_(ids)).order_by(audit.c.id.desc())
    return [done(row) for row in await tx.connection.execute(query)]
