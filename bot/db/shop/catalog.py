"""Services, countries and searches, each with our own short id that is never given to another one."""

from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import BindParameter, Subquery, Table, bindparam, func, insert, select, update

from bot.db.database import Tx
from bot.db.schema import countries, orders, searches, services
from bot.domain.catalog import Country, Service, labels

_OWN_LAST = 200
_SHOPS_LAST = 3_000
"""So many orders say what people like; a year of them says nothing else and takes a hundred times as long."""


async def services_after(tx: Tx, service_id: int, limit: int) -> list[Service]:
    """The next services by our id."""
    rows = await tx.connection.execute(_SERVICES.where(services.c.id > service_id).order_by(services.c.id).limit(limit))
    return [Service(*row) for row in rows]


_SERVICES = select(services.c.id, services.c.hidsim_id, services.c.name).where(services.c.gone.is_(False))


async def all_countries(tx: Tx) -> list[Country]:
    rows = await tx.connection.execute(select(countries).where(countries.c.gone.is_(False)).order_by(countries.c.name))
    return [Country(r.id, r.hidsim_id, r.name, r.code, r.label) for r in rows]


async def save_services(
    tx: Tx,
    found: Iterable[tuple[str, str]],
    *,
    complete: bool = True,
    keeping: Collection[str] = (),
) -> None:
    """(HidSim's id, name) of services. Complete: those not among them are marked gone, which keeps their ids.

    `keeping`: HidSim's ids of those that stay although they are not among them.
    """
    await _save(tx, services, {key: {"name": name} for key, name in found}, complete=complete, keeping=keeping)


async def services_gone(tx: Tx, hidsim_ids: Sequence[str]) -> None:
    await _mark_gone(tx, services, hidsim_ids)


async def save_countries(
    tx: Tx, found: Iterable[tuple[str, str, str | None]], *, keeping: Collection[str] = ()
) -> None:
    """(HidSim's id, name, code) of all countries. Those that share a code, or have none and one name, get labels."""
    values: dict[str, dict[str, str | None]] = {key: {"name": name, "code": code} for key, name, code in found}
    await _save(tx, countries, values, complete=True, keeping=keeping)
    standing = await all_countries(tx)
    wanted = labels(standing)
    for country in standing:
        if wanted[country.id] != country.label:
            await tx.connection.execute(
                update(countries).where(countries.c.id == country.id).values(label=wanted[country.id])
            )


async def _save(
    tx: Tx,
    table: Table,
    found: dict[str, dict[str, str | None]],
    *,
    complete: bool,
    keeping: Collection[str] = (),
) -> None:
    """Writes only what changed: an unchanged catalog costs one read."""
    query = select(table) if complete else select(table).where(table.c.hidsim_id.in_(found))
    known = {r.hidsim_id: r._mapping for r in await tx.connection.execute(query)}
    new = [{"hidsim_id": key, "gone": False, **values} for key, values in found.items() if key not in known]
    changed = [
        {"key": key, **values}
        for key, values in found.items()
        if key in known and (known[key]["gone"] or any(known[key][k] != v for k, v in values.items()))
    ]
    if new:
        await tx.connection.execute(insert(table), new)
    if changed:
        columns: dict[str, BindParameter[str]] = {name: bindparam(name) for name in changed[0] if name != "key"}
        statement = update(table).where(table.c.hidsim_id == bindparam("key")).values(gone=False, **columns)
        await tx.connection.execute(statement, changed)
    if complete:
        standing = [key for key, row in known.items() if not row["gone"]]
        await _mark_gone(tx, table, [key for key in standing if key not in found and key not in keeping])


async def _mark_gone(tx: Tx, table: Table, hidsim_ids: Sequence[str]) -> None:
    if hidsim_ids:
        await tx.connection.execute(update(table).where(table.c.hidsim_id.in_(hidsim_ids)).values(gone=True))


async def own_services(tx: Tx, person_id: int, limit: int) -> Sequence[int]:
    """Service ids among this person's last orders, newest first."""
    last = _own_last(person_id)
    query = select(last.c.service_id).group_by(last.c.service_id).order_by(func.max(last.c.id).desc()).limit(limit)
    return (await tx.connection.execute(query)).scalars().all()


async def own_countries(tx: Tx, person_id: int, service_id: int, limit: int) -> Sequence[int]:
    """Country ids among this person's last orders: those of this service first, then newest first."""
    last = _own_last(person_id)
    here = func.max(last.c.service_id == service_id)
    query = select(last.c.country_id).group_by(last.c.country_id).order_by(here.desc(), func.max(last.c.id).desc())
    return (await tx.connection.execute(query.limit(limit))).scalars().all()


def _own_last(person_id: int) -> Subquery:
    return (
        select(orders.c.id, orders.c.service_id, orders.c.country_id)
        .where(orders.c.person_id == person_id)
        .order_by(orders.c.id.desc())
        .limit(_OWN_LAST)
        .subquery()
    )


async def most_bought(tx: Tx, limit: int) -> Sequence[int]:
    """Service ids by how often the shop's last orders were for them."""
    newest = select(func.coalesce(func.max(orders.c.id), 0)).scalar_subquery()
    query = (
        select(orders.c.service_id)
        .where(orders.c.id > newest - _SHOPS_LAST)
        .group_by(orders.c.service_id)
        .order_by(func.count().desc(), orders.c.service_id)
        .limit(limit)
    )
    return (await tx.connection.execute(query)).scalars().all()


async def countries_most_bought(tx: Tx, service_id: int, limit: int) -> Sequence[int]:
    """Country ids by how often the shop's last orders of this service were for them."""
    newest = select(func.coalesce(func.max(orders.c.id), 0)).scalar_subquery()
    query = (
        select(orders.c.country_id)
        .where(orders.c.id > newest - _SHOPS_LAST, orders.c.service_id == service_id)
        .group_by(orders.c.country_id)
        .order_by(func.count().desc(), orders.c.country_id)
        .limit(limit)
    )
    return (await tx.connection.execute(query)).scalars().all()


async def search_id(tx: Tx, text: str) -> int:
    """The id of a search text, so that a button can lead back to its results. Needs a writing transaction."""
    found = (await tx.connection.execute(select(searches.c.id).where(searches.c.text == text))).scalar_one_or_none()
    if found is not None:
        return int(found)
    return int((await tx.connection.execute(insert(searches).values(text=text).returning(searches.c.id))).scalar_one())


async def search_text(tx: Tx, search: int) -> str | None:
    return (await tx.connection.execute(select(searches.c.text).where(searches.c.id == search))).scalar_one_or_none()
