"""Asks HidSim about live orders and carries out what its answers mean, one transaction an order."""

from collections import deque
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta

import structlog

from bot.db import audit, cards, notices, people
from bot.db import ledger as books
from bot.db import orders as rows
from bot.db.database import AsyncConnection, Database, DatabaseConflict, DatabaseFault
from bot.domain import ledger
from bot.domain.acts import Act, entered
from bot.domain.alerts import Alert, AlertKind
from bot.domain.money import Markup
from bot.domain.notices import NoticeKind
from bot.domain.orders import REFUNDED, WATCH, Order, OrderState
from bot.domain.polling import ArrivalCurve, choose, is_old
from bot.domain.progress import Step, advance
from bot.domain.sms import fingerprint
from bot.hidsim import AnotherOperation, HidSim, HidSimError, NotFound, Operation, Urgency
from bot.i18n.phone import completed
from bot.milestones import reached
from bot.services import identity, inbox, wallet
from bot.services.ages import Ages
from bot.services.alerts import Alerts
from bot.services.lifeline import Lifeline
from bot.services.partner import seen, shown_price
from bot.services.processes import Processes
from bot.services.turns import Turns
from bot.tasks import Nursery

_log = structlog.get_logger(__name__)

_LEASE = timedelta(seconds=1)
"""As long as the gap between two asks of one order: within one process `_asking` keeps asks from overlapping."""


