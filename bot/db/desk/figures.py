"""Orders counted and summed by day or by hour, what is owed, and at which pace HidSim's balance goes down.

A part of time is a whole number: how many of its width have passed since 1970, so that days are those of UTC.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Subquery, func, literal, select, type_coerce

from bot.db.database import Tx
from bot.db.schema import accounts, incidents, orders, people, transfers
from bot.domain.ledger import SUSPENSE, Family
from bot.domain.orders import HOLDING, LIVE, OrderState

_ANY = [state.value for state in OrderState]
_HOLDING = [state.value for state in HOLDING]
_COSTING = [state.value for state in LIVE | {OrderState.COMPLETED}]
"""What HidSim took for these it has not given back."""
_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Sum:
    """The orders of one part of time that are in one state. `spent`: micro-units that people paid for them, or that
    are set aside.
    """

    part: int
    state: OrderState
    number: int
    spent: int


def _between(since: datetime, until: datetime) -> tuple[ColumnElement[bool], ...]:
    """Naming every state lets the index find the times: it begins with the state."""
    return orders.c.state.in_(_ANY), orders.c.placed_at >= since, orders.c.placed_at < until


def _part(width: timedelta) -> ColumnElement[int]:
    return type_coerce(orders.c.placed_at, BigInteger) // (width // _MICROSECOND)


async def sums(tx: Tx, since: datetime, until: datetime, width: timedelta) -> Sequence[Sum]:
    """Only parts and states that have orders."""
    part = _part(width).label("part")
    spent = func.sum(func.coalesce(orders.c.charged, orders.c.held)).label("spent")
    query = select(part, orders.c.state, func.count().label("number"), spent).where(*_between(since, until))
    rows = await tx.connection.execute(query.group_by(part, orders.c.state))
    return [Sum(row.part, OrderState(row.state), row.number, int(row.spent or 0)) for row in rows]


async def medians(tx: Tx, since: datetime, until: datetime, width: timedelta | None = None) -> Mapping[int, timedelta]:
    """From the purchase to the code, in the middle of the orders of each part; without `width` of all, as part 0."""
    part = literal(0) if width is None else _part(width)
    took = type_coerce(orders.c.finished_at, BigInteger) - type_coerce(orders.c.placed_at, BigInteger)
    completed = orders.c.state == OrderState.COMPLETED.value
    within = (orders.c.placed_at >= since, orders.c.placed_at < until, orders.c.finished_at >= orders.c.placed_at)
    one = select(part.label("part"), took.label("took")).where(completed, *within).subquery()
    middle = _middle(one)
    query = select(middle.c.part, func.avg(middle.c.took).label("took"))
    query = query.where(middle.c.place * 2 >= middle.c.number, middle.c.place * 2 <= middle.c.number + 2)
    rows = await tx.connection.execute(query.group_by(middle.c.part))
    return {row.part: timedelta(microseconds=round(float(row.took))) for row in rows}


def _middle(one: Subquery) -> Subquery:
    """Each with its place among those of its part, and how many there are."""
    among: dict[str, Any] = {"partition_by": one.c.part}
    place = func.row_number().over(order_by=one.c.took, **among).label("place")
    return select(one.c.part, one.c.took, place, func.count().over(**among).label("number")).subquery()


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
    first = Family.WALLET.value
    beyond = first[:-1] + chr(ord(first[-1]) + 1)
    query = select(func.coalesce(func.sum(accounts.c.balance), 0))
    wallets = (accounts.c.name >= first, accounts.c.name < beyond, accounts.c.balance > 0)
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
