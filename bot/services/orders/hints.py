"""When an SMS is late, its person is told once, without a sound, what else they can do."""

from datetime import timedelta

from bot.db.database import Database
from bot.db.orders import late, orders
from bot.db.orders.late import Waiting
from bot.domain.details import SmsLate
from bot.domain.moves import Told
from bot.domain.notices import NoticeKind
from bot.domain.patience import patience
from bot.services.orders.writer import Writer
from bot.services.processes import Processes
from bot.services.quiet import Quiet
from bot.services.shop.results import Results
from bot.ticks import every

_OLDEST = timedelta(minutes=15)
"""Whose number is older has given up, or was told by nobody while the bot was down: it is no help any more."""
_LOOKED_AT = 500


class Hints:
    """Asks about its own orders only; that one was told stands on the order, in the transaction of its notice."""

    def __init__(self, database: Database, processes: Processes, writer: Writer, results: Results) -> None:
        self._database = database
        self._processes = processes
        self._writer = writer
        self._quiet = Quiet(database, processes, late.TABLE)
        self._results = results

    @every(3, "hint")
    async def hint_due(self) -> None:
        """Raises DatabaseFault: then nobody is told twice, and the next call tells them."""
        if self._quiet.rests():
            return
        begun = self._quiet.begin()
        async with self._database.read() as tx:
            waiting = await late.waiting(tx, tx.now - _OLDEST, _LOOKED_AT, self._processes.owner)
        if not waiting:
            self._quiet.found_nothing(begun)
        due = [one.order_id for one in waiting if await self._is_late(one)]
        if due:
            await self._tell(due)

    async def _is_late(self, one: Waiting) -> bool:
        result = (await self._results.of(one.service_id)).get(one.country_id)
        return self._database.now() - one.number_at >= patience(result.median if result else None)

    async def _tell(self, ids: list[int]) -> None:
        """Those that ended meanwhile, or that another process told, are told nothing."""
        async with self._database.write() as tx:
            for order_id in sorted(await late.note_hints(tx, ids, self._processes.owner)):
                order = await orders.get(tx, order_id)
                if order is not None:
                    await self._writer.tell(tx, order, [Told(NoticeKind.MESSAGE, f"late:{order_id}", SmsLate())])
