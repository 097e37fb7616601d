"""The menu that a chat showed last, where typed words mean something else than a search."""

from sqlalchemy import delete, select

from bot.db.database import Tx
from bot.db.schema import whereabouts
from bot.db.upsert import upsert


async def last(tx: Tx, person_id: int) -> str | None:
    query = select(whereabouts.c.data).where(whereabouts.c.person_id == person_id)
    return (await tx.connection.execute(query)).scalar_one_or_none()


async def put(tx: Tx, person_id: int, data: str) -> None:
    statement = upsert(whereabouts).values(person_id=person_id, data=data)
    await tx.connection.execute(statement.on_conflict_do_update(index_elements=["person_id"], set_={"data": data}))


async def forget(tx: Tx, person_id: int) -> None:
    await tx.connection.execute(delete(whereabouts).where(whereabouts.c.person_id == person_id))
