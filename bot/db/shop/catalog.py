"""Services, countries and searches, each with our own short id that is never given to another one."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from sqlalchemy import BindParameter, ColumnElement, Integer, Table, bindparam, func, insert, select, update

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


async def countries_by_id(tx: Tx, ids: Collection[int]) -> dict[int, Country]:
    """Also those that are gone or hidden: an order's countries keep their names."""
    return {one.id: one for one in await _countries_where(tx, countries.c.id.in_(ids))} if ids else {}


async def country_told(tx: Tx, hidsim_id: str) -> Country | None:
    """The country that HidSim calls so; None for one that was never listed."""
    found = await _countries_where(tx, countries.c.hidsim_id.in_({hidsim_id, hidsim_id.lower()}))
    return found[0] if found else None


async def countries_of_code(tx: Tx, code: str) -> list[Country]:
    """Those listed under an ISO code: several where HidSim sells the numbers of one country in more ways than one."""
    return await _countries_where(tx, countries.c.code == code, countries.c.gone.is_(False))


async def _countries_where(tx: Tx, *where: ColumnElement[bool]) -> list[Country]:
    rows = await tx.connection.execute(select(countries).where(*where).order_by(countries.c.id))
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


async def denied_services(tx: Tx) -> dict[int, str]:
    """The entries that denied services, by our ids; also entries that the settings have no more."""
    return await _denied(tx, services)


async def hidden_countries(tx: Tx) -> dict[int, str]:
    """The same of countries."""
    return await _denied(tx, countries)


async def _denied(tx: Tx, table: Table) -> dict[int, str]:
    rows = await tx.connection.execute(select(table.c.id, table.c.denied_by).where(table.c.denied_by.is_not(None)))
    return {row.id: row.denied_by for row in rows}


async def note_denied_services(tx: Tx, found: Mapping[int, str]) -> None:
    """Remembers the entries that deny services, by our ids."""
    await _note_denied(tx, services, found)


async def note_hidden_countries(tx: Tx, found: Mapping[int, str]) -> None:
    """The same of countries."""
    await _note_denied(tx, countries, found)


async def _note_denied(tx: Tx, table: Table, found: Mapping[int, str]) -> None:
    if found:
        statement = update(table).where(table.c.id == bindparam("key")).values(denied_by=bindparam("entry"))
        await tx.connection.execute(statement, [{"key": key, "entry": entry} for key, entry in found.items()])


_LAST = (
    select(orders.c.id, orders.c.service_id, orders.c.country_id, orders.c.country_known)
    .where(orders.c.person_id == bindparam("person_id"))
    .order_by(orders.c.id.desc())
    .limit(_OWN_LAST)
    .subquery()
)
_OWN_SERVICES = (
    select(_LAST.c.service_id)
    .group_by(_LAST.c.service_id)
    .order_by(func.max(_LAST.c.id).desc())
    .limit(bindparam("limit", type_=Integer))
)
_OWN_COUNTRIES = (
    select(_LAST.c.country_id)
    .where(_LAST.c.country_known)
    .group_by(_LAST.c.country_id)
    .order_by(func.max(_LAST.c.service_id == bindparam("service_id")).desc(), func.max(_LAST.c.id).desc())
    .limit(bindparam("limit", type_=Integer))
)
_OWN_PAIRS = (
    select(_LAST.c.service_id, _LAST.c.country_id)
    .where(_LAST.c.country_known)
    .group_by(_LAST.c.service_id, _LAST.c.country_id)
    .order_by(func.max(_LAST.c.id).desc())
    .limit(bindparam("limit", type_=Integer))
)
_NEWEST = select(func.coalesce(func.max(orders.c.id), 0)).scalar_subquery()
_OF_THE_SHOP = orders.c.id > _NEWEST - _SHOPS_LAST
_MOST_BOUGHT = (
    select(orders.c.service_id)
    .where(_OF_THE_SHOP)
    .group_by(orders.c.service_id)
    .order_by(func.count().desc(), orders.c.service_id)
    .limit(bindparam("limit", type_=Integer))
)
_COUNTRIES_MOST_BOUGHT = (
    select(orders.c.country_id)
    .where(_OF_THE_SHOP, orders.c.service_id == bindparam("service_id"), orders.c.country_known)
    .group_by(orders.c.country_id)
    .order_by(func.count().desc(), orders.c.country_id)
    .limit(bindparam("limit", type_=Integer))
)
"""What is asked at taps is built once. An order counts for no country while nobody knows of which its number is."""


async def own_services(tx: Tx, person_id: int, limit: int) -> Sequence[int]:
    """Service ids among this person's last orders, newest first."""
    return (await tx.connection.execute(_OWN_SERVICES, {"person_id": person_id, "limit": limit})).scalars().all()


async def own_countries(tx: Tx, person_id: int, service_id: int, limit: int) -> Sequence[int]:
    """Country ids among this person's last orders: those of this service first, then newest first."""
    given = {"person_id": person_id, "service_id": service_id, "limit": limit}
    return (await tx.connection.execute(_OWN_COUNTRIES, given)).scalars().all()


async def own_pairs(tx: Tx, person_id: int, limit: int) -> list[tuple[int, int]]:
    """Service and country ids of this person's last orders, newest first, each pair once."""
    rows = await tx.connection.execute(_OWN_PAIRS, {"person_id": person_id, "limit": limit})
    return [(row.service_id, row.country_id) for row in rows]


async def most_bought(tx: Tx, limit: int) -> Sequence[int]:
    """Service ids by how often the shop's last orders were for them."""
    return (await tx.connection.execute(_MOST_BOUGHT, {"limit": limit})).scalars().all()


async def countries_most_bought(tx: Tx, service_id: int, limit: int) -> Sequence[int]:
    """Country ids by how often the shop's last orders of this service were for them."""
    given = {"service_id": service_id, "limit": limit}
    return (await tx.connection.execute(_COUNTRIES_MOST_BOUGHT, given)).scalars().all()


async def search_id(tx: Tx, text: str) -> int:
    """The id of a search text, so that a button can lead back to its results. Needs a writing transaction."""
    found = (await tx.connection.execute(select(searches.c.id).where(searches.c.text == text))).scalar_one_or_none()
    if found is not None:
        return int(found)
    return int((await tx.connection.execute(insert(searches).values(text=text).returning(searches.c.id))).scalar_one())


async def search_text(tx: Tx, search: int) -> str | None:
    return (await tx.connection.execute(select(searches.c.text).where(searches.c.id == search))).scalar_one_or_none()
