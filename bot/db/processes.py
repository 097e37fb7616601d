"""The processes that work on this database, with their signs of life, and the orders that those who are gone have left.

An id is drawn by the process itself, and none is ever drawn twice: a row that is taken back leaves no number to others.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, insert, or_, select, update

from bot.db.database import Tx
from bot.db.leases import gone
from bot.db.orders.worklist import at_work
from bot.db.schema import orders, processes
from bot.domain.orders import LIVE, OrderState

_LIVE = [state.value for state in LIVE]


async def beat(tx: Tx, process_id: int) -> bool:
    """A sign of life. False when the process was not on the list: it begins, or others had called it dead."""
    alive = update(processes).where(processes.c.id == process_id).values(beat_at=tx.now)
    if (await tx.connection.execute(alive)).rowcount == 1:
        return True
    await tx.connection.execute(insert(processes).values(id=process_id, started_at=tx.now, beat_at=tx.now))
    return False


async def end(tx: Tx, process_id: int) -> None:
    """It works no more: nobody waits for it."""
    await tx.connection.execute(delete(processes).where(processes.c.id == process_id))


async def end_others(tx: Tx, process_id: int) -> None:
    """The lock on the file proves that nobody else works on it."""
    await tx.connection.execute(delete(processes).where(processes.c.id != process_id))


async def dead(tx: Tx, silence: timedelta) -> Sequence[int]:
    """Processes that gave no sign of life for so long."""
    return (await tx.connection.execute(select(processes.c.id).where(_silent(tx.now, silence)))).scalars().all()


async def end_dead(tx: Tx, silence: timedelta) -> Sequence[int]:
    """Takes them off the list, each once whoever calls."""
    statement = delete(processes).where(_silent(tx.now, silence)).returning(processes.c.id)
    return (await tx.connection.execute(statement)).scalars().all()


def _silent(now: datetime, silence: timedelta) -> ColumnElement[bool]:
    """A sign of life from so far ahead was given before the clock was set back."""
    return or_(processes.c.beat_at <= now - silence, processes.c.beat_at > now + silence)


async def placing_left(tx: Tx, *, unnamed: bool) -> Sequence[int]:
    """Orders whose purchase nobody carries out any more. `unnamed`: also those that name no process, here and below."""
    left = gone(orders.c.process_id, unnamed=unnamed)
    query = select(orders.c.id).where(orders.c.state == OrderState.PLACING.value, left).order_by(orders.c.id)
    return (await tx.connection.execute(query)).scalars().all()


async def anything_left(tx: Tx) -> bool:
    """Whether an order that somebody has to work on names a process that is gone."""
    left = orders.c.id.in_(at_work([*_LIVE, OrderState.PLACING.value]))
    query = select(orders.c.id).where(left, gone(orders.c.process_id, unnamed=False)).limit(1)
    return (await tx.connection.execute(query)).first() is not None


async def adopt(tx: Tx, process_id: int, *, unnamed: bool) -> int:
    """Live and watched orders whose process is gone are this one's from here on; how many. Not those in `placing`."""
    left = (orders.c.id.in_(at_work(_LIVE)), gone(orders.c.process_id, unnamed=unnamed))
    statement = update(orders).where(*left).values(process_id=process_id, leased_until=None, closing_until=None)
    return (await tx.connection.execute(statement)).rowcount
