"""Favorites: a pair and a window, one for each pair and person."""

from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, bindparam, delete, func, select

from bot.db.database import Tx
from bot.db.schema import countries, favorites, services
from bot.db.upsert import upsert
from bot.domain.catalog import Country, Favorite, Service
from bot.domain.price_window import Window

_WINDOW = select(favorites.c.window_low, favorites.c.window_high).where(
    *(favorites.c[name] == bindparam(name) for name in ("person_id", "service_id", "country_id"))
)


async def save(tx: Tx, person_id: int, service_id: int, country_id: int, window: Window) -> None:
    """A pair saved again takes the new window."""
    values = {"window_low": window.low, "window_high": window.high, "saved_at": tx.now}
    statement = upsert(favorites).values(person_id=person_id, service_id=service_id, country_id=country_id, **values)
    pair = ["person_id", "service_id", "country_id"]
    await tx.connection.execute(statement.on_conflict_do_update(index_elements=pair, set_=values))


async def window_of(tx: Tx, person_id: int, service_id: int, country_id: int) -> Window | None:
    """The window that this pair is saved with; None for one that is not."""
    pair = {"person_id": person_id, "service_id": service_id, "country_id": country_id}
    row = (await tx.connection.execute(_WINDOW, pair)).one_or_none()
    return None if row is None else Window(row.window_low, row.window_high)


async def forget(tx: Tx, person_id: int, service_id: int, country_id: int) -> None:
    """Removes a pair; one that is not saved is left at that."""
    await tx.connection.execute(delete(favorites).where(_pair(person_id, service_id, country_id)))


def _pair(person_id: int, service_id: int, country_id: int) -> ColumnElement[bool]:
    return and_(
        favorites.c.person_id == person_id,
        favorites.c.service_id == service_id,
        favorites.c.country_id == country_id,
    )


async def remove(tx: Tx, person_id: int, favorite_id: int) -> None:
    """Only one's own; removing what is gone does nothing."""
    await tx.connection.execute(
        delete(favorites).where(favorites.c.id == favorite_id, favorites.c.person_id == person_id)
    )


async def count(tx: Tx, person_id: int) -> int:
    query = select(func.count()).select_from(favorites).where(favorites.c.person_id == person_id)
    return int((await tx.connection.execute(query)).scalar_one())


async def get(tx: Tx, person_id: int, favorite_id: int) -> Favorite | None:
    """One of their own."""
    query = _favorites().where(favorites.c.id == favorite_id, favorites.c.person_id == person_id)
    row = (await tx.connection.execute(query)).one_or_none()
    return None if row is None else _favorite(row)


async def of_person(tx: Tx, person_id: int, limit: int, offset: int) -> list[Favorite]:
    """The last saved first."""
    query = (
        _favorites()
        .where(favorites.c.person_id == person_id)
        .order_by(favorites.c.saved_at.desc(), favorites.c.id.desc())
        .limit(limit)
        .offset(offset)
    )
    return [_favorite(row) for row in await tx.connection.execute(query)]


def _favorites() -> Select[Any]:
    return (
        select(favorites, services, countries)
        .join(services, services.c.id == favorites.c.service_id)
        .join(countries, countries.c.id == favorites.c.country_id)
    )


def _favorite(row: Row[Any]) -> Favorite:
    m = row._mapping
    service = Service(m[services.c.id], m[services.c.hidsim_id], m[services.c.name])
    country = Country(
        m[countries.c.id], m[countries.c.hidsim_id], m[countries.c.name], m[countries.c.code], m[countries.c.label]
    )
    return Favorite(m[favorites.c.id], service, country, m[favorites.c.window_low], m[favorites.c.window_high])
