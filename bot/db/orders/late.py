"""Orders that wait for their SMS longer than is usual for their pair of service and country."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select, update

from bot.db.columns import UtcTime
from bot.db.database import Tx
from bot.db.leases import owned
from bot.db.schema import orders
from bot.domain.orders import OrderState

TABLE = orders.name
_WAITING = (
    orders.c.hinted_at.is_(None),
    orders.c.number_at.is_not(None),
    orders.c.finished_at.is_(None),
    orders.c.close_wanted.is_(False),
)
_OLDEST = (
    select(orders.c.id, orders.c.service_id, orders.c.country_id, orders.c.number_at)
    .where(*_WAITING, orders.c.number_at >= bindparam("since", type_=UtcTime()))
    .order_by(orders.c.number_at)
    .limit(bindparam("most"))
)
_OLDEST_OF_OURS = _OLDEST.where(orders.c.process_id == bindparam("owner"))


@dataclass(frozen=True, slots=True)
class Waiting:
    """An order whose person was told nothing yet of what helps against a late SMS."""

    order_id: int
    service_id: int
    country_id: int
    number_at: datetime


async def waiting(tx: Tx, since: datetime, most: int, owner: int | None = None) -> Sequence[Waiting]:
    """With a number since then, the oldest first; not those that are to be closed. `owner`: of this process alone."""
    query, own = (_OLDEST, {}) if owner is None else (_OLDEST_OF_OURS, {"owner": owner})
    return [Waiting(*row) for row in await tx.connection.execute(query, {"since": since, "most": most, **own})]


async def note_hints(tx: Tx, ids: Collection[int], owner: int | None = None) -> frozenset[int]:
    """That people are told now: the orders among these that still wait, and of which nobody was told before."""
    these = (
        orders.c.id.in_(ids),
        *_WAITING,
        orders.c.state == OrderState.PENDING.value,
        owned(orders.c.process_id, owner),
    )
    noted = update(orders).where(*these).values(hinted_at=tx.now).returning(orders.c.id)
    return frozenset((await tx.connection.execute(noted)).scalars())
