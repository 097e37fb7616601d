"""Where a person stands: the menu that their chat showed last, kept over a restart.

It is noted in memory at once. What changed is written down once a second, everybody's in one transaction, and when the
process ends in good order. A process that dies in between forgets a second of it: what is typed then means what the
menu before made of it.
"""

import time
from collections import OrderedDict
from collections.abc import Callable
from typing import TypeVar

from bot.db.database import Database
from bot.db.shop import whereabouts
from bot.domain.catalog import Place
from bot.services.processes import Processes
from bot.ticks import every

Noted = TypeVar("Noted")

_KEPT = 10_000
_AGE = 5.0
"""Seconds after which it is read again where another process may have drawn the chat's menu."""


class Whereabouts:
    """One place for each person, as the data of the button that leads there. `elapsed`: monotonic seconds."""

    def __init__(
        self,
        database: Database,
        processes: Processes,
        elapsed: Callable[[], float] = time.monotonic,
        kept: int = _KEPT,
    ) -> None:
        self._database = database
        self._processes = processes
        self._elapsed = elapsed
        self._kept = kept
        self._places: OrderedDict[int, tuple[Place | None, float]] = OrderedDict()
        self._unwritten: OrderedDict[int, str | None] = OrderedDict()

    def note(self, person_id: int, place: Place | None) -> None:
        """The chat shows this now; None: a menu where typed words are a search."""
        known, before = self._is_known(person_id), self._noted(person_id)
        self._places[person_id] = place, self._elapsed()
        _keep(self._places, person_id, self._kept)
        if not known or person_id in self._unwritten or _what(before) != _what(place):
            self._unwritten[person_id] = place.data if place else None
            _keep(self._unwritten, person_id, self._kept)

    def _is_known(self, person_id: int) -> bool:
        """Whether what is in memory needs no look at the database."""
        if person_id not in self._places:
            return False
        return self._processes.alone or self._elapsed() - self._places[person_id][1] < _AGE

    def _noted(self, person_id: int) -> Place | None:
        place, _ = self._places.get(person_id, (None, 0.0))
        return place

    @every(1, "whereabouts")
    async def write(self) -> None:
        """All that changed since. Raises DatabaseFault: it is tried again, and lost by a restart before."""
        if not self._unwritten:
            return
        changed, self._unwritten = self._unwritten, OrderedDict()
        try:
            async with self._database.write() as tx:
                await whereabouts.note(tx, changed)
        except BaseException:
            self._unwritten = OrderedDict({**changed, **self._unwritten})
            raise

    async def last(self, person_id: int) -> str | None:
        """The data of the button that leads there; None: nowhere special."""
        if person_id in self._unwritten:
            return self._unwritten[person_id]
        if self._is_known(person_id):
            place = self._noted(person_id)
            return place.data if place else None
        async with self._database.read() as tx:
            return await whereabouts.last(tx, person_id)


def _keep(noted: OrderedDict[int, Noted], person_id: int, most: int) -> None:
    """The person's as the newest, and no more than so many."""
    noted.move_to_end(person_id)
    while len(noted) > most:
        noted.popitem(last=False)


def _what(place: Place | None) -> tuple[str, int, int | None] | str | None:
    """What has to be written down again when it changes: another window of the same pair is no change.

    A list of countries is one where they are ticked, too: the button's kind tells them apart.
    """
    if place is None:
        return None
    return place.data if place.service is None else (place.data.partition(":")[0], place.service, place.country)
