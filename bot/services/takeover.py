"""What a dead process left goes on: orders get a new owner, leases end, purchases under way are called unconfirmed."""

from collections.abc import Callable
from datetime import datetime

import structlog

from bot.db import processes as rows
from bot.db.database import AsyncConnection, Database
from bot.services.processes import SILENCE, Processes, end_leases
from bot.services.unconfirmed import Unconfirmed

_log = structlog.get_logger(__name__)


class Takeover:
    """Touches nothing of a process that lives. Several may take over at once: each order is taken by one of them."""

    def __init__(
        self, database: Database, processes: Processes, unconfirmed: Unconfirmed, now: Callable[[], datetime]
    ) -> None:
        self._database = database
        self._processes = processes
        self._unconfirmed = unconfirmed
        self._now = now

    async def take_over(self) -> int:
        """At start, and the clock's tick; how many purchases became unconfirmed. Raises DatabaseFault.

        Alone, everybody else is dead, and what names no process was left by a release that wrote no names.
        """
        if not self._processes.alone and not await self._is_anything_left():
            return 0
        alone = self._processes.alone
        async with self._database.write() as connection:
            await self._processes.sign(connection)  # else our own orders might count as left
            await self._end_the_dead(connection)
            placing = await rows.placing_left(connection, unnamed=alone)
            adopted = await rows.adopt(connection, self._processes.id, unnamed=alone)
            await end_leases(connection, unnamed=alone)
        if adopted:
            _log.info("orders of a process that is gone are ours from here on", orders=adopted)
        return await self._unconfirmed.take_over(placing)

    async def _is_anything_left(self) -> bool:
        async with self._database.read() as connection:
            if self._processes.may_judge() and await rows.dead(connection, self._now(), SILENCE):
                return True
            return await rows.anything_left(connection)

    async def _end_the_dead(self, connection: AsyncConnection) -> None:
        if self._processes.alone:
            await rows.end_others(connection, self._processes.id)
        elif self._processes.may_judge() and (ended := await rows.end_dead(connection, self._now(), SILENCE)):
            _log.warning("other processes gave no sign of life; their work is taken over", processes=len(ended))
