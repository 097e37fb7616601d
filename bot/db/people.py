"""People. Every function takes the caller's transaction."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Row, bindparam, insert, or_, select, update

from bot.db.database import Tx
from bot.db.schema import cards, notices, people
from bot.domain.access import Role, Standing
from bot.domain.people import Person

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
            first_seen_at=tx.now,
        )
    )


async def greet(tx: Tx, person_id: int, name: str, language: str | None) -> None:
    """Telegram's newest name and language of a person; a language that they chose stays."""
    await tx.connection.execute(update(people).where(people.c.id == person_id).values(name=name, language=language))


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


async def listed(tx: Tx, limit: int, standing: Standing | None = None) -> Sequence[Person]:
    """The newest people first."""
    where: list[ColumnElement[bool]] = [] if standing is None else [people.c.standing == standing.value]
    query = select(people).where(*where).order_by(people.c.first_seen_at.desc()).limit(limit)
    return [_person(row) for row in await tx.connection.execute(query)]
