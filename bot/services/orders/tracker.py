"""Asks HidSim about live orders, those first whose state is likeliest to be out of date."""

from collections.abc import Collection
from datetime import timedelta

import structlog

from bot.db.database import Database
from bot.db.orders import worklist
from bot.domain.alerts import AlertKind
from bot.domain.no_answer import NotDone, NotFound
from bot.domain.orders import Order
from bot.domain.polling_plan import choose, is_old
from bot.faults import DatabaseFault
from bot.services.orders.ages import Ages
from bot.services.orders.code_waits import CodeWaits
from bot.services.orders.recorder import Recorder
from bot.services.orders.turns import Turns
from bot.services.partner import Partner, Urgency
from bot.services.processes import Processes
from bot.services.telling.unsaved import Unsaved
from bot.tasks import Nursery
from bot.ticks import every

_log = structlog.get_logger(__name__)

_LEASE = timedelta(seconds=1)
"""As long as the gap between two asks of one order: within one process `_asking` keeps asks from overlapping."""


class Tracker:
    """Decides whom to ask about, and when; what the answers mean is the recorder's."""

    def __init__(
        self,
        database: Database,
        partner: Partner,
        nursery: Nursery,
        recorder: Recorder,
        unsaved: Unsaved,
        ages: Ages,
        waits: CodeWaits,
        processes: Processes,
    ) -> None:
        self._database = database
        self._processes = processes
        self._partner = partner
        self._nursery = nursery
        self._recorder = recorder
        self._unsaved = unsaved
        self._turns = Turns(ages)
        self._waits = waits
        self._asking: set[int] = set()

    @every(0.5, "poll")
    async def tick(self) -> None:
        """Starts as many asks as the request budget has room for, the stalest orders first. Raises DatabaseFault."""
        budget = self._partner.budget
        if budget <= 0:
            return
        live = {o.id: o for o in await self._live() if o.id not in self._asking}
        self._turns.keep({*live, *self._asking})
        over = {o.id for o in live.values() if self._turns.watch_is_over(o)}
        waiting = [self._turns.waiting(o) for o in live.values() if o.id not in over]
        chosen = choose(waiting, budget, self._waits.curve)
        for order_id in await self._lease(chosen):
            self._asking.add(order_id)
            self._turns.asked(order_id)
            self._nursery.start(self._ask(live[order_id]), "ask about an order")
        if over:
            async with self._database.write() as tx:
                await worklist.end_watches(tx, over)

    async def _live(self) -> list[Order]:
        try:
            async with self._database.read() as tx:
                return await worklist.live(tx, self._processes.owner)
        except DatabaseFault:
            self._unsaved.database_failed()
            raise

    async def _lease(self, ids: Collection[int]) -> Collection[int]:
        """While nothing can be written nobody else can lease them either: a code is then asked for without a lease."""
        if not ids:
            return ids
        try:
            async with self._database.write() as tx:
                return await worklist.lease(tx, ids, _LEASE, self._processes.owner)
        except DatabaseFault:
            self._unsaved.database_failed()
            return ids

    async def _ask(self, order: Order) -> None:
        try:
            await self._ask_or_tell(order)
        except DatabaseFault as error:
            _log.critical("an answer could not be written", order=order.id, error=str(error))
        finally:
            self._asking.discard(order.id)

    async def _ask_or_tell(self, order: Order) -> None:
        try:
            await self._recorder.read(order, Urgency.POLL)
        except NotDone as error:
            _log.warning("an operation could not be read", order=order.id, reason=error.why)
            if isinstance(error, NotFound) and order.live:
                await self._recorder.tell_admins(order, AlertKind.LOST)

    @every(60, "overdue")
    async def tell_overdue(self) -> None:
        """Orders that should have ended long ago are told to the admins once; their hold stays."""
        async with self._database.read() as tx:
            live = await worklist.live(tx, self._processes.owner, even_leased=True)
        for order in live:
            if order.live and is_old(self._turns.waiting(order)):
                await self._recorder.tell_admins(order, AlertKind.OVERDUE)
