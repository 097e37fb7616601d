"""Orders that ticks work on: asked about, closed, released; and the leases on them."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import CompoundSelect, bindparam, or_, select, union_all, update

from bot.db.database import Tx
from bot.db.leases import leased, owned
from bot.db.orders.orders import read, selected
from bot.db.schema import orders
from bot.domain.orders import LIVE, Order, OrderState, Tracked, end_of

_LIVE = [state.value for state in LIVE]
_NO_LEASE_IS_SO_LONG = timedelta(seconds=1)
"""Of closing."""


def at_work(states: Sequence[str]) -> CompoundSelect[tuple[int]]:
    """Ids of orders in these states, and of those whose further SMS is looked for, each by an index of its own."""
    return union_all(
        select(orders.c.id).where(orders.c.state.in_(states)),
        select(orders.c.id).where(orders.c.watched_until.is_not(None)),
    )


_TRACKED = select(
    orders.c.id,
    orders.c.operation_id,
    orders.c.service_id,
    orders.c.state,
    orders.c.placed_at,
    orders.c.number_at,
    orders.c.expires_at,
    orders.c.watched_until,
).where(orders.c.id.in_(at_work(_LIVE)), orders.c.operation_id.is_not(None))
_SLICE = _TRACKED.where(orders.c.id > bindparam("after")).order_by(orders.c.id).limit(bindparam("most"))
_AMONG = _TRACKED.where(orders.c.id.in_(bindparam("ids", expanding=True)))
_OURS = orders.c.process_id == bindparam("owner")
_SLICE_OF_OURS, _AMONG_OURS = _SLICE.where(_OURS), _AMONG.where(_OURS)


async def tracked(tx: Tx, owner: int | None = None, *, after: int = 0, most: int = 1_000) -> list[Tracked]:
    """Orders that HidSim works on, or whose further SMS is looked for, by their ids: those after `after`, so many.

    A watch that is over is among them until `end_watch`: whether it is over, no wall clock can say. `owner`: only
    those that name this process, here and below; None: whatever they name.
    """
    query, given = (_SLICE, {}) if owner is None else (_SLICE_OF_OURS, {"owner": owner})
    return [_tracked(row) for row in await tx.connection.execute(query, given | {"after": after, "most": most})]


async def tracked_among(tx: Tx, ids: Collection[int], owner: int | None = None) -> list[Tracked]:
    """Those of these orders that are to be asked about."""
    query, given = (_AMONG, {}) if owner is None else (_AMONG_OURS, {"owner": owner})
    return [_tracked(row) for row in await tx.connection.execute(query, {"ids": list(ids), **given})]


def _tracked(row: Any) -> Tracked:
    state, placed_at = OrderState(row.state), row.placed_at
    expires_at = end_of(placed_at, row.expires_at)
    return Tracked(
        row.id, row.operation_id, row.service_id, state, placed_at, row.number_at, expires_at, row.watched_until
    )


_LOST = [OrderState.UNCONFIRMED.value, OrderState.RELEASED.value]
_ANY_LOST = select(orders.c.id).where(orders.c.state.in_(_LOST)).limit(1)


async def any_lost(tx: Tx) -> bool:
    """Whether any purchase is left whose answer was lost and of which no admin has said what became."""
    return (await tx.connection.execute(_ANY_LOST)).first() is not None


async def to_release(tx: Tx) -> list[Order]:
    """Lost purchases whose hold was promised back by now, oldest first.

    Those placed after now are among them: they are older than a clock says that was set back. So are those without a
    promise, of the first release.
    """
    promised = or_(orders.c.release_at <= tx.now, orders.c.placed_at > tx.now, orders.c.release_at.is_(None))
    query = selected().where(orders.c.state == OrderState.UNCONFIRMED.value, promised).order_by(orders.c.id)
    return await read(tx, query)


async def end_watch(tx: Tx, order_id: int, watched_until: datetime) -> None:
    """Of a watch until then; one that was renewed meanwhile goes on."""
    this = (orders.c.id == order_id, orders.c.watched_until == watched_until)
    await tx.connection.execute(update(orders).where(*this).values(watched_until=None))


async def to_close(tx: Tx, owner: int | None = None) -> list[tuple[int, datetime | None]]:
    """Orders whose person wants them closed as soon as HidSim allows, each with the time from which it may be tried.

    Those whose time comes first are at the front. No more of them is read: there may be a thousand that wait.
    """
    query, values = (_TO_CLOSE, {}) if owner is None else (_OWN_TO_CLOSE, {"owner": owner})
    return [(row.id, row.close_at) for row in await tx.connection.execute(query, values)]


_TO_CLOSE = (
    select(orders.c.id, orders.c.close_at)
    .where(orders.c.state.in_(_LIVE), orders.c.close_wanted.is_(True))
    .order_by(orders.c.close_at)
)
_OWN_TO_CLOSE = _TO_CLOSE.where(_OURS)
"""Built once: asked every second."""


async def lease_close(tx: Tx, order_id: int, lasts: timedelta, owner: int | None = None) -> bool:
    """Claims one close of an order that is still to be closed; False when somebody else has it."""
    wanted = (orders.c.state.in_(_LIVE), orders.c.close_wanted.is_(True), owned(orders.c.process_id, owner))
    held = leased(orders.c.closing_until, tx.now, _NO_LEASE_IS_SO_LONG)
    statement = update(orders).where(orders.c.id == order_id, *wanted, ~held).values(closing_until=tx.now + lasts)
    return (await tx.connection.execute(statement)).rowcount == 1
