"""What a dead process left goes on: orders get a new owner, leases end, purchases under way are called unconfirmed."""

from collections.abc import Sequence

import structlog

from bot.db import processes
from bot.db.database import Database, Tx
from bot.services.orders.lost import LostPurchases
from bot.services.orders.tracked_orders import TrackedOrders
from bot.services.processes import SILENCE, Processes, end_leases
from bot.ticks import every

_log = structlog.get_logger(__name__)


class Takeover:
    """Touches nothing of a process that lives. Several may take over at once: each order is taken by one of them."""

    def __init__(self, database: Database, processes: Processes, lost: LostPurchases, tracked: TrackedOrders) -> None:
        self._database = database
        self._processes = processes
        self._lost = lost
        self._tracked = tracked
        self._known_deaths = 0

    @every(3, "take over")
    async def look(self) -> None:
        """Who is alone has taken everything over at the start. Raises DatabaseFault."""
        if self._processes.alone:
            return
        await self.take_over()
        if self._processes.called_dead != self._known_deaths:
            self._known_deaths = self._processes.called_dead
            self._tracked.look_around()

    async def take_over(self) -> int:
        """How many purchases became unconfirmed. Raises DatabaseFault.

        Alone, everybody else is dead, and what names no process was left by a release that wrote no names.
        """
        if not self._processes.alone and not await self._is_anything_left():
            return 0
        alone = self._processes.alone
        async with self._database.write() as tx:
            await self._processes.sign(tx)  # else our own orders might count as left
            ended = await self._end_the_dead(tx)
            placing = await processes.placing_left(tx, unnamed=alone)
            adopted = await processes.adopt(tx, self._processes.id, unnamed=alone)
            await end_leases(tx, ended)
        if adopted:
            self._tracked.look_around()
            _log.info("orders of a process that is gone are ours from here on", orders=adopted)
        return await self._lost.take_over(placing)

    async def _is_anything_left(self) -> bool:
        async with self._database.read() as tx:
            if self._processes.may_judge() and await processes.dead(tx, SILENCE):
                return True
            return await processes.anything_left(tx)

    async def _end_the_dead(self, tx: Tx) -> Sequence[int] | None:
        """Who was ended by this call; None: everybody else there ever was."""
        if self._processes.alone:
            await processes.end_others(tx, self._processes.id)
            return None
        ended = await processes.end_dead(tx, SILENCE) if self._processes.may_judge() else ()
        if ended:
            _log.warning("other processes gave no sign of life; their work is taken over", processes=len(ended))
        return ended
