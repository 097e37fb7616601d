"""Limits of single people. Who has no row here has those of the settings."""

from dataclasses import fields

from sqlalchemy import bindparam, select

from bot.db.database import Tx
from bot.db.schema import person_limits
from bot.db.upsert import upsert
from bot.domain.limits import OwnLimits

_OF_PERSON = person_limits.c.person_id == bindparam("person_id")
_COLUMNS = (
    person_limits.c.open_orders,
    person_limits.c.daily_spend,
    person_limits.c.purchases_an_hour,
    person_limits.c.closes_an_hour,
)
"""In the order of the fields of `OwnLimits`."""
_OWN = select(*_COLUMNS).where(_OF_PERSON)
EACH = tuple(select(one).where(_OF_PERSON) for one in _COLUMNS)
"""Each by itself, as a part of a statement that is asked anyway."""


async def own(tx: Tx, person_id: int) -> OwnLimits:
    row = (await tx.connection.execute(_OWN, {"person_id": person_id})).one_or_none()
    return OwnLimits() if row is None else OwnLimits(*row)


async def put(tx: Tx, person_id: int, limits: OwnLimits) -> None:
    """They hold from now on, in place of earlier ones. The person has to be known."""
    values = {field.name: getattr(limits, field.name) for field in fields(OwnLimits)}
    statement = upsert(person_limits).values(person_id=person_id, **values)
    await tx.connection.execute(statement.on_conflict_do_update(index_elements=["person_id"], set_=values))
