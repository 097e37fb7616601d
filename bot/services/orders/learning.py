"""What the waits of orders taught, kept over restarts. Every process adds to the same sums."""

import asyncio
from collections import Counter

from bot.db.database import Database
from bot.db.orders import arrivals
from bot.domain.polling.learning import Awaited, Curves, Learned
from bot.ticks import every

_Key = tuple[Awaited, int, int]


class Learning:
    """Writes behind: who dies loses what was learned in half a minute."""

    def __init__(self, database: Database, curves: Curves) -> None:
        self._database = database
        self._curves = curves
        self._events: Counter[_Key] = Counter()
        self._milliseconds: Counter[_Key] = Counter()
        self._saving = asyncio.Lock()

    async def load(self) -> None:
        """Before the first order is asked about. Raises DatabaseFault."""
        async with self._database.read() as tx:
            stored = await arrivals.all_of_them(tx)
        self._curves.remember(stored)

    @every(30, "learn")
    async def save(self) -> None:
        """Raises DatabaseFault: then nothing is lost, and the next call writes it."""
        async with self._saving:
            for one in self._curves.learned():
                key = one.awaited, one.service_id, one.bucket
                self._events[key] += one.events
                self._milliseconds[key] += one.milliseconds
            if not self._milliseconds:
                return
            sums = [Learned(*key, self._events[key], spent) for key, spent in self._milliseconds.items()]
            async with self._database.write() as tx:
                await arrivals.add(tx, sums)
                tx.after_commit(self._written)

    def _written(self) -> None:
        self._events.clear()
        self._milliseconds.clear()
