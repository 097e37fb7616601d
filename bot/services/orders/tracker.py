"""Asks HidSim about the orders of this process, those first whose state is likeliest to be out of date."""

import asyncio
from math import inf

import structlog

from bot.domain.alerts import AlertKind
from bot.domain.no_answer import NotDone, NotFound
from bot.faults import DatabaseFault
from bot.services.orders.recorder import Recorder
from bot.services.orders.tracked_orders import Entry, TrackedOrders
from bot.services.partner import Partner, Turn
from bot.services.telling.unsaved import Unsaved
from bot.tasks import Nursery
from bot.ticks import every

_log = structlog.get_logger(__name__)

_AHEAD = 1.5
"""Seconds for which a tick lets asks leave: when no tick comes any more, neither does an ask."""
_MOST_UNDER_WAY = 200
"""Asks without an answer, no more than the client lets be on their way: taps need connections too."""


class Tracker:
    """Lets an ask leave whenever the pace has room for one; the schedule says at that moment whose turn it is.

    What the answers mean is the recorder's.
    """

    def __init__(
        self,
        partner: Partner,
        nursery: Nursery,
        recorder: Recorder,
        unsaved: Unsaved,
        orders: TrackedOrders,
    ) -> None:
        self._partner = partner
        self._nursery = nursery
        self._recorder = recorder
        self._unsaved = unsaved
        self._orders = orders
        self._schedule = orders.schedule
        self._asking = False
        self._under_way = 0
        self._until = 0.0
        self._timer: asyncio.TimerHandle | None = None

    @every(0.5, "poll")
    async def tick(self) -> None:
        """Lets asks leave until the next tick, and reads from the database what may have changed in it.

        Raises DatabaseFault; orders that are known are asked about all the same.
        """
        self._until = inf  # however long the database takes
        self._go_on()
        try:
            await self._orders.catch_up()
        except DatabaseFault:
            self._unsaved.database_failed()
            raise
        finally:
            self._until = self._orders.elapsed() + _AHEAD
            self._go_on()

    def _go_on(self) -> None:
        """Begins a round of asks when somebody's turn has come, else at the moment at which it comes."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._asking:
            return
        now = self._orders.elapsed()
        due = self._schedule.next_at(now)
        if max(due, now) >= self._until:
            return
        if due > now:
            self._timer = asyncio.get_running_loop().call_later(due - now, self._go_on)
        elif self._under_way < _MOST_UNDER_WAY:
            self._asking = True
            self._nursery.start(self._round(), "poll")

    async def _round(self) -> None:
        """Ends when nobody may be asked for now."""
        try:
            while self._may_ask():
                turn = await self._partner.turn()
                order_id = self._schedule.take(self._orders.elapsed(), self._partner.rate)
                if order_id is None:
                    self._partner.give_back(turn)
                    break
                self._under_way += 1
                self._nursery.start(self._ask(order_id, turn), "ask about an order")
        except NotDone as paused:
            _log.info("no order is asked about for a while", reason=paused.why)
            return
        finally:
            self._asking = False
        self._go_on()

    def _may_ask(self) -> bool:
        now = self._orders.elapsed()
        return now < self._until and self._under_way < _MOST_UNDER_WAY and self._schedule.next_at(now) <= now

    async def _ask(self, order_id: int, turn: Turn) -> None:
        entry = self._orders.get(order_id)
        try:
            if entry is None:
                self._partner.give_back(turn)
            elif entry.watched_until is not None and self._orders.is_over(entry):
                self._partner.give_back(turn)
                await self._orders.end_watch(order_id, entry.watched_until)
            else:
                await self._read(order_id, entry, turn)
        except DatabaseFault as error:
            _log.critical("an answer could not be written", order=order_id, error=str(error))
        finally:
            self._under_way -= 1
            self._orders.unanswered(order_id)
            self._go_on()

    async def _read(self, order_id: int, entry: Entry, turn: Turn) -> None:
        try:
            said = await self._recorder.poll(order_id, entry.operation_id, turn, entry.said)
        except NotDone as error:
            _log.info("an operation could not be read", order=order_id, reason=error.why)
            if isinstance(error, NotFound):
                await self._tell_once(order_id, entry, AlertKind.LOST)
        else:
            self._orders.answered(order_id, said)

    async def _tell_once(self, order_id: int, entry: Entry, what: AlertKind) -> None:
        if what in entry.told or entry.watched:
            return
        await self._recorder.tell_admins(order_id, what)
        entry.told |= {what}

    @every(60, "overdue")
    async def tell_overdue(self) -> None:
        """Orders that should have ended long ago are told to admins once; their hold stays. Raises DatabaseFault."""
        await self._orders.catch_up()
        while (order_id := self._orders.take_old()) is not None:
            try:
                await self._recorder.tell_admins(order_id, AlertKind.OVERDUE)
            except DatabaseFault:
                self._orders.old_again(order_id)
                raise
