"""Orders that ticks work on: asked about, closed, released; and the leases on them."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, CompoundSelect, bindparam, or_, select, true, union_all, update

from bot.db.database import Tx
from bot.db.leases import leased, owned
from bot.db.orders.orders import order_of, selected
from bot.db.schema import orders
from bot.domain.orders import LIVE, Order, OrderState

_LIVE = [state.value for state in LIVE]
_NO_LEASE_IS_SO_LONG = timedelta(seconds=1)
"""Of asking and of closing."""


async def live(tx: Tx, owner: int | None = None, *, even_leased: bool = False) -> list[Order]:
    """Every order that HidSim works on, or whose further SMS is looked for, and that nobody has leased.

    A watch that is over is among them until `end_watches`: whether it is over, no wall clock can say. `owner`: only
    those that name this process, here and below; None: whatever they name.
    """
    free = true() if even_leased else ~_leased(tx.now)
    query = selected().where(orders.c.id.in_(at_work(_LIVE)), free, owned(orders.c.process_id, owner))
    return [order_of(row) for row in await tx.connection.execute(query)]


def at_work(states: Sequence[str]) -> CompoundSelect[tuple[int]]:
    """Ids of orders in these states, and of those whose further SMS is looked for, each by an index of its own."""
    return union_all(
        select(orders.c.id).where(orders.c.state.in_(states)),
        select(orders.c.id).where(orders.c.watched_until.is_not(None)),
    )


async def lease(tx: Tx, ids: Collection[int], lasts: timedelta, owner: int | None = None) -> set[int]:
    """Claims orders for one ask each, in one statement; those that somebody else has are left out."""
    statement = (
        update(orders)
        .where(orders.c.id.in_(ids), ~_leased(tx.now), owned(orders.c.process_id, owner))
        .values(leased_until=tx.now + lasts, asked_at=tx.now)
        .returning(orders.c.id)
    )
    return set((await tx.connection.execute(statement)).scalars())


def _leased(now: datetime) -> ColumnElement[bool]:
    return leased(orders.c.leased_until, now, _NO_LEASE_IS_SO_LONG)


async def to_release(tx: Tx) -> list[Order]:
    """Lost purchases whose hold was promised back by now, oldest first.

    Those placed after now are among them: they are older than a clock says that was set back. So are those without a
    promise, of the first release.
    """
    promised = or_(orders.c.release_at <= tx.now, orders.c.placed_at > tx.now, orders.c.release_at.is_(None))
    query = selected().where(orders.c.state == OrderState.UNCONFIRMED.value, promised).order_by(orders.c.id)
    return [order_of(row) for row in await tx.connection.execute(query)]


async def end_watches(tx: Tx, ids: Collection[int]) -> None:
    await tx.connection.execute(update(orders).where(orders.c.id.in_(ids)).values(watched_until=None))


async def to_close(tx: Tx, owner: int | None = None) -> list[Order]:
    """Orders whose person wants them closed as soon as HidSim allows, those whose time comes first at the front."""
    query, values = (_TO_CLOSE, {}) if owner is None else (_OWN_TO_CLOSE, {"owner": owner})
    return [order_of(row) for row in await tx.connection.execute(query, values)]


_TO_CLOSE = selected().where(orders.c.state.in_(_LIVE), orders.c.close_wanted.is_(True)).order_by(orders.c.close_at)
_OWN_TO_CLOSE = _TO_CLOSE.where(orders.c.process_id == bindparam("owner"))
"""Built once: asked every second."""


async def lease_close(tx: Tx, order_id: int, lasts: timedelta, owner: int | None = None) -> bool:
    """Claims one close of an order that is still to be closed; False when somebody else has it."""
    wanted = (orders.c.state.in_(_LIVE), orders.c.close_wanted.is_(True), owned(orders.c.process_id, owner))
    held = leased(orders.c.closing_until, tx.now, _NO_LEASE_IS_SO_LONG)
    statement = update(orders).where(orders.c.id == order_id, *wanted, ~held).values(closing_until=tx.now + lasts)
    return (await tx.connection.execute(statement)).rowcount == 1
