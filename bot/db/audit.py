"""Who did what. Details hold no secret, number or code."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, insert, select

from bot.db.database import Tx
from bot.db.schema import audit
from bot.domain import moves
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
    tx: Tx,
    act: Act,
    *,
    actor_id: int | None = None,
    order_id: int | None = None,
    person_id: int | None = None,
    detail: Mapping[str, str | int | None] | None = None,
) -> int:
    """The new entry's number."""
    entry = insert(audit).values(
        at=tx.now,
        actor_id=actor_id,
        act=act.value,
        order_id=order_id,
        person_id=person_id,
        detail=dict(detail or {}),
    )
    return int((await tx.connection.execute(entry.returning(audit.c.id))).scalar_one())


async def note(tx: Tx, order_id: int, step: moves.Entry) -> None:
    """A line about an order, as a move or a request to HidSim made it."""
    values = {"actor_id": step.actor_id, "act": step.act.value, "order_id": order_id, "detail": dict(step.detail)}
    await tx.connection.execute(insert(audit).values(at=step.at or tx.now, **values))


async def get(tx: Tx, number: int) -> Entry | None:
    row = (await tx.connection.execute(select(audit).where(audit.c.id == number))).one_or_none()
    return None if row is None else _entry(row)


async def about(tx: Tx, person_id: int, acts: Collection[Act], limit: int) -> Sequence[Entry]:
    """The last entries of these acts about a person, newest first."""
    of_these = audit.c.act.in_([act.value for act in acts])
    query = select(audit).where(audit.c.person_id == person_id, of_these).order_by(audit.c.id.desc()).limit(limit)
    return [_entry(row) for row in await tx.connection.execute(query)]


def _entry(row: Row[Any]) -> Entry:
    return Entry(row.id, row.at, row.actor_id, known_act(row.act), row.order_id, row.person_id, row.detail)


async def count(tx: Tx, act: Act, since: datetime) -> int:
    """How often this was done since then."""
    query = select(func.count()).select_from(audit).where(audit.c.act == act.value, audit.c.at >= since)
    return int((await tx.connection.execute(query)).scalar_one())


async def last(tx: Tx, act: Act, before: str) -> datetime | None:
    """When this was done the last time to what was so before it.

    A time that lies ahead is that of a clock that was set back since.
    """
    was = audit.c.detail["before"].as_string() == before
    query = (
        select(audit.c.at)
        .where(audit.c.act == act.value, was, audit.c.at <= tx.now)
        .order_by(audit.c.at.desc())
        .limit(1)
    )
    return (await tx.connection.execute(query)).scalar_one_or_none()
