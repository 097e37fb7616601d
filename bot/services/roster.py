"""People as the database has them, remembered: every single update asks who it comes from."""

from bot.db import people as rows
from bot.db.database import Database
from bot.domain.people import Person

_REMEMBERED = 20_000


class Roster:
    """Never older than the database, because one connection serves all: nobody reads while somebody else writes.

    Whoever changes a person's row calls `forget` inside that transaction. Who asks then reads behind it.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known: dict[int, Person] = {}

    async def get(self, person_id: int) -> Person | None:
        if (known := self._known.get(person_id)) is not None:
            return known
        async with self._database.read() as connection:
            found = await rows.get(connection, person_id)
            if found is not None:  # remembered while the connection is ours: no change can come in between
                self._remember(found)
        return found

    def forget(self, person_id: int) -> None:
        self._known.pop(person_id, None)

    def _remember(self, person: Person) -> None:
        if len(self._known) >= _REMEMBERED:
            self._known.clear()
        self._known[person.id] = person
