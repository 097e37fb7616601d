"""What numbers have brought lately, by service and country: own results, kept in memory for a while."""

from collections import OrderedDict
from collections.abc import Callable, Mapping

from bot.db.database import Database
from bot.db.orders import trials
from bot.domain.results import PERIOD, Result, results

_KEPT = 500
_AGE = 60.0
"""Seconds after which they are read again."""


class Results:
    """`elapsed`: monotonic seconds."""

    def __init__(self, database: Database, elapsed: Callable[[], float]) -> None:
        self._database = database
        self._elapsed = elapsed
        self._known: OrderedDict[int, tuple[Mapping[int, Result], float]] = OrderedDict()

    async def of(self, service_id: int) -> Mapping[int, Result]:
        """By country id, and only of pairs of which enough people tell. Not inside a transaction.

        Raises DatabaseFault.
        """
        known = self._known.get(service_id)
        if known and 0 <= self._elapsed() - known[1] < _AGE:
            return known[0]
        async with self._database.glance() as tx:
            found = results(await trials.last(tx, service_id, tx.now - PERIOD))
        self._known[service_id] = found, self._elapsed()
        self._known.move_to_end(service_id)
        while len(self._known) > _KEPT:
            self._known.popitem(last=False)
        return found
