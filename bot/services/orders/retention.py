"""Numbers and SMS of orders are kept for some days after the end, and then erased."""

from collections.abc import Collection
from datetime import timedelta

import structlog

from bot.db.database import Database, Tx
from bot.db.orders import erasing
from bot.db.orders.erasing import Content
from bot.db.scrub import scrub
from bot.domain.seals import sealed
from bot.faults import DatabaseFault
from bot.i18n.phone import completed
from bot.services.orders.ages import Ages
from bot.ticks import every

_log = structlog.get_logger(__name__)

SLICE = 200
"""Orders that are erased in one transaction, so that nobody waits for it."""


class Retention:
    """Erases what an order was used for; the order itself, its money and its audit stay."""

    def __init__(self, database: Database, ages: Ages, days: int, most: int = SLICE) -> None:
        self._database = database
        self._ages = ages
        self.days = days
        self._most = most
        self._scrubbed = False
        self._failing = False

    @every(10, "erase")
    async def erase_due(self) -> None:
        """A slice of what is old enough. A bot that was off for months catches up slice by slice."""
        async with self._database.glance() as tx:
            due = await self._due(tx)
        if due:
            async with self._database.write() as tx:
                due = await self._due(tx)
                await erase(tx, due)
            _log.info("old orders were erased", orders=len(due))
            self._scrubbed = False
        if not self._scrubbed:
            await self._try_to_scrub()

    async def _try_to_scrub(self) -> None:
        """What can't be written, on a full disk, is no reason to stop erasing; it is said once."""
        try:
            await self.scrub()
        except DatabaseFault as error:
            if not self._failing:
                _log.warning("erased texts stay in the database's log for now", error=type(error).__name__)
            self._failing = True
        else:
            self._failing = False

    async def scrub(self) -> None:
        """Takes what was erased out of SQLite's log; a tick tries it again where somebody reads just now."""
        self._scrubbed = False
        self._scrubbed = await scrub(self._database)

    async def _due(self, tx: Tx) -> list[int]:
        """A live order's number would be lost for good, so a clock that was set ahead must not make it old."""
        lasts = timedelta(days=self.days)
        ended = await erasing.due(tx, tx.now - lasts, self._most)
        lost = await erasing.never_ended(tx, tx.now - lasts, self._most - len(ended))
        old = [one for one, placed in lost.items() if self._ages.age(one, placed) >= lasts.total_seconds()]
        return [*ended, *old]


async def erase(tx: Tx, ids: Collection[int]) -> None:
    """Numbers and SMS of these orders, whatever their age."""
    if not ids:
        return
    seals = {
        sms.id: sealed(key, sms, number)
        for content in await erasing.contents(tx, ids)
        for number in [_whole_number(content)]
        for key, sms in content.sms.items()
    }
    await erasing.erase(tx, ids, seals)


def _whole_number(content: Content) -> str | None:
    return None if content.number is None else completed(content.number, content.region)
