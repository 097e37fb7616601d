"""A transaction that knows its time."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection


class Tx:
    """One transaction of `Database.write()`, or one look of `Database.read()`.

    `now`: UTC, by the database's clock, read once at the beginning: whatever is written in it bears one time.
    `connection`: for `bot/db` alone; everybody else passes the transaction on.
    """

    __slots__ = ("_deeds", "_followers", "_written", "connection", "now")

    def __init__(
        self,
        connection: AsyncConnection,
        now: datetime,
        followers: Mapping[str, Sequence[Callable[[], None]]] | None = None,
    ) -> None:
        """`followers`: by table, who hears that something was written there."""
        self.connection = connection
        self.now = now
        self._followers = followers or {}
        self._written: set[str] = set()
        self._deeds: list[Callable[[], None]] = []

    def after_commit(self, deed: Callable[[], None]) -> None:
        """Calls `deed` once what is written here stands; never when it is rolled back, nor after a look."""
        self._deeds.append(deed)

    def wrote(self, table: str) -> None:
        """Those who follow this table hear of it when the transaction has ended."""
        self._written.add(table)

    def ended(self) -> None:
        """Also of a commit that failed they hear, because nobody can know whether it stands; once each."""
        for deed in {deed: None for table in sorted(self._written) for deed in self._followers.get(table, ())}:
            deed()

    def committed(self) -> None:
        for deed in self._deeds:
            deed()
