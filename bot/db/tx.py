"""A transaction that knows its time."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection


class Tx:
    """One transaction of `Database.write()`, or one look of `Database.read()`.

    `now`: UTC, by the database's clock, read once at the beginning: whatever is written in it bears one time.
    `connection`: for `bot/db` alone; everybody else passes the transaction on.
    """

    __slots__ = ("_deeds", "connection", "now")

    def __init__(self, connection: AsyncConnection, now: datetime) -> None:
        self.connection = connection
        self.now = now
        self._deeds: list[Callable[[], None]] = []

    def after_commit(self, deed: Callable[[], None]) -> None:
        """Calls `deed` once what is written here stands; never when it is rolled back, nor after a look."""
        self._deeds.append(deed)

    def committed(self) -> None:
        for deed in self._deeds:
            deed()
