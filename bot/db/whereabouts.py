"""The menu that a chat showed last, where typed words mean something else than a search."""

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert

from bot.db.database import AsyncConnection
from bot.db.schema import whereabouts


async def last(connection: AsyncConnection, person_id: int) -> str | None:
    query = select(whereabouts.c.data).where(whereabouts.c.person_id == person_id)
    return (await connection.execute(query)).scalar_one_or_none()


async def put(connection: AsyncConnection, person_id: int, data: str) -> None:
    statement = insert(whereabouts).values(person_id=person_id, data=data)
    await connection.execute(statement.on_conflict_do_update(index_elements=["person_id"], set_={"data": data}))


async def forget(connection: AsyncConnection, person_id: int) -> None:
    await connection.execute(delete(whereabouts).where(whereabouts.c.person_id == person_id))
