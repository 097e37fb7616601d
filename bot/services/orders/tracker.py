"""Asks HidSim about live orders and carries out what its answers mean, one transaction an order."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta

import structlog

from bot.db import people
from bot.db.database import Database, Tx
from bot.db.orders import orders
from bot.db.telling import cards
from bot.domain.alerts import Alert, AlertKind
from bot.domain.answer import Answer
from bot.domain.moves import Step, answered, completes, quiet_end, told_by_tap
from bot.domain.no_answer import NotDone, NotFound, Stranger
from bot.domain.orders import Order
from bot.domain.polling import choose, is_old
from bot.faults import DatabaseConflict, DatabaseFault
from bot.i18n.phone import completed
from bot.milestones import reached
from bot.services.orders import identity, inbox
from bot.services.orders.ages import Ages
from bot.services.orders.code_waits import CodeWaits
from bot.services.orders.inbox import Arrivals
from bot.services.orders.turns import Turns
from bot.services.orders.writer import Writer
from bot.services.partner import Partner, Urgency, seen
from bot.services.processes import Processes
from bot.services.telling.alerts import Alerts
from bot.services.telling.unsaved import Unsaved
from bot.tasks import Nursery
from bot.ticks import every

_log = structlog.get_logger(__name__)

_LEASE = timedelta(seconds=1)
"""As long as the gap between two asks of one order: within one process `_asking` keeps asks from overlapping."""


class Tracker:
    """The only writer of what HidSim says about an operation."""

    def __init__(
        self,
        database: Database,
        partner: Partner,
        nursery: Nursery,
        writer: Writer,
        alerts: Alerts,
        unsaved: Unsaved,
        ages: Ages,
        waits: CodeWaits,
        processes: Processes,
    ) -> None:
        self._database = database
        self._processes = processes
        self._partner = partner
        self._nursery = nursery
        self._writer = writer
        self._alerts = alerts
        self._unsaved = unsaved
        self._turns = Turns(ages)
        self._waits = waits
        self._asking: set[int] = set()
        self._closing: set[int] = set()

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
                await orders.end_watches(tx, over)

    async def _live(self) -> list[Order]:
        try:
            async with self._database.read() as tx:
                return await orders.live(tx, self._processes.owner)
        except DatabaseFault:
            self._unsaved.database_failed()
            raise

    async def _lease(self, ids: Collection[int]) -> Collection[int]:
        """While nothing can be written nobody else can lease them either: a code is then asked for without a lease."""
        if not ids:
            return ids
        try:
            async with self._database.write() as tx:
                return await orders.lease(tx, ids, _LEASE, self._processes.owner)
        except DatabaseFault:
            self._unsaved.database_failed()
            return ids

    def expect(self, order: Order) -> None:
        """Its purchase is sent now: from here on its age is counted, whatever becomes of the wall clock."""
        self._turns.expect(order)

    async def _ask(self, order: Order) -> None:
        try:
            await self._ask_or_tell(order)
        except DatabaseFault as error:
            _log.critical("an answer could not be written", order=order.id, error=str(error))
        finally:
            self._asking.discard(order.id)

    async def _ask_or_tell(self, order: Order) -> None:
        try:
            await self.read(order, Urgency.POLL)
        except NotDone as error:
            _log.warning("an operation could not be read", order=order.id, reason=error.why)
            if isinstance(error, NotFound) and order.live:
                await self._tell_overdue(order, AlertKind.LOST)

    async def read(self, order: Order, urgency: Urgency) -> None:
        """Asks once and records the answer. Raises NotDone."""
        if order.operation_id is None:
            return
        try:
            answer = await self._partner.ask(order.operation_id, urgency)
        except Stranger:
            await self.tell_stranger(order)
            raise
        reached("poll.answered")
        await self.record(order.id, answer)

    @contextmanager
    def told_by_tap(self, order_id: int) -> Iterator[None]:
        """While their own tap closes or reads it, what it draws says the end, whoever hears of it: no push rings."""
        self._closing.add(order_id)
        try:
            yield
        finally:
            self._closing.discard(order_id)

    async def record(self, order_id: int, answer: Answer, *, by_person: bool = False) -> None:
        """Carries out an answer: state, ledger, SMS and notices in one transaction. Repeating it changes nothing.

        `by_person`: their own tap caused the end, so the card says it and no push rings. Raises DatabaseFault when the
        answer can't be written; a code in it is then sent all the same.
        """
        try:
            await self._record(order_id, answer, by_person=by_person)
        except DatabaseConflict:
            raise  # the operation is another order's, and so are its codes
        except DatabaseFault:
            self._unsaved.database_failed()
            await self._rescue(order_id, answer)
            raise

    async def _rescue(self, order_id: int, answer: Answer) -> None:
        """The disk is full or the file is locked: a code is worth something for minutes only, so it goes out now."""
        async with self._database.read() as tx:
            card = await orders.card(tx, order_id)
            if card is None:
                return
            if await identity.is_strange(tx, order_id, answer):
                return
            person = await people.get(tx, card.order.person_id)
            number = await cards.pushed_for(tx, order_id)
        for key, message in inbox.keyed(answer):
            reply_to = None if number is None else number.message_id
            self._unsaved.code(f"code:{order_id}:{key}", card, message, person, reply_to)

    async def _record(self, order_id: int, answer: Answer, *, by_person: bool) -> None:
        async with self._database.write() as tx:
            order = await orders.get(tx, order_id)
            if order is None:
                raise LookupError(f"order {order_id} is not in the database")
            if await identity.is_strange(tx, order.id, answer):
                _log.error("HidSim answered with another operation", order=order.id)
                await self._alerts.raise_in(tx, Alert(AlertKind.STRANGER, str(order.id), order.id))
                return
            await identity.learn(tx, order.id, answer)
            step = self._step(order, answer, tx.now)
            by_tap = by_person or order.id in self._closing
            if step is not None and by_tap:
                step = told_by_tap(step)
            arrivals = await self._write(tx, order, answer, step)
            if step is not None and completes(order, step) and not arrivals.new:
                any_sms = bool(await orders.sms_of(tx, order.id))
                if any_sms or not by_tap:
                    await self._writer.tell(tx, order, quiet_end(order, step, any_sms=any_sms))

    def _step(self, order: Order, answer: Answer, now: datetime) -> Step | None:
        known = order if order.number is None else replace(order, number=completed(order.number, order.country_code))
        said = seen(answer, order.country_code)
        return answered(known, answer.id, said, answer.price, now)

    async def _write(self, tx: Tx, order: Order, answer: Answer, step: Step | None) -> Arrivals:
        """The step, then the SMS: a number is told before its code."""
        if step is not None and not await self._writer.carry_out(tx, order, step):
            raise RuntimeError(f"order {order.id} changed inside its own transaction")
        if step is None and order.operation_id is None:
            await orders.name_operation(tx, order.id, answer.id)
        arrivals = await inbox.take(tx, order, answer)
        await self._writer.tell(tx, order, arrivals.told)
        if arrivals.new and order.watched_until is not None and (step.after if step else order).price is not None:
            await orders.watch(tx, order.id, None)
        return arrivals

    @every(60, "overdue")
    async def tell_overdue(self) -> None:
        """Orders that should have ended long ago are told to the admins once; their hold stays."""
        async with self._database.read() as tx:
            live = await orders.live(tx, self._processes.owner, even_leased=True)
        for order in live:
            if order.live and is_old(self._turns.waiting(order)):
                await self._tell_overdue(order, AlertKind.OVERDUE)

    async def tell_stranger(self, order: Order) -> None:
        """HidSim answered about another operation: whatever was in the answer went to nobody."""
        await self._tell_overdue(order, AlertKind.STRANGER)

    async def _tell_overdue(self, order: Order, what: AlertKind) -> None:
        async with self._database.write() as tx:
            await self._alerts.raise_in(tx, Alert(what, str(order.id), order.id))
