"""What people set for themselves, remembered: every push asks for it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from bot.db import preferences
from bot.db.database import Database
from bot.db.telling import hiding
from bot.domain.people import Person
from bot.domain.preferences import Preferences, from_now
from bot.facts.people import SettingsFacts

_REMEMBERED = 20_000
_AGE, _AGE_ALONE = 5.0, 60.0
"""Seconds after which they are read again: where another process may have changed them, and where none can."""


class PeoplesPreferences:
    """Never older than what this process wrote. `elapsed`: monotonic seconds; `alone`: no other process writes."""

    def __init__(self, database: Database, elapsed: Callable[[], float], *, alone: bool = False) -> None:
        self._database = database
        self._elapsed = elapsed
        self._age = _AGE_ALONE if alone else _AGE
        self._known: dict[int, tuple[Preferences, float]] = {}

    def remembered(self, person_id: int) -> Preferences:
        """Without the database: what was read last, however old; what is not set where nothing was read."""
        known = self._known.get(person_id)
        return known[0] if known else Preferences()

    async def of(self, person_id: int) -> Preferences:
        """Raises DatabaseFault."""
        known = self._known.get(person_id)
        if known and self._elapsed() - known[1] < self._age:
            return known[0]
        async with self._database.read() as tx:
            found = await preferences.get(tx, person_id)
            self._remember(person_id, found)
        return found

    async def set(self, person_id: int, **changes: Any) -> Preferences:
        """Changes those fields and no others; codes are hidden or shown accordingly. Raises DatabaseFault."""
        async with self._database.write() as tx:
            self._known.pop(person_id, None)
            changed = replace(await preferences.get(tx, person_id), **changes)
            await preferences.put(tx, person_id, changed)
            if "hide_codes_after" in changes:
                await hiding.follow(tx, person_id, changed.hide_codes_after)
        return changed

    async def rest_from_now(self, person_id: int) -> Preferences:
        """Quiet hours that begin about now, for a night. Raises DatabaseFault."""
        begins, ends = from_now(self._database.now()).minutes
        return await self.set(person_id, quiet_from=begins, quiet_until=ends)

    async def facts(self, person: Person) -> SettingsFacts:
        """Raises DatabaseFault."""
        preferred = await self.of(person.id)
        return SettingsFacts(person, preferred, preferred.quiet_hours(self._database.now()))

    def forget(self, person_id: int) -> None:
        """Whose data was deleted: nothing is set any more."""
        self._known.pop(person_id, None)

    def _remember(self, person_id: int, found: Preferences) -> None:
        if len(self._known) >= _REMEMBERED:
            self._known.clear()
        self._known[person_id] = found, self._elapsed()
