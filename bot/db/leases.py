"""Who may work on a row: its owner, until the owner is gone, or who holds its lease, which ends by itself."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select, true

from bot.db.schema import processes


@dataclass(frozen=True, slots=True)
class Lease:
    """What a process asks for: the right to work on a row for a while from now."""

    holder: int
    lasts: timedelta


def leased(until: ColumnElement[datetime | None], now: datetime, longest: timedelta) -> ColumnElement[bool]:
    """Whether somebody holds the row now; never NULL.

    A lease that ends later than any can (`longest`) was given before the machine's clock was set back: nobody holds it.
    """
    return leased_between(until, now, now + longest)


def leased_between(until: ColumnElement[datetime | None], now: Any, latest: Any) -> ColumnElement[bool]:
    """The same for statements that are built once: `now`, and the end of the longest lease, may be their parameters."""
    return and_(until.is_not(None), until > now, until <= latest)


def owned(process: ColumnElement[int | None], owner: int | None) -> ColumnElement[bool]:
    """Whether the row names this process; None asks for nothing, because the one process there is owns every row."""
    return true() if owner is None else process == owner


def held_by(process: ColumnElement[int | None], holders: Collection[int] | None) -> ColumnElement[bool]:
    """Whether one of these holds the row; None: whoever does, because all of them are known to be gone."""
    return true() if holders is None else process.in_(holders)


def gone(process: ColumnElement[int | None], *, unnamed: bool) -> ColumnElement[bool]:
    """Whether the row names a process that works no more; with `unnamed` also one that names none."""
    ended = process.not_in(select(processes.c.id))
    return or_(process.is_(None), ended) if unnamed else ended
