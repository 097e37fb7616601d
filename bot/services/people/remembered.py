"""People as the database has them, remembered: every single update asks who it comes from."""

import time
from collections.abc import Callable

from bot.db import people
from bot.db.database import Database
from bot.domain.people import Person

_REMEMBERED = 20_000
_AGE, _AGE_ALONE = 5.0, 60.0
"""Seconds after which a person is read again: where another process may have let them in or kept them out, and where
only an operator's hand may have."""


class RememberedPeople:
    """Of this process's own changes never older than the database, because one connection serves all of them.
    What an operator changes by hand is obeyed within a minute.

    That somebody is unknown is remembered as well: a stranger who writes three hundred times is looked for once.
    Whoever changes a person's row calls `forget` inside that transaction. Who asks then reads behind it.
    `elapsed`: monotonic seconds. `alone`: no other process works on the database.
    """

    def __init__(
        self, database: Database, elapsed: Callable[[], float] = time.monotonic, *, alone: bool = False
    ) -> None:
        self._database = database
        self._elapsed = elapsed
        self._age = _AGE_ALONE if alone else _AGE
        self._known: dict[int, tuple[Person | None, float]] = {}
        self._heard: dict[int, float] = {}

    @property
    def elapsed(self) -> float:
        """Seconds, for `heard_since`."""
        return self._elapsed()

    def heard(self, person_id: int) -> None:
        """They are here: whatever Telegram said of them before is no news any more."""
        if len(self._heard) >= _REMEMBERED:
            self._heard.clear()
        self._heard[person_id] = self._elapsed()

    def heard_since(self, person_id: int, moment: float) -> bool:
        return self._heard.get(person_id, moment) > moment

    async def get(self, person_id: int) -> Person | None:
        if person_id in self._known:
            known, read_at = self._known[person_id]
            if self._elapsed() - read_at < self._age:
                return known
        async with self._database.read() as tx:
            found = await people.get(tx, person_id)
            self._remember(person_id, found)  # while the connection is ours: no change can come in between
        return found

    def forget(self, person_id: int) -> None:
        self._known.pop(person_id, None)

    def _remember(self, person_id: int, found: Person | None) -> None:
        if len(self._known) >= _REMEMBERED:
            self._known.clear()
        self._known[person_id] = found, self._elapsed()
