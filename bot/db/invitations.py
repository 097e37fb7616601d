"""Invitations: each lets one person in, once, until its end. Every function takes the caller's transaction."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert, select, update

from bot.db.database import Tx
from bot.db.schema import invitations
from bot.domain.entry import Invitation

_FREE = invitations.c.used_by.is_(None)


def _invitation(row: Row[Any]) -> Invitation:
    return Invitation(row.code, row.created_by, row.created_at, row.used_by, row.expires_at)


async def add(tx: Tx, code: str, host_id: int, expires_at: datetime) -> None:
    values = {"code": code, "created_by": host_id, "created_at": tx.now, "expires_at": expires_at}
    await tx.connection.execute(insert(invitations).values(values))


async def get(tx: Tx, code: str) -> Invitation | None:
    row = (await tx.connection.execute(select(invitations).where(invitations.c.code == code))).one_or_none()
    return None if row is None else _invitation(row)


async def use(tx: Tx, code: str, person_id: int) -> bool:
    """False: it was used before."""
    used = update(invitations).where(invitations.c.code == code, _FREE).values(used_by=person_id, used_at=tx.now)
    return (await tx.connection.execute(used)).rowcount > 0


async def end(tx: Tx, code: str) -> bool:
    """It is worth nothing from now on. False: it was used before, or is none."""
    ended = update(invitations).where(invitations.c.code == code, _FREE).values(expires_at=tx.now)
    return (await tx.connection.execute(ended)).rowcount > 0


async def open_ones(tx: Tx, hosts: Collection[int], limit: int) -> Sequence[Invitation]:
    """Of these hosts, good for somebody still, the ones that end first in front. Without those of releases that knew
    no end.
    """
    good = (_FREE, invitations.c.expires_at > tx.now, invitations.c.created_by.in_(hosts))
    query = select(invitations).where(*good).order_by(invitations.c.expires_at)
    return [_invitation(row) for row in await tx.connection.execute(query.limit(limit))]
