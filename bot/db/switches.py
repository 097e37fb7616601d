"""The few values of the whole shop that a restart keeps. Each is declared beside what owns it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert as upsert

from bot.db.database import AsyncConnection
from bot.db.schema import switches

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Switch(Generic[T]):
    """`name`: as it is stored. `written` makes a value the text that is stored, `read` makes the text a value."""

    name: str
    written: Callable[[T], str]
    read: Callable[[str], T]


async def value(connection: AsyncConnection, switch: Switch[T]) -> T | None:
    """None while it stands at its default. Raises what the switch's own `read` raises."""
    query = select(switches.c.value).where(switches.c.name == switch.name)
    found = (await connection.execute(query)).scalar_one_or_none()
    return None if found is None else switch.read(found)


async def put(connection: AsyncConnection, switch: Switch[T], value: T, now: datetime) -> None:
    text = switch.written(value)
    statement = upsert(switches).values(name=switch.name, value=text, at=now)
    await connection.execute(statement.on_conflict_do_update(index_elements=["name"], set_={"value": text, "at": now}))


async def clear(connection: AsyncConnection, switch: Switch[Any]) -> None:
    """Back to its default."""
    await connection.execute(delete(switches).where(switches.c.name == switch.name))