class Tracker:
    """The only writer of what HidSim says about an operation."""

    def __init__(
        self,
        database: Database,
        hidsim: HidSim,
        nursery: Nursery,
        alerts: Alerts,
        lifeline: Lifeline,
        markup: Markup,
        ages: Ages,
        processes: Processes,
        now: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._processes = processes
        self._hidsim = hidsim
        self._nursery = nursery
        self._alerts = alerts
        self._lifeline = lifeline
        self._markup = markup
        self._turns = Turns(ages)
        self._now = now
        self._curve = ArrivalCurve()
        self._waits: deque[float] = deque(maxlen=500)
        self._asking: set[int] = set()
        self._closing: set[int] = set()

    async def tick(self) -> None:
        """Starts as many asks as the request budget has room for, the stalest orders first. Raises DatabaseFault."""
        budget = self._hidsim.budget
        if budget <= 0:
            return
        live = {o.id: o for o in await self._live() if o.id not in self._asking}
        self._turns.keep({*live, *self._asking})
        over = {o.id for o in live.values() if self._turns.watch_is_over(o)}
        waiting = [self._turns.waiting(o) for o in live.values() if o.id not in over]
        chosen = choose(waiting, budget, self._curve)
        for order_id in await self._lease(chosen):
            self._asking.add(order_id)
            self._turns.asked(order_id)
            self._nursery.start(self._ask(live[order_id]), "ask about an order")
        if over:
            async with self._database.write() as connection:
                await rows.end_watches(connection, over)

    async def _live(self) -> list[Order]:
        try:
            async with self._database.read() as connection:
                return await rows.live(connection, self._now(), self._processes.owner)
        except DatabaseFault:
            self._lifeline.database_failed()
            raise

    async def _lease(self, ids: Collection[int]) -> Collection[int]:
        """While nothing can be written nobody else can lease them either: a code is then asked for without a lease."""
        if not ids:
            return ids
        now = self._now()
        try:
            async with self._database.write() as connection:
                return await rows.lease(connection, ids, now, now + _LEASE, self._processes.owner)
        except DatabaseFault:
            self._lifeline.database_failed()
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
        except HidSimError as error:
            _log.warning("an operation could not be read", order=order.id, error=type(error).__name__)
            if isinstance(error, NotFound) and order.live:
                await self._tell_overdue(order, AlertKind.LOST)

    async def read(self, order: Order, urgency: Urgency) -> None:
        """Asks once and records the answer. Raises HidSimError."""
        if order.operation_id is None:
            return
        try:
            operation = await self._hidsim.operation(order.operation_id, urgency=urgency)
        except AnotherOperation:
            await self.tell_stranger(order)
            raise
        reached("poll.answered")
        await self.record(order.id, operation)

    @contextmanager
    def told_by_tap(self, order_id: int) -> Iterator[None]:
        """While their own tap closes or reads it, what it draws says the end, whoever hears of it: no push rings."""
        self._closing.add(order_id)
        try:
            yield
        finally:
            self._closing.discard(order_id)

    async def record(self, order_id: int, operation: Operation, *, by_person: bool = False) -> None:
        """Carries out an answer: state, ledger, SMS and notices in one transaction. Repeating it changes nothing.

        `by_person`: their own tap caused the end, so the card says it and no push rings. Raises DatabaseFault when the
        answer can't be written; a code in it is then sent all the same.
        """
        try:
            await self._record(order_id, operation, by_person=by_person)
        except DatabaseConflict:
            raise  # the operation is another order's, and so are its codes
        except DatabaseFault:
            self._lifeline.database_failed()
            await self._rescue(order_id, operation)
            raise

    async def _rescue(self, order_id: int, operation: Operation) -> None:
        """The disk is full or the file is locked: a code is worth something for minutes only, so it goes out now."""
        async with self._database.read() as connection:
            card = await rows.card(connection, order_id)
            if card is None:
                return
            if await identity.is_strange(connection, order_id, operation):
                return
            person = await people.get(connection, card.order.person_id)
            number = await cards.pushed_for(connection, order_id)
        for key, message in inbox.keyed(operation):
            reply_to = None if number is None else number.message_id
            self._lifeline.code(f"code:{order_id}:{key}", card, message, person, reply_to)

    async def _record(self, order_id: int, operation: Operation, *, by_person: bool) -> None:
        async with self._database.write() as connection:
            order = await rows.get(connection, order_id)
            if order is None:
                raise LookupError(f"order {order_id} is not in the database")
            now = self._now()
            if await identity.is_strange(connection, order.id, operation):
                _log.error("HidSim answered with another operation", order=order.id)
                await self._alerts.raise_in(connection, Alert(AlertKind.STRANGER, str(order.id), order.id), now)
                return
            await identity.learn(connection, order.id, operation)
            if order.number is not None:
                order = replace(order, number=completed(order.number, order.country_code))
            step = advance(order, seen(operation, order.country_code), shown_price(operation, self._markup))
            if step is not None:
                await self._carry_out(connection, order, operation, step, now, by_person=by_person)
            elif order.operation_id is None:
                await rows.note(connection, order.id, operation_id=operation.id)
            new = await inbox.take(connection, order, operation, now)
            if new and order.watched_until is not None and (order.price or (step and step.price)) is not None:
                await rows.note(connection, order.id, watched_until=None)
            ended = step is not None and step.state is OrderState.COMPLETED and order.state is not step.state
            if ended and not new:
                await self._tell_quiet_end(
                    connection, order, now, assumed_price=step is not None and step.assumed_price, by_person=by_person
                )
            stage = "outcome" if order.operation_id is None else "final" if step is not None else "same"
            _reached(stage, "before-commit")
        _reached(stage, "committed")
        self._learn(operation)

    async def _tell_quiet_end(
        self, connection: AsyncConnection, order: Order, now: datetime, *, assumed_price: bool, by_person: bool
    ) -> None:
        """No code rings with this end: one without any SMS is told, and one whose price nobody knows."""
        if not await rows.sms_of(connection, order.id):
            if by_person or order.id in self._closing:
                return
            key, kind = f"ended:{order.id}", NoticeKind.ENDED
        elif assumed_price:
            key, kind = f"unpriced:{order.id}", NoticeKind.PRICED
        else:
            return
        await notices.add(connection, key, order.person_id, kind, now, order_id=order.id)

    def _learn(self, operation: Operation) -> None:
        """A number's code arrived: its wait teaches the curve where the next ones are to be expected."""
        if operation.state == "completed" and operation.created_at and operation.updated_at:
            wait = (operation.updated_at - operation.created_at).total_seconds()
            if 0 < wait < 3600:
                self._waits.append(wait)
                self._curve = ArrivalCurve().learn(self._waits)

    async def _carry_out(
        self,
        connection: AsyncConnection,
        order: Order,
        operation: Operation,
        step: Step,
        now: datetime,
        *,
        by_person: bool,
    ) -> None:
        ends = step.state is not order.state and (step.capture is not None or step.release)
        changes: dict[str, object] = {
            "operation_id": order.operation_id or operation.id,
            "number": step.number,
            "number_at": now if step.new_number else order.number_at,
            "cost": step.cost,
            "price": step.price,
            "held": order.held - step.set_free,
            "expires_at": step.expires_at,
        }
        if ends:
            changes |= {"finished_at": now, "close_wanted": False, "charged": step.capture or 0}
        if step.assumed_price:
            changes["watched_until"] = now + WATCH
        if step.back and order.charged is not None:
            changes["charged"] = order.charged - step.back
        if not await rows.move(connection, order, step.state, **changes):
            raise RuntimeError(f"order {order.id} changed inside its own transaction")
        await self._settle(connection, order, step, now)
        if step.state is not order.state:
            await audit.write(connection, entered(step.state), now, order_id=order.id)
        for kind in step.notices:
            if kind is NoticeKind.ENDED and (by_person or order.id in self._closing):
                continue
            key, detail = _notice(kind, order, step)
            await notices.add(connection, key, order.person_id, kind, now, order_id=order.id, detail=detail)

    async def _settle(self, connection: AsyncConnection, order: Order, step: Step, now: datetime) -> None:
        """Money follows HidSim's answer, never our clock."""
        if step.state not in REFUNDED:
            await self._settle_cost(connection, order, step.cost or 0, now)
        if step.set_free:
            free = ledger.free(order.id, order.person_id, order.revision, step.set_free)
            await books.post(connection, free, now)
        if step.capture is not None:
            await wallet.capture(connection, order, step.capture, now)
        if step.assumed_price:
            await audit.write(connection, Act.ORDER_PRICE_ASSUMED, now, order_id=order.id, charged=step.capture)
            await self._alerts.raise_in(connection, Alert(AlertKind.UNPRICED, str(order.id), order.id), now)
        if step.back:
            back = ledger.charge_back(order.id, order.person_id, order.revision, step.back)
            await books.post(connection, back, now)
            await audit.write(connection, Act.ORDER_PRICE_CORRECTED, now, order_id=order.id, back=step.back)
        if step.release:
            await wallet.release(connection, order, now)
            if order.cost:
                await books.post(connection, ledger.cost_back(order.id, order.cost), now)

    async def _settle_cost(self, connection: AsyncConnection, order: Order, cost: int, now: datetime) -> None:
        """The books hold the price as HidSim told it last, so that a refund gives back exactly that."""
        booked = order.cost or 0
        if cost == booked:
            return
        change = ledger.cost_change(order.id, order.revision, cost - booked)
        await books.post(connection, ledger.cost(order.id, cost) if order.cost is None else change, now)

    async def tell_overdue(self) -> None:
        """Orders that should have ended long ago are told to the admins once; their hold stays."""
        async with self._database.read() as connection:
            live = await rows.live(connection, self._now() + _LEASE, self._processes.owner)
        for order in live:
            if order.live and is_old(self._turns.waiting(order)):
                await self._tell_overdue(order, AlertKind.OVERDUE)

    async def tell_stranger(self, order: Order) -> None:
        """HidSim answered about another operation: whatever was in the answer went to nobody."""
        await self._tell_overdue(order, AlertKind.STRANGER)

    async def _tell_overdue(self, order: Order, what: AlertKind) -> None:
        async with self._database.write() as connection:
            await self._alerts.raise_in(connection, Alert(what, str(order.id), order.id), self._now())


def _reached(stage: str, moment: str) -> None:
    if stage != "same":
        reached(f"{stage}.{moment}")


def _notice(kind: NoticeKind, order: Order, step: Step) -> tuple[str, dict[str, str]]:
    """The key and the facts of a step's notice. Each number of an order is told once, and each price."""
    if kind is NoticeKind.NUMBER and order.number is not None and step.number is not None:
        return f"number:{order.id}:{fingerprint(step.number)[:16]}", {"replaces": "yes"}
    if kind is NoticeKind.PRICED:
        return f"priced:{order.id}:{order.revision}", {"back": str(step.back)}
    return f"{kind.value}:{order.id}", {}
