"""Who did what, and the few switches of the whole shop. Details hold no secret, number or code."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert

from bot.db.database import AsyncConnection
from bot.db.schema import audit, switches
from bot.domain.acts import Act, known_act


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the audit. `act` None: a word of another release's."""

    id: int
    at: datetime
    actor_id: int | None
    act: Act | None
    order_id: int | None
    person_id: int | None
    detail: dict[str, Any]


async def write(
    connection: AsyncConnection,
    act: Act,
    now: datetime,
    *,
    actor_id: int | None = None,
    order_id: int | None = None,
    person_id: int | None = None,
    detail: Mapping[str, str | int | None] | None = None,
) -> int:
    """The new entry's number."""
    entry = insert(audit).values(
        at=now, actor_id=actor_id, act=act.value, order_id=order_id, person_id=person_id, detail=dict(detail or {})
    )
    return int((await connection.execute(entry.returning(audit.c.id))).scalar_one())


async def get(connection: AsyncConnection, number: int) -> Entry | None:
    row = (await connection.execute(select(audit).where(audit.c.id == number))).one_or_none()
    if row is None:
        return None
    return Entry(row.id, row.at, row.actor_id, known_act(row.act), row.order_id, row.person_id, row.detail)


async def count(connection: AsyncConnection, act: Act, since: datetime) -> int:
    """How often this was done since then."""
    query = select(func.count()).select_from(audit).where(audit.c.act == act.value, audit.c.at >= since)
    return int((await connection.execute(query)).scalar_one())


async def switch(connection: AsyncConnection, name: str) -> str | None:
    return (await connection.execute(select(switches.c.value).where(switches.c.name == name))).scalar_one_or_none()


async def set_switch(connection: AsyncConnection, name: str, value: str | None, now: datetime) -> None:
    """None takes the switch back to its default."""
    if value is None:
        await connection.execute(delete(switches).where(switches.c.name == name))
        return
    statement = upsert(switches).values(name=name, value=value, at=now)
    await connection.execute(statement.on_conflict_do_update(index_elements=["name"], set_={"value": value, "at": now}))
