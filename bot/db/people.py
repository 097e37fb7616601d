"""People. Every function takes the caller's transaction."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Row, and_, bindparam, case, delete, func, insert, or_, select, true, update

from bot.db.database import Tx
from bot.db.schema import (
    cards,
    credit_requests,
    drafts,
    entry_requests,
    favorites,
    labels,
    notices,
    orders,
    people,
    person_limits,
    preferences,
    watches,
    whereabouts,
)
from bot.db.search_names import folded
from bot.domain.access import Role, Standing
from bot.domain.people import Among, Person

_ADMIN, _WAS_ADMIN = Role.ADMIN.value, Role.BUYER.value


def _person(row: Row[tuple[object, ...]]) -> Person:
    m = row._mapping
    return Person(
        m["id"],
        m["name"],
        Standing(m["standing"]),
        m["language"],
        unreachable_at=m["unreachable_at"],
        chosen_language=m["chosen_language"],
        appointed=m["role"] == _ADMIN,
        username=m["username"],
    )


_ONE = select(people).where(people.c.id == bindparam("person_id"))
"""Asked for every update, so it is built once."""


async def get(tx: Tx, person_id: int) -> Person | None:
    row = (await tx.connection.execute(_ONE, {"person_id": person_id})).one_or_none()
    return None if row is None else _person(row)


_THESE = select(people).where(people.c.id.in_(bindparam("ids", expanding=True)))


async def these(tx: Tx, ids: Collection[int]) -> dict[int, Person]:
    """By id; without those who were never written down."""
    found = [_person(row) for row in await tx.connection.execute(_THESE, {"ids": list(ids)})]
    return {person.id: person for person in found}


async def add(tx: Tx, person: Person) -> None:
    await tx.connection.execute(
        insert(people).values(
            id=person.id,
            name=person.name,
            standing=person.standing.value,
            language=person.telegram_language,
            chosen_language=person.chosen_language,
            **_searched(person.name, person.username),
            first_seen_at=tx.now,
        )
    )


def _searched(name: str, username: str | None) -> dict[str, str | None]:
    return {"username": username, "search_name": folded(f"{name} {username or ''}")}


async def greet(tx: Tx, person_id: int, name: str, language: str | None, username: str | None = None) -> None:
    """Telegram's newest names and language of a person; a language that they chose stays."""
    told = {"name": name, "language": language, **_searched(name, username)}
    await tx.connection.execute(update(people).where(people.c.id == person_id).values(**told))


async def choose_language(tx: Tx, person_id: int, language: str | None) -> None:
    """None: as Telegram says."""
    await tx.connection.execute(update(people).where(people.c.id == person_id).values(chosen_language=language))


async def appoint(tx: Tx, person_id: int, *, admin: bool) -> None:
    """Makes an admin of somebody, or a buyer of an admin. What they may do is `role_of`'s word."""
    role = _ADMIN if admin else _WAS_ADMIN
    await tx.connection.execute(update(people).where(people.c.id == person_id).values(role=role))


async def appointed(tx: Tx) -> Sequence[int]:
    """Ids of all whom owners made admins and nobody blocked."""
    where = people.c.role == _ADMIN, people.c.standing != Standing.BLOCKED.value
    return list((await tx.connection.execute(select(people.c.id).where(*where).order_by(people.c.id))).scalars())


async def once_appointed(tx: Tx) -> Sequence[int]:
    """Ids of all who were made admins and are none any more."""
    where = or_(people.c.role == _WAS_ADMIN, people.c.standing == Standing.BLOCKED.value)
    query = select(people.c.id).where(people.c.role.is_not(None), where).order_by(people.c.id)
    return list((await tx.connection.execute(query)).scalars())


async def set_standing(tx: Tx, person_id: int, standing: Standing) -> None:
    await tx.connection.execute(update(people).where(people.c.id == person_id).values(standing=standing.value))


async def set_unreachable(tx: Tx, person_id: int, at: datetime | None) -> None:
    """None: they are within reach again, and with them what waits for them."""
    await tx.connection.execute(update(people).where(people.c.id == person_id).values(unreachable_at=at))
    if at is None:
        tx.wrote(notices.name)
        tx.wrote(cards.name)


async def erase_person(tx: Tx, person_id: int) -> None:
    """All that is known of them beside their orders and money; also whom an owner made them, but that they were an
    admin once (`once_appointed`). Standing and limits stay, being admins' decisions.
    """
    nobody = {
        "name": "",
        "username": None,
        "search_name": None,
        "language": None,
        "chosen_language": None,
        "role": case((people.c.role.is_not(None), _WAS_ADMIN), else_=None),
    }
    await tx.connection.execute(update(people).where(people.c.id == person_id).values(**nobody))
    for table in (favorites, whereabouts, entry_requests, preferences, watches, drafts, labels):
        await tx.connection.execute(delete(table).where(table.c.person_id == person_id))
    unnamed = update(orders).where(orders.c.person_id == person_id, orders.c.label_id.is_not(None))
    await tx.connection.execute(unnamed.values(label_id=None))
    alone = update(orders).where(orders.c.person_id == person_id, orders.c.sequel.is_not(None))
    await tx.connection.execute(alone.values(sequel=None))
    asked = update(credit_requests).where(credit_requests.c.person_id == person_id)
    await tx.connection.execute(asked.values(reason=None, basket=None))


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whom a list is of. `words`: folded, each in a name or a username; or an id. `owner_ids`: of the settings."""

    among: Among = Among.ALL
    words: str = ""
    owner_ids: frozenset[int] = frozenset()

    def where(self) -> list[ColumnElement[bool]]:
        found = [people.c.search_name.contains(word, autoescape=True) for word in self.words.split()]
        named = and_(*found) if found else true()
        if self.words.isdecimal():
            named = or_(named, people.c.id == int(self.words[:_MOST_DIGITS]))
        return [self._standing(), named]

    def _standing(self) -> ColumnElement[bool]:
        match self.among:
            case Among.ADMINS:
                return or_(people.c.role == _ADMIN, people.c.id.in_(self.owner_ids))
            case Among.BLOCKED:
                return people.c.standing == Standing.BLOCKED.value
            case Among.UNREACHABLE:
                return people.c.unreachable_at.is_not(None)
            case Among.LIMITED:
                return people.c.id.in_(_WITH_OWN_LIMITS)
            case _:
                return true()


_MOST_DIGITS = 16
_WITH_OWN_LIMITS = select(person_limits.c.person_id).where(or_(*(one.is_not(None) for one in person_limits.c[1:])))


async def count(tx: Tx, wanted: Wanted) -> int:
    """Looks at everybody."""
    query = select(func.count()).select_from(people).where(*wanted.where())
    return int((await tx.connection.execute(query)).scalar_one())


async def listed(tx: Tx, wanted: Wanted, limit: int, offset: int = 0) -> Sequence[Person]:
    """The newest people first. Looks at as many as stand before the last of them."""
    newest = people.c.first_seen_at.desc(), people.c.id.desc()
    query = select(people).where(*wanted.where()).order_by(*newest).limit(limit).offset(offset)
    return [_person(row) for row in await tx.connection.execute(query)]


async def first_seen(tx: Tx, person_id: int) -> datetime | None:
    """Since when a person is written down."""
    query = select(people.c.first_seen_at).where(people.c.id == person_id)
    found: datetime | None = (await tx.connection.execute(query)).scalar_one_or_none()
    return found
