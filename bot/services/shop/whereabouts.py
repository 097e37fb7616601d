"""Where a person stands: the menu that their chat showed last, kept over a restart.

It is noted in memory at once and written behind, when it changed; a reading after a restart is one row.
"""

import time
from collections import OrderedDict
from collections.abc import Callable

import structlog

from bot.db.database import Database
from bot.db.shop import whereabouts
from bot.domain.catalog import Place
from bot.faults import DatabaseFault
from bot.services.processes import Processes
from bot.tasks import Nursery

_log = structlog.get_logger(__name__)

_KEPT = 10_000
_AGE = 5.0
"""Seconds after which it is read again where another process may have drawn the chat's menu."""


class Whereabouts:
    """One place for each person, as the data of the button that leads there. `elapsed`: monotonic seconds."""

    def __init__(
        self,
        database: Database,
        nursery: Nursery,
        processes: Processes,
        elapsed: Callable[[], float] = time.monotonic,
        kept: int = _KEPT,
    ) -> None:
        self._database = database
        self._nursery = nursery
        self._processes = processes
        self._elapsed = elapsed
        self._kept = kept
        self._places: OrderedDict[int, tuple[Place | None, float]] = OrderedDict()

    def note(self, person_id: int, place: Place | None) -> None:
        """The chat shows this now; None: a menu where typed words are a search."""
        known, before = self._is_known(person_id), self._noted(person_id)
        self._remember(person_id, place)
        if not known or _pair(before) != _pair(place):
            self._nursery.start(self._write(person_id), "whereabouts")

    def _is_known(self, person_id: int) -> bool:
        """Whether what is in memory needs no look at the database."""
        if person_id not in self._places:
            return False
        return self._processes.alone or self._elapsed() - self._places[person_id][1] < _AGE

    def _noted(self, person_id: int) -> Place | None:
        place, _ = self._places.get(person_id, (None, 0.0))
        return place

    def _remember(self, person_id: int, place: Place | None) -> None:
        self._places[person_id] = place, self._elapsed()
        self._places.move_to_end(person_id)
        while len(self._places) > self._kept:
            self._places.popitem(last=False)

    async def _write(self, person_id: int) -> None:
        """The newest place, whichever was noted when this began. One that can't be written is lost by a restart."""
        try:
            async with self._database.read() as tx:
                stored = await whereabouts.last(tx, person_id)
            place = self._noted(person_id)
            if stored == (place.data if place else None):
                return
            async with self._database.write() as tx:
                place = self._noted(person_id)
                if place is None:
                    await whereabouts.forget(tx, person_id)
                else:
                    await whereabouts.put(tx, person_id, place.data)
        except DatabaseFault as error:
            _log.warning("where a person stands could not be written", error=type(error).__name__)

    async def last(self, person_id: int) -> str | None:
        """The data of the button that leads there; None: nowhere special."""
        if self._is_known(person_id):
            place = self._noted(person_id)
            return place.data if place else None
        async with self._database.read() as tx:
            return await whereabouts.last(tx, person_id)


def _pair(place: Place | None) -> tuple[int, int | None] | None:
    return (place.service, place.country) if place else None
