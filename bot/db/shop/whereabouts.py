"""The menu that a chat showed last, where typed words mean something else than a search."""

from collections.abc import Mapping

from sqlalchemy import String, bindparam, delete, select

from bot.db.database import Tx
from bot.db.schema import people, whereabouts
from bot.db.upsert import upsert


async def last(tx: Tx, person_id: int) -> str | None:
    query = select(whereabouts.c.data).where(whereabouts.c.person_id == person_id)
    return (await tx.connection.execute(query)).scalar_one_or_none()


_KNOWN = select(people.c.id, bindparam("menu", type_=String)).where(people.c.id == bindparam("person"))
_PUT = upsert(whereabouts).from_select(["person_id", "data"], _KNOWN)
_PUT = _PUT.on_conflict_do_update(
    index_elements=["person_id"],
    set_={"data": _PUT.excluded.data},
    where=whereabouts.c.data != _PUT.excluded.data,
)
_FORGET = delete(whereabouts).where(whereabouts.c.person_id == bindparam("person"))


async def note(tx: Tx, menus: Mapping[int, str | None]) -> None:
    """The menus of many people by their ids; None: nowhere special. Of people who are not written down nothing is.

    What stands there already is not written again.
    """
    there = [{"person": person_id, "menu": data} for person_id, data in menus.items() if data is not None]
    nowhere = [{"person": person_id} for person_id, data in menus.items() if data is None]
    if there:
        await tx.connection.execute(_PUT, there)
    if nowhere:
        await tx.connection.execute(_FORGET, nowhere)
