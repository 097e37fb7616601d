"""The few values of the whole shop that a restart keeps. Each is declared beside what owns it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from sqlalchemy import bindparam, delete, select

from bot.db.database import Tx
from bot.db.schema import switches
from bot.db.upsert import upsert

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Switch(Generic[T]):
    """`name`: as it is stored. `written` makes a value the text that is stored, `read` makes the text a value."""

    name: str
    written: Callable[[T], str]
    read: Callable[[str], T]


_SINCE = select(switches.c.at).where(switches.c.name == bindparam("name"))
_VALUE = select(switches.c.value).where(switches.c.name == bindparam("name"))


async def value(tx: Tx, switch: Switch[T]) -> T | None:
    """None while it stands at its default, and for what its `read` can't read (ValueError, TypeError): a hand at the
    database, or another release, must not stop what looks here at each tick.
    """
    found = (await tx.connection.execute(_VALUE, {"name": switch.name})).scalar_one_or_none()
    try:
        return None if found is None else switch.read(found)
    except (ValueError, TypeError):
        return None


async def since(tx: Tx, switch: Switch[Any]) -> datetime | None:
    """When it was put last; None while it stands at its default."""
    found: datetime | None = (await tx.connection.execute(_SINCE, {"name": switch.name})).scalar_one_or_none()
    return found


async def put(tx: Tx, switch: Switch[T], value: T) -> None:
    text = switch.written(value)
    statement = upsert(switches).values(name=switch.name, value=text, at=tx.now)
    await tx.connection.execute(
        statement.on_conflict_do_update(index_elements=["name"], set_={"value": text, "at": tx.now})
    )


async def clear(tx: Tx, switch: Switch[Any]) -> None:
    """Back to its default."""
    await tx.connection.execute(delete(switches).where(switches.c.name == switch.name))
