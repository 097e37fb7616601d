"""A person's own orders, narrowed down by what they seek."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from bot.db.database import Tx
from bot.db.orders.orders import read, selected
from bot.db.schema import orders, services
from bot.domain.history import Sought
from bot.domain.orders import Order, OrderState
from bot.domain.outcomes import OUTCOMES, Outcome

_SIGNS = (" ", "-", "(", ")", ".", "/")
"""What may stand between the digits of a number that HidSim wrote without a plus."""


def _wanted(person_id: int, sought: Sought) -> list[ColumnElement[bool]]:
    where = [orders.c.person_id == person_id]
    if sought.outcome is not None:
        where.append(orders.c.state.in_(_states(sought.outcome)))
    if sought.service is not None:
        where.append(orders.c.service_id == sought.service)
    if sought.label is not None:
        where.append(orders.c.label_id == sought.label)
    if sought.digits:
        where.append(orders.c.id.in_(_ending(person_id, sought.digits)))
    return where


def _states(outcome: Outcome) -> Sequence[str]:
    return [state.value for state, becomes in OUTCOMES.items() if becomes is outcome]


def _ending(person_id: int, digits: str) -> Select[tuple[int]]:
    """Ids of orders whose numbers end so: an index holds all that this reads."""
    bare: ColumnElement[Any] = orders.c.number
    for sign in _SIGNS:
        bare = func.replace(bare, sign, "")
    ends, told_bare = f"%{digits}", orders.c.number.like("+%")
    wanted = or_(orders.c.number.like(ends), and_(~told_bare, bare.like(ends)))
    return select(orders.c.id).where(orders.c.person_id == person_id, wanted)


async def count(tx: Tx, person_id: int, sought: Sought) -> int:
    query = select(func.count()).select_from(orders).where(*_wanted(person_id, sought))
    return int((await tx.connection.execute(query)).scalar_one())


async def page(tx: Tx, person_id: int, sought: Sought, limit: int, offset: int) -> Sequence[Order]:
    """Newest first. What is skipped is not joined.

    What is sought is found by its own index and sorted then: by that of the ids, thousands of rows would be looked at.
    """
    newest = orders.c.id + 0 if sought else orders.c.id
    own = select(orders.c.id).where(*_wanted(person_id, sought)).order_by(newest.desc())
    query = selected().where(orders.c.id.in_(own.limit(limit).offset(offset))).order_by(orders.c.id.desc())
    return await read(tx, query)


async def outcomes(tx: Tx, person_id: int) -> frozenset[Outcome]:
    """What became of this person's orders so far."""
    query = select(orders.c.state).distinct().where(orders.c.person_id == person_id)
    found = (await tx.connection.execute(query)).scalars()
    return frozenset(OUTCOMES[OrderState(state)] for state in found)


async def service_name(tx: Tx, service_id: int) -> str | None:
    query = select(services.c.name).where(services.c.id == service_id)
    return (await tx.connection.execute(query)).scalar_one_or_none()


async def bought(tx: Tx, person_id: int) -> Sequence[tuple[int, str]]:
    """The services of this person's orders with their names, that of most orders first."""
    much = func.count()
    query = (
        select(services.c.id, services.c.name)
        .join(orders, orders.c.service_id == services.c.id)
        .where(orders.c.person_id == person_id)
        .group_by(services.c.id)
        .order_by(much.desc(), services.c.id)
    )
    return [(row.id, row.name) for row in await tx.connection.execute(query)]
