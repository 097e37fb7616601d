"""Orders counted and summed by day or by hour, what is owed, and at which pace HidSim's balance goes down.

A part of time is a whole number: how many of its width have passed since 1970, so that days are those of UTC.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import BigInteger, ColumnElement, and_, case, func, select, type_coerce

from bot.db.database import Tx
from bot.db.money.books import of_family
from bot.db.schema import accounts, incidents, orders, people, transfers
from bot.domain.ledger import SUSPENSE, Family
from bot.domain.orders import LIVE, OrderState

_ANY = [state.value for state in OrderState]
"""Named, so that the index finds the times: it begins with the state."""
_COSTING = [state.value for state in LIVE | {OrderState.COMPLETED}]
"""What HidSim took for these it has not given back."""
_MICROSECOND, _A_SECOND = timedelta(microseconds=1), 1_000_000


@dataclass(frozen=True, slots=True)
class Sum:
    """The orders of one part of time that are in one state, and, of those with a code, took so many whole seconds.

    `spent`: micro-units that people paid for them, or that are set aside. `took`: from the purchase to the code.
    """

    part: int
    state: OrderState
    took: int | None
    number: int
    spent: int


async def sums(tx: Tx, since: datetime, until: datetime, width: timedelta) -> Sequence[Sum]:
    """Only what has orders. By seconds, so that a median costs no sorting of orders, and few rows come out."""
    placed, finished = _number(orders.c.placed_at), _number(orders.c.finished_at)
    part = (placed // (width // _MICROSECOND)).label("part")
    got = and_(orders.c.state == OrderState.COMPLETED.value, finished >= placed)
    took = case((got, (finished - placed) // _A_SECOND)).label("took")
    spent = func.sum(func.coalesce(orders.c.charged, orders.c.held)).label("spent")
    within = (orders.c.state.in_(_ANY), orders.c.placed_at >= since, orders.c.placed_at < until)
    query = select(part, orders.c.state, took, func.count().label("number"), spent).where(*within)
    rows = await tx.connection.execute(query.group_by("part", orders.c.state, "took"))
    return [Sum(row.part, OrderState(row.state), row.took, row.number, int(row.spent or 0)) for row in rows]


def _number(moment: ColumnElement[datetime]) -> ColumnElement[int]:
    """As it is stored: microseconds."""
    return type_coerce(moment, BigInteger)


async def cost_since(tx: Tx, since: datetime) -> int:
    """What HidSim took for numbers of orders placed since then and has not given back, in micro-units."""
    query = select(func.coalesce(func.sum(orders.c.cost), 0))
    placed = (orders.c.state.in_(_COSTING), orders.c.placed_at >= since)
    taken = int((await tx.connection.execute(query.where(*placed))).scalar_one())
    query = select(func.coalesce(func.sum(transfers.c.amount), 0))
    judged = (transfers.c.target == SUSPENSE, transfers.c.at >= since)  # few: an admin's word for each
    return taken + int((await tx.connection.execute(query.where(*judged))).scalar_one())


async def first_order_at(tx: Tx) -> datetime | None:
    """When the first order was placed."""
    first = select(orders.c.placed_at).where(orders.c.id == select(func.min(orders.c.id)).scalar_subquery())
    placed: datetime | None = (await tx.connection.execute(first)).scalar_one_or_none()
    return placed


async def owed(tx: Tx) -> int:
    """What people have in their wallets, in micro-units. What a wallet lacks owes nobody else."""
    query = select(func.coalesce(func.sum(accounts.c.balance), 0))
    wallets = of_family(Family.WALLET), accounts.c.balance > 0
    return int((await tx.connection.execute(query.where(*wallets))).scalar_one())


async def people_met(tx: Tx, since: datetime, until: datetime) -> int:
    """How many came for the first time."""
    met = (people.c.first_seen_at >= since, people.c.first_seen_at < until)
    return (await tx.connection.execute(select(func.count()).select_from(people).where(*met))).scalar_one()


async def first_met_at(tx: Tx) -> datetime | None:
    """When the bot met its first person."""
    met: datetime | None = (await tx.connection.execute(select(func.min(people.c.first_seen_at)))).scalar_one()
    return met


async def going_on(tx: Tx) -> int:
    """How many incidents have not ended."""
    query = select(func.count()).select_from(incidents).where(incidents.c.ended_at.is_(None))
    return (await tx.connection.execute(query)).scalar_one()
