"""Carries out what HidSim says about an order's operation, one transaction an answer; asks about it when told to."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime

import structlog

from bot.db import people
from bot.db.database import Database, Tx
from bot.db.orders import orders
from bot.db.orders import sms as sms_rows
from bot.db.telling import cards, hiding, notices
from bot.domain.alerts import Alert, AlertKind
from bot.domain.answer import Answer, Said, Same
from bot.domain.moves import Entry, Step, answered, completes, quiet_end, told_by_tap
from bot.domain.no_answer import Lost, Stranger
from bot.domain.orders import Order
from bot.faults import DatabaseConflict, DatabaseFault
from bot.i18n.phone import completed
from bot.milestones import reached
from bot.services.orders import identity, inbox, whence
from bot.services.orders.inbox import Arrivals
from bot.services.orders.writer import Writer
from bot.services.partner import Partner, Turn, seen
from bot.services.telling.alerts import Alerts
from bot.services.telling.unsaved import Unsaved

_log = structlog.get_logger(__name__)


class Recorder:
    """The only writer of what HidSim says about an operation. Whom to ask about, and when, others decide."""

    def __init__(self, database: Database, partner: Partner, writer: Writer, alerts: Alerts, unsaved: Unsaved) -> None:
        self._database = database
        self._partner = partner
        self._writer = writer
        self._alerts = alerts
        self._unsaved = unsaved
        self._by_tap: set[int] = set()

    async def read(self, order: Order) -> None:
        """Asks for a person who waits, and records the answer. Raises NotDone."""
        if order.operation_id is None:
            return
        try:
            answer = await self._partner.ask(order.operation_id)
        except Stranger:
            await self.tell_admins(order.id, AlertKind.STRANGER)
            raise
        reached("poll.answered")
        await self.record(order.id, answer)

    async def poll(self, order_id: int, operation_id: str, turn: Turn, known: Said | None) -> Said:
        """Asks once with a turn in hand, and gives what HidSim said, which is recorded.

        What says nothing beyond what is `known` is not recorded again: no transaction is opened. Raises NotDone and
        DatabaseFault.
        """
        try:
            answer = await self._partner.poll(operation_id, turn, known.digest if known else None)
        except Stranger:
            await self.tell_admins(order_id, AlertKind.STRANGER)
            raise
        reached("poll.answered")
        if isinstance(answer, Same):
            return known or Said(None, 0)  # it is told to those alone who know
        if known is None or answer.meaning != known.meaning:
            await self.record(order_id, answer)
        return Said(answer.digest, answer.meaning)

    async def clear_up(self, order: Order, lost: Lost) -> None:
        """The answer to a request about its operation was lost: the operation itself says what happened.

        Raises NotDone.
        """
        if lost.strange:
            await self.tell_admins(order.id, AlertKind.STRANGER)
        await self.read(order)

    @contextmanager
    def told_by_tap(self, order_id: int) -> Iterator[None]:
        """While their own tap closes or reads it, what it draws says the end, whoever hears of it: no push rings."""
        self._by_tap.add(order_id)
        try:
            yield
        finally:
            self._by_tap.discard(order_id)

    async def record(
        self, order_id: int, answer: Answer, *, by_person: bool = False, beside: Iterable[Entry] = ()
    ) -> None:
        """Carries out an answer: state, ledger, SMS and notices in one transaction. Repeating it changes nothing.

        `by_person`: their own tap caused the end, so the card says it and no push rings. `beside`: what the audit keeps
        of the request that brought the answer. Raises DatabaseFault when the
        answer can't be written; a code in it is then sent all the same.
        """
        try:
            await self._record(order_id, answer, by_person=by_person, beside=beside)
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
            known = await sms_rows.keyed(tx, order_id)
        for told, message in inbox.unwritten(card.order, answer, known):
            reply_to = None if number is None else number.message_id
            self._unsaved.code(told, card, message, person, reply_to)

    async def _record(self, order_id: int, answer: Answer, *, by_person: bool, beside: Iterable[Entry]) -> None:
        async with self._database.write() as tx:
            order = await orders.get(tx, order_id)
            if order is None:
                raise LookupError(f"order {order_id} is not in the database")
            if await identity.is_strange(tx, order.id, answer):
                _log.error("HidSim answered with another operation", order=order.id)
                await self._alert(tx, order.id, AlertKind.STRANGER)
                return
            await identity.learn(tx, order.id, answer)
            await self._writer.note(tx, order.id, beside)
            order = await whence.settled(tx, order, answer)
            step = self._step(order, answer, tx.now)
            by_tap = by_person or order.id in self._by_tap
            if step is not None and by_tap:
                step = told_by_tap(step)
            arrivals = await self._write(tx, order, answer, step)
            if step is not None and completes(order, step) and not arrivals.new:
                any_sms = bool(await sms_rows.of_order(tx, order.id))
                if any_sms or not by_tap:
                    await self._writer.tell(tx, order, quiet_end(order, step, any_sms=any_sms))

    def _step(self, order: Order, answer: Answer, now: datetime) -> Step | None:
        known = order if order.number is None else replace(order, number=completed(order.number, order.region))
        said = seen(answer, order.region)
        return answered(known, answer.id, said, answer.price, now)

    async def _write(self, tx: Tx, order: Order, answer: Answer, step: Step | None) -> Arrivals:
        """The step, then the SMS: a number is told before its code."""
        if step is not None and not await self._writer.carry_out(tx, order, step):
            raise RuntimeError(f"order {order.id} changed inside its own transaction")
        if step is None and order.operation_id is None:
            await orders.name_operation(tx, order.id, answer.id)
        arrivals = await inbox.take(tx, order, answer)
        await self._writer.tell(tx, order, arrivals.told)
        for told in arrivals.told:
            if self._unsaved.was_sent(told.key):  # no other process may tell it again
                await notices.settle(tx, told.key, self._unsaved.message_of(told.key))
                await hiding.delivered(tx, order.person_id, told.key)
        price = order.price or (step.after.price if step else None)
        if arrivals.new and order.watched_until is not None and price is not None:
            await orders.watch(tx, order.id, None)
        return arrivals

    async def note(self, tx: Tx, order_id: int, *entries: Entry) -> None:
        """What the audit keeps of a request about an operation that brought no answer to record."""
        await self._writer.note(tx, order_id, entries)

    async def tell_admins(self, order_id: int, what: AlertKind) -> None:
        """Once an order for each kind. STRANGER: HidSim answered about another operation, and nobody got its answer."""
        async with self._database.write() as tx:
            await self._alert(tx, order_id, what)

    async def _alert(self, tx: Tx, order_id: int, what: AlertKind) -> None:
        await self._alerts.raise_in(tx, Alert(what, str(order_id), order_id))
