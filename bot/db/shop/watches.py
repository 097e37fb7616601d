"""Watches: who waits for which pair, each pair once for a person. What has ended is not counted, listed or found."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, bindparam, delete, func, or_, select, update

from bot.db.columns import UtcTime
from bot.db.database import Tx
from bot.db.schema import countries, people, preferences, services, watches
from bot.db.upsert import upsert
from bot.domain.preferences import Preferences
from bot.domain.watches import LASTS, Pair, Watch

_GOING_ON = watches.c.ended_at.is_(None)
_PAIR = ["person_id", "service_id", "country_id"]


async def begin(tx: Tx, person_id: int, service_id: int, country_id: int, high: int | None) -> None:
    """One that goes on for this pair takes the new maximum, and lasts as long as a new one."""
    values = {"high": high, "created_at": tx.now, "expires_at": tx.now + LASTS, "looked_at": tx.now}
    statement = upsert(watches).values(person_id=person_id, service_id=service_id, country_id=country_id, **values)
    await tx.connection.execute(
        statement.on_conflict_do_update(index_elements=_PAIR, index_where=_GOING_ON, set_=values)
    )


def _watches() -> Select[Any]:
    return (
        select(watches, services.c.name, countries.c.name, countries.c.code, countries.c.label)
        .join(services, services.c.id == watches.c.service_id)
        .join(countries, countries.c.id == watches.c.country_id)
        .where(_GOING_ON)
    )


def _pair(row: Row[Any]) -> Pair:
    m = row._mapping
    country = m[countries.c.name], m[countries.c.code], m[countries.c.label]
    return Pair(m[watches.c.service_id], m[services.c.name], m[watches.c.country_id], *country)


def _watch(row: Row[Any]) -> Watch:
    m = row._mapping
    return Watch(m[watches.c.id], _pair(row), m[watches.c.high], m[watches.c.expires_at])


_ONE = _watches().where(*(watches.c[name] == bindparam(name) for name in _PAIR))


async def on_pair(tx: Tx, person_id: int, service_id: int, country_id: int) -> Watch | None:
    """The person's own; None when they don't wait for it."""
    pair = {"person_id": person_id, "service_id": service_id, "country_id": country_id}
    row = (await tx.connection.execute(_ONE, pair)).one_or_none()
    return None if row is None else _watch(row)


async def get(tx: Tx, person_id: int, watch_id: int) -> Watch | None:
    """One of their own."""
    query = _watches().where(watches.c.id == watch_id, watches.c.person_id == person_id)
    row = (await tx.connection.execute(query)).one_or_none()
    return None if row is None else _watch(row)


async def count(tx: Tx, person_id: int) -> int:
    query = select(func.count()).select_from(watches).where(watches.c.person_id == person_id, _GOING_ON)
    return int((await tx.connection.execute(query)).scalar_one())


async def of_person(tx: Tx, person_id: int, limit: int, offset: int) -> list[Watch]:
    """The last begun first."""
    newest = watches.c.created_at.desc(), watches.c.id.desc()
    query = _watches().where(watches.c.person_id == person_id).order_by(*newest).limit(limit).offset(offset)
    return [_watch(row) for row in await tx.connection.execute(query)]


async def end(tx: Tx, ids: Collection[int]) -> set[int]:
    """Those of them that went on until now: whoever ends one tells of it, and nobody else does."""
    ended = update(watches).where(watches.c.id.in_(ids), _GOING_ON).values(ended_at=tx.now).returning(watches.c.id)
    return set((await tx.connection.execute(ended)).scalars())


_BY_LOOK = select(watches.c.service_id, watches.c.country_id).where(_GOING_ON).order_by(watches.c.looked_at).limit(1)
_LOOKED_AT = watches.c.looked_at
_NEVER, _AHEAD, _OLD = (
    _BY_LOOK.where(where)
    for where in (
        _LOOKED_AT.is_(None),
        bindparam("now", type_=UtcTime()) < _LOOKED_AT,
        bindparam("before", type_=UtcTime()) >= _LOOKED_AT,
    )
)


async def to_look_at(tx: Tx, before: datetime) -> tuple[int, int] | None:
    """(service, country) of the pair that was looked at longest ago; None when each was since `before`.

    A look that is still to come was made before the machine's clock was set back.
    """
    for query in (_NEVER, _AHEAD, _OLD):
        row = (await tx.connection.execute(query, {"now": tx.now, "before": before})).first()
        if row is not None:
            return row.service_id, row.country_id
    return None


async def looking(tx: Tx, service_id: int, country_id: int) -> None:
    """Nobody else looks at this pair for a while: all who wait for it share one look."""
    pair = watches.c.service_id == service_id, watches.c.country_id == country_id
    await tx.connection.execute(update(watches).where(*pair, _GOING_ON).values(looked_at=tx.now))


@dataclass(frozen=True, slots=True)
class Waiting:
    """A watch with what it takes to tell its person. `preferred`: their quiet hours alone."""

    watch: Watch
    person_id: int
    preferred: Preferences
    within_reach: bool


_WAITING = (
    _watches()
    .add_columns(
        watches.c.person_id.label("who"), preferences.c.quiet_from, preferences.c.quiet_until, people.c.unreachable_at
    )
    .join(people, people.c.id == watches.c.person_id)
    .outerjoin(preferences, preferences.c.person_id == watches.c.person_id)
    .limit(bindparam("most"))
)
_ON_PAIR = _WAITING.where(
    watches.c.service_id == bindparam("service"),
    watches.c.country_id == bindparam("country"),
    or_(watches.c.high.is_(None), watches.c.high >= bindparam("price")),
    people.c.unreachable_at.is_(None),
).order_by(watches.c.id)
_RUN_OUT = _WAITING.where(watches.c.expires_at <= bindparam("now", type_=UtcTime())).order_by(watches.c.expires_at)


async def waiting(tx: Tx, service_id: int, country_id: int, price: int, limit: int) -> list[Waiting]:
    """People within reach who would buy at this price, the first ones first. Others wait on: it would be old news."""
    values = {"service": service_id, "country": country_id, "price": price, "most": limit}
    return [_waiting(row) for row in await tx.connection.execute(_ON_PAIR, values)]


async def run_out(tx: Tx, limit: int) -> list[Waiting]:
    """Those whose time is over, the longest ago first."""
    rows = await tx.connection.execute(_RUN_OUT, {"now": tx.now, "most": limit})
    return [_waiting(row) for row in rows]


def _waiting(row: Row[Any]) -> Waiting:
    quiet = Preferences(quiet_from=row.quiet_from, quiet_until=row.quiet_until)
    return Waiting(_watch(row), row.who, quiet, within_reach=row.unreachable_at is None)


_ENDED = select(watches.c.id).where(watches.c.ended_at <= bindparam("before", type_=UtcTime())).limit(bindparam("most"))
_FORGOTTEN = delete(watches).where(watches.c.id.in_(_ENDED))


async def forget_ended(tx: Tx, before: datetime, limit: int) -> None:
    """Rows of those that ended until then."""
    await tx.connection.execute(_FORGOTTEN, {"before": before, "most": limit})


async def any_over(tx: Tx, ended_before: datetime) -> bool:
    """A look before `run_out` and `forget_ended`, so that nothing is written where nothing is over."""
    values = {"now": tx.now, "most": 1}
    if (await tx.connection.execute(_RUN_OUT, values)).first() is not None:
        return True
    return (await tx.connection.execute(_ENDED, {"before": ended_before, "most": 1})).first() is not None
