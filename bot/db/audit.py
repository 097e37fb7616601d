"""Who did what, and the few switches of the whole shop. Details hold no secret, number or code."""

from datetime import datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert

from bot.db.database import AsyncConnection
from bot.db.schema import audit, switches


async def write(
    connection: AsyncConnection,
    act: str,
    now: datetime,
    *,
    actor_id: int | None = None,
    order_id: int | None = None,
    person_id: int | None = None,
    **detail: str | int | None,
) -> None:
    await connection.execute(
        insert(audit).values(at=now, actor_id=actor_id, act=act, order_id=order_id, person_id=person_id, detail=detail)
    )


async def switch(connection: AsyncConnection, name: str) -> str | None:
    return (await connection.execute(select(switches.c.value).where(switches.c.name == name))).scalar_one_or_none()


async def set_switch(connection: AsyncConnection, name: str, value: str | None, now: datetime) -> None:
    """None takes the switch back to its default."""
    if value is None:
        await connection.execute(delete(switches).where(switches.c.name == name))
        return
    statement = upsert(switches).values(name=name, value=value, at=now)
    await connection.execute(statement.on_conflict_do_update(index_elements=["name"], set_={"value": value, "at": now}))
