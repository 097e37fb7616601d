"""Labels: what people call their orders by. Each belongs to one person, and some order of theirs bears it."""

from collections.abc import Sequence

from sqlalchemy import delete, func, select

from bot.db.database import Tx
from bot.db.schema import labels, orders
from bot.db.upsert import upsert
from bot.domain.labels import Label


async def put(tx: Tx, person_id: int, text: str) -> int:
    """The label's id, whether it is new or not."""
    new = upsert(labels).values(person_id=person_id, text=text)
    await tx.connection.execute(new.on_conflict_do_nothing(index_elements=["person_id", "text"]))
    query = select(labels.c.id).where(labels.c.person_id == person_id, labels.c.text == text)
    return int((await tx.connection.execute(query)).scalar_one())


async def get(tx: Tx, person_id: int, label_id: int) -> Label | None:
    """None also for somebody else's."""
    query = select(labels).where(labels.c.id == label_id, labels.c.person_id == person_id)
    row = (await tx.connection.execute(query)).one_or_none()
    return None if row is None else Label(row.id, row.text)


async def recent(tx: Tx, person_id: int, limit: int) -> Sequence[Label]:
    """A person's labels, that of their newest order first."""
    own = (orders.c.person_id == person_id, orders.c.label_id.is_not(None))
    used = (
        select(orders.c.label_id, func.max(orders.c.id).label("newest"))
        .where(*own)
        .group_by(orders.c.label_id)
        .order_by(func.max(orders.c.id).desc())
        .limit(limit)
        .subquery()
    )
    query = select(labels).join(used, used.c.label_id == labels.c.id).order_by(used.c.newest.desc())
    return [Label(row.id, row.text) for row in await tx.connection.execute(query)]


async def of_person(tx: Tx, person_id: int, limit: int) -> Sequence[Label]:
    """In no order."""
    rows = await tx.connection.execute(select(labels).where(labels.c.person_id == person_id).limit(limit))
    return [Label(row.id, row.text) for row in rows]


async def any_of(tx: Tx, person_id: int) -> bool:
    query = select(labels.c.id).where(labels.c.person_id == person_id).limit(1)
    return (await tx.connection.execute(query)).first() is not None


async def drop_unused(tx: Tx, person_id: int, label_id: int) -> None:
    """Deletes it if no order bears it any more: nothing stays behind of what its person took away."""
    borne = select(orders.c.id).where(orders.c.person_id == person_id, orders.c.label_id == label_id).exists()
    await tx.connection.execute(delete(labels).where(labels.c.id == label_id, labels.c.person_id == person_id, ~borne))
