"""Leases: the right to work on a row until a time, which ends by itself."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_


def leased(until: ColumnElement[datetime | None], now: datetime, longest: timedelta) -> ColumnElement[bool]:
    """Whether somebody holds the row now; never NULL.

    A lease that ends later than any can (`longest`) was given before the machine's clock was set back: nobody holds it.
    """
    return and_(until.is_not(None), until > now, until <= now + longest)
