"""What was learned of when codes and numbers come, as sums that every process adds to."""

from collections.abc import Collection

from sqlalchemy import select

from bot.db.database import Tx
from bot.db.schema import arrivals
from bot.db.upsert import upsert
from bot.domain.polling.learning import Awaited, Learned

_INSERT = upsert(arrivals)
_ADD = _INSERT.on_conflict_do_update(
    index_elements=["awaited", "service_id", "bucket"],
    set_={
        "events": arrivals.c.events + _INSERT.excluded.events,
        "milliseconds": arrivals.c.milliseconds + _INSERT.excluded.milliseconds,
    },
)
_ALL = select(arrivals)


async def add(tx: Tx, learned: Collection[Learned]) -> None:
    """Adds to what is stored. An empty collection is a mistake."""
    rows = [
        {
            "awaited": one.awaited.value,
            "service_id": one.service_id,
            "bucket": one.bucket,
            "events": one.events,
            "milliseconds": one.milliseconds,
        }
        for one in learned
    ]
    await tx.connection.execute(_ADD, rows)


async def all_of_them(tx: Tx) -> list[Learned]:
    """Of all services. Rows of a later release, whose kind is not known, are left out."""
    known = {one.value: one for one in Awaited}
    return [
        Learned(known[row.awaited], row.service_id, row.bucket, row.events, row.milliseconds)
        for row in await tx.connection.execute(_ALL)
        if row.awaited in known
    ]
