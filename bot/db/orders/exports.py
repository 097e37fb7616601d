"""Orders as rows for other programs, in slices by their ids: everybody's without numbers and codes, own ones with."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, case, func, literal, select

from bot.db.database import Tx
from bot.db.orders import sms as sms_rows
from bot.db.schema import countries, labels, orders, people, services, sms, transfers
from bot.db.shop import catalog
from bot.domain.catalog import Country
from bot.domain.exporting import ExportRow, OwnRow, Period
from bot.domain.orders import OrderState, Sms
from bot.domain.outcomes import net_cost, outcome_of

_READ = (
    "id", "placed_at", "person_id", "state", "reason", "window_low", "window_high", "currency", "price", "cost",
    "charged", "number_at", "finished_at", "countries",
)  # fmt: skip
"""The number is none of them: what is not read can't get into a file."""
_STATES = [state.value for state in OrderState]
_COUNTRY = case((orders.c.country_known, func.coalesce(countries.c.label, countries.c.name)))
_CODE = case((orders.c.country_known, countries.c.code))
"""None while nobody knows of which of several countries a number is."""


async def period(tx: Tx, days: int, since: datetime | None) -> Period:
    """Which orders were placed since then. Naming every state lets the index find the times: it begins with them."""
    query = select(func.count(), func.min(orders.c.id), func.max(orders.c.id)).where(
        orders.c.state.in_(sorted(_STATES))
    )
    if since is not None:
        query = query.where(orders.c.placed_at >= since)
    count, first, last = (await tx.connection.execute(query)).one()
    return Period(days, since, int(count), first or 0, last or 0)


def _rows() -> Select[Any]:
    of_order = sms.c.order_id == orders.c.id
    ref = literal("suspense:").concat(orders.c.id)
    doubted = select(transfers.c.amount).where(transfers.c.ref == ref).scalar_subquery()
    return (
        select(
            *(orders.c[name] for name in _READ),
            people.c.name.label("person"),
            services.c.name.label("service"),
            _COUNTRY.label("country"),
            _CODE.label("country_code"),
            case((orders.c.state == OrderState.BOUGHT.value, doubted)).label("doubted"),
            select(func.count()).where(of_order).scalar_subquery().label("came"),
            select(func.count(sms.c.code)).where(of_order).scalar_subquery().label("codes"),
        )
        .join(services, services.c.id == orders.c.service_id)
        .join(countries, countries.c.id == orders.c.country_id)
        .outerjoin(people, people.c.id == orders.c.person_id)
    )


async def after(tx: Tx, order_id: int, among: Period, limit: int) -> Sequence[ExportRow]:
    """The next orders behind this id, in the order of their ids; none when there are no more."""
    query = _rows().where(orders.c.id > order_id, orders.c.id <= among.last).order_by(orders.c.id).limit(limit)
    if among.since is not None:
        query = query.where(orders.c.placed_at >= among.since)
    found = (await tx.connection.execute(query)).all()
    known = await catalog.countries_by_id(tx, {one for row in found for one in row.countries})
    return [_row(row, [known[one] for one in row.countries]) for row in found]


def _row(row: Row[Any], asked: Sequence[Country]) -> ExportRow:
    return ExportRow(
        order=row.id,
        placed_at=row.placed_at,
        person_id=row.person_id,
        person=row.person,
        service=row.service,
        country=row.country,
        country_code=row.country_code,
        state=row.state,
        outcome=outcome_of(_known(row.state), code=row.codes > 0),
        reason=row.reason,
        lowest=row.window_low,
        highest=row.window_high,
        currency=row.currency,
        price=row.price,
        cost=net_cost(_known(row.state), row.cost, row.doubted),
        charged=row.charged,
        number_at=row.number_at,
        finished_at=row.finished_at,
        sms=row.came,
        asked_countries=" ".join(one.code or one.name for one in asked) or None,
    )


def _known(word: str) -> OrderState:
    """A state of another release's reads as one that goes on."""
    return OrderState(word) if word in _STATES else OrderState.CREATING


async def own_period(tx: Tx, person_id: int) -> Period:
    """All orders of this person."""
    query = select(func.count(), func.min(orders.c.id), func.max(orders.c.id)).where(orders.c.person_id == person_id)
    count, first, last = (await tx.connection.execute(query)).one()
    return Period(0, None, int(count), first or 0, last or 0)


_OWN = (
    select(
        orders,
        services.c.name.label("service"),
        _COUNTRY.label("country"),
        _CODE.label("country_code"),
        labels.c.text.label("label"),
    )
    .join(services, services.c.id == orders.c.service_id)
    .join(countries, countries.c.id == orders.c.country_id)
    .outerjoin(labels, labels.c.id == orders.c.label_id)
)


async def own_after(tx: Tx, order_id: int, person_id: int, limit: int) -> Sequence[OwnRow]:
    """This person's next orders behind this id, in the order of their ids; numbers as they are stored, and no code that
    is hidden in the chat into which the file goes."""
    query = _OWN.where(orders.c.person_id == person_id, orders.c.id > order_id).order_by(orders.c.id).limit(limit)
    found = (await tx.connection.execute(query)).all()
    texts = await sms_rows.of_orders(tx, [row.id for row in found])
    return [_own_row(row, texts.get(row.id, ())) for row in found]


def _own_row(row: Row[Any], came: Sequence[Sms]) -> OwnRow:
    codes = tuple(one.code for one in came if one.code and not one.hidden)
    return OwnRow(
        order=row.id,
        placed_at=row.placed_at,
        service=row.service,
        country=row.country,
        country_code=row.country_code,
        label=row.label,
        outcome=outcome_of(_known(row.state), code=any(one.code is not None for one in came)),
        number=row.number,
        codes=codes,
        sms=len(came),
        currency=row.currency,
        price=row.price,
        paid=row.charged,
        number_at=row.number_at,
        finished_at=row.finished_at,
    )
