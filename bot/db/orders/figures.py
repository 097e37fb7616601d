"""Counts and sums of orders, and what they say of the books."""

from datetime import datetime

from sqlalchemy import bindparam, case, func, select

from bot.db.database import Tx
from bot.db.schema import orders
from bot.domain.orders import CLOSABLE, HOLDING, IN_PROGRESS, OrderState

_IN_PROGRESS = [state.value for state in IN_PROGRESS]
_HOLDING = [state.value for state in HOLDING]
_ANY = [state.value for state in OrderState]

_COUNT = select(func.count()).select_from(orders).where(orders.c.person_id == bindparam("person_id"))
_COUNT_IN_PROGRESS = _COUNT.where(orders.c.state.in_(_IN_PROGRESS))


async def count(tx: Tx, person_id: int, *, in_progress: bool) -> int:
    query = _COUNT_IN_PROGRESS if in_progress else _COUNT
    return (await tx.connection.execute(query, {"person_id": person_id})).scalar_one()


_CLOSABLE = select(func.count(), func.sum(case((orders.c.close_wanted, 0), else_=1))).where(
    orders.c.person_id == bindparam("person_id"), orders.c.state.in_([state.value for state in CLOSABLE])
)


async def closable(tx: Tx, person_id: int) -> tuple[int, int]:
    """How many orders a person can have closed, and how many of them they have not asked to be closed yet."""
    found, unasked = (await tx.connection.execute(_CLOSABLE, {"person_id": person_id})).one()
    return found, unasked or 0


_SPENT = select(
    func.coalesce(
        func.sum(case((orders.c.state.in_(_HOLDING), orders.c.held), else_=func.coalesce(orders.c.charged, 0))), 0
    )
).where(orders.c.state.in_(_ANY), orders.c.placed_at >= bindparam("since"))
"""Naming every state lets the indexes find the times: they begin with the state."""
SPENT_BY = _SPENT.where(orders.c.person_id == bindparam("person_id"))


async def spent_since(tx: Tx, since: datetime, person_id: int | None = None) -> int:
    """What was charged, and what is still held, of orders placed since then; of one person or of all."""
    if person_id is None:
        return int((await tx.connection.execute(_SPENT, {"since": since})).scalar_one())
    return int((await tx.connection.execute(SPENT_BY, {"since": since, "person_id": person_id})).scalar_one())


async def held_in_progress(tx: Tx) -> int:
    """What the orders in progress hold, by their own word."""
    query = select(func.coalesce(func.sum(orders.c.held), 0)).where(orders.c.state.in_(_HOLDING))
    return int((await tx.connection.execute(query)).scalar_one())


async def all_quiet(tx: Tx) -> bool:
    """No purchase in flight, unconfirmed or open: HidSim's balance and ours should agree."""
    query = select(orders.c.id).where(orders.c.state.in_([*_IN_PROGRESS, OrderState.RELEASED.value])).limit(1)
    return (await tx.connection.execute(query)).first() is None


async def last_id(tx: Tx) -> int:
    """The newest order's id, 0 before the first."""
    return (await tx.connection.execute(select(func.max(orders.c.id)))).scalar_one() or 0


_LAST_PLACED = select(orders.c.placed_at).where(orders.c.id < bindparam("before")).order_by(orders.c.id.desc()).limit(1)


async def last_placed(tx: Tx, before: int | None = None) -> datetime | None:
    """When the newest order of anybody was placed, or the newest before this one."""
    return (await tx.connection.execute(_LAST_PLACED, {"before": before or 2**62})).scalar_one_or_none()


async def any_without_cost(tx: Tx) -> bool:
    """A number was bought whose price HidSim never told: then the balances can't be compared."""
    where = (orders.c.state == OrderState.COMPLETED.value, orders.c.cost.is_(None))
    return (await tx.connection.execute(select(orders.c.id).where(*where).limit(1))).first() is not None
