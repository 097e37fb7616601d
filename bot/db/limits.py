"""Limits of single people. Who has no row here has those of the settings."""

from sqlalchemy import bindparam, select

from bot.db.database import Tx
from bot.db.schema import person_limits
from bot.db.upsert import upsert
from bot.domain.limits import OwnLimits

_OF_PERSON = person_limits.c.person_id == bindparam("person_id")
_OWN = select(person_limits.c.open_orders, person_limits.c.daily_spend).where(_OF_PERSON)
OPEN_ORDERS = select(person_limits.c.open_orders).where(_OF_PERSON)
DAILY_SPEND = select(person_limits.c.daily_spend).where(_OF_PERSON)
"""Each by itself, as a part of a statement that is asked anyway."""


async def own(tx: Tx, person_id: int) -> OwnLimits:
    row = (await tx.connection.execute(_OWN, {"person_id": person_id})).one_or_none()
    return OwnLimits() if row is None else OwnLimits(row.open_orders, row.daily_spend)


async def put(tx: Tx, person_id: int, limits: OwnLimits) -> None:
    """They hold from now on, in place of earlier ones. The person has to be known."""
    values = {"open_orders": limits.open_orders, "daily_spend": limits.daily_spend}
    statement = upsert(person_limits).values(person_id=person_id, **values)
    await tx.connection.execute(statement.on_conflict_do_update(index_elements=["person_id"], set_=values))
