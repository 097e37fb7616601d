"""Where a person stands: the menu that their chat showed last, kept over a restart.

It is noted in memory at once and written behind, when it changed; a reading after a restart is one row.
"""

from collections import OrderedDict

import structlog

from bot.db import whereabouts as rows
from bot.db.database import Database, DatabaseFault
from bot.domain.catalog import Place
from bot.tasks import Nursery

_log = structlog.get_logger(__name__)

_KEPT = 10_000


class Whereabouts:
    """One place for each person, as the data of the button that leads there."""

    def __init__(self, database: Database, nursery: Nursery, kept: int = _KEPT) -> None:
        self._database = database
        self._nursery = nursery
        self._kept = kept
        self._places: OrderedDict[int, Place | None] = OrderedDict()

    def note(self, person_id: int, place: Place | None) -> None:
        """The chat shows this now; None: a menu where typed words are a search."""
        known, before = person_id in self._places, self._places.get(person_id)
        self._remember(person_id, place)
        if not known or _pair(before) != _pair(place):
            self._nursery.start(self._write(person_id), "whereabouts")

    def _remember(self, person_id: int, place: Place | None) -> None:
        self._places[person_id] = place
        self._places.move_to_end(person_id)
        while len(self._places) > self._kept:
            self._places.popitem(last=False)

    async def _write(self, person_id: int) -> None:
        """The newest place, whichever was noted when this began. One that can't be written is lost by a restart."""
        try:
            async with self._database.read() as connection:
                stored = await rows.last(connection, person_id)
            place = self._places.get(person_id)
            if stored == (place.data if place else None):
                return
            async with self._database.write() as connection:
                place = self._places.get(person_id)
                if place is None:
                    await rows.forget(connection, person_id)
                else:
                    await rows.put(connection, person_id, place.data)
        except DatabaseFault as error:
            _log.warning("where a person stands could not be written", error=type(error).__name__)

    async def last(self, person_id: int) -> str | None:
        """The data of the button that leads there; None: nowhere special."""
        if person_id in self._places:
            place = self._places[person_id]
            return place.data if place else None
        async with self._database.read() as connection:
            return await rows.last(connection, person_id)


def _pair(place: Place | None) -> tuple[int, int | None] | None:
    return (place.service, place.country) if place else None
