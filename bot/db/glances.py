"""A look at a few rows on the loop's own thread, by a connection of its own that can't write (decision 46)."""

import sqlite3
from typing import Any, cast

from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection


class _AtOnce:
    """What statements of `bot.db` need of an `AsyncConnection`: nothing here ever suspends."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def execute(self, statement: Any, parameters: Any = None) -> Any:
        return self._connection.execute(statement, parameters)


def _on_connect(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    connection.execute("PRAGMA query_only=ON")
    connection.execute("PRAGMA busy_timeout=0")  # whoever waits here stops the loop


def _snapshot(connection: Connection) -> None:
    """BEGIN alone takes none: the first reading does, and only it meets a lock."""
    cursor = connection.connection.cursor()
    cursor.execute("BEGIN")
    cursor.execute("SELECT 1 FROM sqlite_master").fetchone()
    cursor.close()


class Glances:
    """One look at a time, at what is committed. Opens with the first one; knows no file that is not there yet."""

    def __init__(self, url: URL) -> None:
        """`url`: for SQLite's own driver."""
        self.engine: Engine = create_engine(url, poolclass=NullPool, hide_parameters=True)
        self._connection: Connection | None = None
        self._tells: AsyncConnection | None = None
        self._busy = False
        event.listen(self.engine, "connect", _on_connect)
        event.listen(self.engine, "begin", _snapshot)

    def begin(self) -> AsyncConnection | None:
        """For `execute` alone. None when there is no looking now: whoever looks waits in the line then."""
        if self._busy:
            return None
        try:
            if self._connection is None:
                self._connection = self.engine.connect()
                self._tells = cast("AsyncConnection", _AtOnce(self._connection))
            self._connection.begin()
        except (DBAPIError, sqlite3.Error):
            self.close()
            return None
        self._busy = True
        return self._tells

    def end(self) -> None:
        self._busy = False
        if self._connection is not None:
            try:
                self._connection.rollback()
            except (DBAPIError, sqlite3.Error):
                self.close()

    def close(self) -> None:
        """Twice is fine; the next look opens it again."""
        connection, self._connection, self._tells = self._connection, None, None
        if connection is not None:
            connection.invalidate()
            connection.close()
