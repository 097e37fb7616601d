"""Drafts: the countries that a person ticked for one order, one draft for each person and service."""

from datetime import datetime

from sqlalchemy import delete, select

from bot.db.database import Tx
from bot.db.schema import drafts
from bot.db.upsert import upsert


async def of_service(tx: Tx, person_id: int, service_id: int) -> tuple[int, ...]:
    """Ids of the countries in the order in which they were ticked; none where nothing is ticked."""
    own = (drafts.c.person_id == person_id, drafts.c.service_id == service_id)
    found: tuple[int, ...] | None = (
        await tx.connection.execute(select(drafts.c.countries).where(*own))
    ).scalar_one_or_none()
    return found or ()


async def put(tx: Tx, person_id: int, service_id: int, countries: tuple[int, ...]) -> None:
    """All that is ticked now; a draft without any is none."""
    if not countries:
        own = (drafts.c.person_id == person_id, drafts.c.service_id == service_id)
        await tx.connection.execute(delete(drafts).where(*own))
        return
    values = {"person_id": person_id, "service_id": service_id, "countries": countries, "created_at": tx.now}
    statement = upsert(drafts).values(**values)
    own_service = ["person_id", "service_id"]
    await tx.connection.execute(
        statement.on_conflict_do_update(index_elements=own_service, set_={"countries": statement.excluded.countries})
    )


async def delete_old(tx: Tx, before: datetime, limit: int) -> None:
    """Some of those that were begun before then, the oldest first."""
    old = select(drafts.c.id).where(drafts.c.created_at < before).order_by(drafts.c.created_at).limit(limit)
    await tx.connection.execute(delete(drafts).where(drafts.c.id.in_(old)))
