"""Incidents: what staff was told once and hears the end of. One of a kind goes on for a subject at a time."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, select, update

from bot.db import details
from bot.db.database import Tx
from bot.db.schema import incidents
from bot.db.upsert import upsert
from bot.domain.alerts import AlertFacts, AlertKind

_GOES_ON = incidents.c.ended_at.is_(None)


@dataclass(frozen=True, slots=True)
class Incident:
    """`facts`: those of its beginning."""

    id: int
    kind: AlertKind
    subject: str
    began_at: datetime
    facts: AlertFacts | None


async def begin(tx: Tx, kind: AlertKind, subject: str, facts: AlertFacts | None, ago: timedelta) -> int | None:
    """The new incident's number; None when one of this kind goes on for this subject, which stays as it is."""
    new = upsert(incidents).values(
        kind=kind.value, subject=subject, began_at=tx.now - ago, detail=details.facts_written(facts)
    )
    statement = new.on_conflict_do_nothing(index_elements=["kind", "subject"], index_where=_GOES_ON)
    found: int | None = (await tx.connection.execute(statement.returning(incidents.c.id))).scalar_one_or_none()
    return found


_END = (
    update(incidents)
    .where(incidents.c.kind == bindparam("of"), incidents.c.subject == bindparam("about"), _GOES_ON)
    .values(ended_at=bindparam("at", type_=incidents.c.ended_at.type))
    .returning(incidents.c.id, incidents.c.began_at, incidents.c.detail)
)


async def end(tx: Tx, kind: AlertKind, subject: str) -> Incident | None:
    """The incident that ends by this; None when none goes on."""
    row = (await tx.connection.execute(_END, {"of": kind.value, "about": subject, "at": tx.now})).one_or_none()
    if row is None:
        return None
    return Incident(row.id, kind, subject, row.began_at, details.facts(kind, row.detail))


async def goes_on(tx: Tx, kind: AlertKind, subject: str) -> bool:
    query = select(incidents.c.id).where(incidents.c.kind == kind.value, incidents.c.subject == subject, _GOES_ON)
    return (await tx.connection.execute(query)).first() is not None


async def going_on(tx: Tx) -> list[Incident]:
    """All, the oldest first; without those of another release's kinds."""
    query = select(incidents).where(_GOES_ON).order_by(incidents.c.kind, incidents.c.subject)
    found = [
        Incident(row.id, kind, row.subject, row.began_at, details.facts(kind, row.detail))
        for row in await tx.connection.execute(query)
        if (kind := _known(row.kind)) is not None
    ]
    return sorted(found, key=lambda one: one.id)


def _known(word: str) -> AlertKind | None:
    return AlertKind(word) if word in set(AlertKind) else None
