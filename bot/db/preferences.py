"""Preferences of people, one row each; who set nothing has none."""

from dataclasses import asdict

from sqlalchemy import bindparam, select

from bot.db.database import Tx
from bot.db.schema import preferences
from bot.db.upsert import upsert
from bot.domain.preferences import Preferences
from bot.domain.price_window import Preset

_ONE = select(preferences).where(preferences.c.person_id == bindparam("person_id"))


async def get(tx: Tx, person_id: int) -> Preferences:
    row = (await tx.connection.execute(_ONE, {"person_id": person_id})).one_or_none()
    if row is None:
        return Preferences()
    return Preferences(
        quiet_numbers=row.quiet_numbers,
        hide_codes_after=row.hide_codes_after,
        window=Preset(row.window),
        quiet_from=row.quiet_from,
        quiet_until=row.quiet_until,
    )


async def put(tx: Tx, person_id: int, preferred: Preferences) -> None:
    values = asdict(preferred) | {"window": preferred.window.value}
    statement = upsert(preferences).values(person_id=person_id, **values)
    await tx.connection.execute(statement.on_conflict_do_update(index_elements=["person_id"], set_=values))
