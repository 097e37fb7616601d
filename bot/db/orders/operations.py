"""The ids under which HidSim knows the operation of an order."""

from collections.abc import Collection, Mapping

from sqlalchemy import or_, select

from bot.db.database import Tx
from bot.db.schema import operation_ids
from bot.db.upsert import upsert


async def owners(tx: Tx, order_id: int, told: Collection[str]) -> Mapping[str, int]:
    """All ids of this order's operation, and the told ones that are another order's: id to order."""
    query = select(operation_ids.c.alias, operation_ids.c.order_id).where(
        or_(operation_ids.c.order_id == order_id, operation_ids.c.alias.in_(told))
    )
    return {row.alias: row.order_id for row in await tx.connection.execute(query)}


async def learn(tx: Tx, order_id: int, ids: Collection[str]) -> None:
    """Raises DatabaseConflict for an id that is another order's."""
    if ids:
        rows = [{"alias": one, "order_id": order_id} for one in sorted(ids)]
        await tx.connection.execute(upsert(operation_ids), rows)
