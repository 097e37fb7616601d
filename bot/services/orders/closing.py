"""Closing an order: now, by its person's tap, or as soon as HidSim allows it."""

from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta

import structlog

from bot.db import switches
from bot.db.database import Database, Tx
from bot.db.orders import hourly, orders, sequels, worklist
from bot.db.switches import Switch
from bot.domain.acts import Act
from bot.domain.answer import Answer
from bot.domain.limits import resting
from bot.domain.moves import Entry
from bot.domain.no_answer import Lost, NotAllowed, NotDone, TooEarly
from bot.domain.orders import Order, OrderCard
from bot.domain.refusals import Reason, Refusal, RefusalFacts
from bot.faults import DatabaseFault
from bot.milestones import reached
from bot.services.money.wallet import Wallet
from bot.services.orders.ages import Ages
from bot.services.orders.own_orders import OwnOrders
from bot.services.orders.recorder import Recorder
from bot.services.partner import Partner
from bot.services.processes import Processes
from bot.services.quiet import Quiet
from bot.ticks import every

_log = structlog.get_logger(__name__)

_CLOSE_AGE = Switch("close_age_seconds", str, int)
"""At which age, in whole seconds, closing worked after it had been too early."""
_LEASE = timedelta(seconds=1)
"""As long as the gap between two closes of one order: the tick never overlaps itself."""
_FIRST_WAIT = timedelta(seconds=5)
_LONGEST_WAIT = timedelta(seconds=60)
_LONGEST_BELIEVED = 86_400.0
"""Seconds. HidSim may ask to wait until the year 9999; no number lives for a day."""


class Closing:
    """HidSim says when an order may be closed. A close is sent once; a lost answer is cleared up by looking."""

    def __init__(
        self,
        database: Database,
        partner: Partner,
        own_orders: OwnOrders,
        recorder: Recorder,
        ages: Ages,
        processes: Processes,
        wallet: Wallet,
    ) -> None:
        self._database = database
        self._partner = partner
        self._own_orders = own_orders
        self._recorder = recorder
        self._ages = ages
        self._processes = processes
        self._wallet = wallet
        self._quiet = Quiet(database, processes, orders.TABLE)
        self._trying: set[int] = set()

    async def close(self, person_id: int, order_id: int) -> OrderCard:
        """Closes now if HidSim lets us; `early_wait` of the card says how long it is too early (0: not told)."""
        card = await self._own_orders.card(person_id, order_id)
        if not card.order.live:
            return await self._had_enough(card)
        await self._may_send(card.order)
        try:
            with self._recorder.told_by_tap(order_id):
                early = await self._close(card.order, by_person=True)
        except Refusal as refusal:
            return await self._own_orders.ended_meanwhile(person_id, order_id, refusal)
        after = await self._own_orders.card(person_id, order_id)
        return after if early is None else replace(after, early_wait=early)

    async def _had_enough(self, card: OrderCard) -> OrderCard:
        """The number ended before the tap on its card arrived: what was to follow it by itself does not."""
        order = card.order
        if order.sequel is None:
            return card
        async with self._database.write() as tx:
            await sequels.take(tx, order.id)
        return await self._own_orders.card(order.person_id, order.id)

    async def _may_send(self, order: Order) -> None:
        """Notes the close of a tap. Raises Refusal where the person closed as much as they may in an hour.

        Nothing is lost then: the card says from when on, and offers to close it by itself.
        """
        async with self._database.write() as tx:
            await sequels.take(tx, order.id)  # who closes it has had enough
            why = await self._noted(tx, order, order.person_id)
        if why is not None:
            raise Refusal(why.reason, count=why.count, wait=why.wait)

    async def _noted(self, tx: Tx, order: Order, actor_id: int | None) -> RefusalFacts | None:
        """Counts the close that is about to be sent; or puts it off, and says why. An order counts once an hour."""
        done = await hourly.closes(tx, order.person_id)
        if order.id in done:
            return None
        limits = await self._wallet.limits_of(tx, order.person_id)
        why = resting(Reason.TOO_MANY_CLOSES, list(done.values()), limits.closes_an_hour, tx.now)
        if why is None:
            await hourly.note_close(tx, order.id, actor_id)
            return None
        if why.wait is None:
            await orders.never_close(tx, order.id)
        else:
            await orders.close_later(tx, order.id, tx.now + timedelta(seconds=why.wait))
        return why

    async def close_when_allowed(self, person_id: int, order_id: int) -> OrderCard:
        """Switches the wish on, or off again. Survives restarts: it stands on the order.

        Raises Refusal for a person who may close nothing.
        """
        card = await self._own_orders.card(person_id, order_id)
        if not card.order.live:
            return await self._had_enough(card)
        wanted = not card.order.close_wanted
        async with self._database.write() as tx:
            if wanted and not (await self._wallet.limits_of(tx, person_id)).closes_an_hour:
                raise Refusal(Reason.TOO_MANY_CLOSES, count=0)
            await orders.wish_closed(tx, order_id, wanted=wanted)
        return await self._own_orders.card(person_id, order_id)

    @every(1, "close")
    async def close_due(self) -> None:
        """The tick of "Close when allowed": tries every order whose time has come, once each."""
        if self._quiet.rests():
            return
        begun = self._quiet.begin()
        async with self._database.glance() as tx:
            wanted = await worklist.to_close(tx, self._processes.owner)
        if not wanted:
            self._quiet.found_nothing(begun)
        for order_id in [order_id for order_id, close_at in wanted if self._may_close(order_id, close_at)]:
            await self.close_if_wanted(order_id)

    async def close_if_wanted(self, order_id: int) -> None:
        """One try at an order whose person wants it closed, if its time has come and nobody tries it just now."""
        if order_id in self._trying:
            return
        self._trying.add(order_id)
        try:
            order = await self._lease(order_id)
            if order is not None:
                await self._try(order)
        finally:
            self._trying.discard(order_id)

    async def _try(self, order: Order) -> None:
        try:
            await self._close(order, by_person=False)
            await self._wait_if_open(order)
        except Refusal as refusal:
            _log.warning("an order could not be closed yet", order=order.id, reason=refusal.facts.reason.value)
            await self._try_later(order, None)

    async def _lease(self, order_id: int) -> Order | None:
        """None when a tap took the wish back or put it off meanwhile, or another process has it or closes it just now;
        and where its person has closed as much as they may in an hour: then it is due later.

        Raises DatabaseFault: then nothing is closed, and the clock tries again.
        """
        async with self._database.write() as tx:
            order = await orders.get(tx, order_id)
            if order is None or not self._may_close(order_id, order.close_at):
                return None
            if not await worklist.lease_close(tx, order_id, _LEASE, self._processes.owner):
                return None
            return order if await self._noted(tx, order, None) is None else None

    async def _wait_if_open(self, order: Order) -> None:
        """HidSim took the close and has not carried it out yet, or named no wait: it is not sent again at once."""
        async with self._database.read() as tx:
            now = await orders.get(tx, order.id)
        if now is not None and now.live and self._may_close(now.id, now.close_at):
            await self._try_later(now, None)

    def _may_close(self, order_id: int, close_at: datetime | None) -> bool:
        return close_at is None or self._ages.since(order_id, close_at) >= 0

    async def _close(self, order: Order, *, by_person: bool) -> int | None:
        """One close. None when HidSim took it or the order has ended; else the seconds it is too early (0: not told).

        Raises Refusal; a lost answer is cleared up by reading the operation.
        """
        if order.operation_id is None:
            raise Refusal(Reason.NOT_NOW, order_id=order.id)
        reached("close.before-send")
        try:
            answer = await self._partner.close(order.operation_id)
        except TooEarly as early:
            return await self._try_later(order, early.wait, _tried(order, 425, by_person=by_person))
        except Lost as lost:
            await self._note(order, _tried(order, None, by_person=by_person))
            await self._clear_up(order, lost)
            await self._check_ended(order, None)
            return None
        except NotAllowed as error:
            await self._note(order, _tried(order, error.status, by_person=by_person))
            await self._recorder.read(order)
            await self._check_ended(order, error.words)
            return None
        except NotDone:
            await self._take_back(order)
            raise
        await self._closed(order, answer, by_person=by_person)
        return None

    async def _closed(self, order: Order, answer: Answer, *, by_person: bool) -> None:
        reached("close.answered")
        tried = _tried(order, 200, by_person=by_person)
        await self._recorder.record(order.id, answer, by_person=by_person, beside=(tried,))
        reached("close.committed")
        if not by_person:
            await self._remember_age(order)

    async def _take_back(self, order: Order) -> None:
        """HidSim was too busy, or out of reach: nothing was closed, and nobody's hour is used up by it."""
        with suppress(DatabaseFault):
            async with self._database.write() as tx:
                await hourly.take_back_close(tx, order.id)

    async def _note(self, order: Order, tried: Entry) -> None:
        """A close that changes nothing by itself stands in the audit before the operation is read."""
        async with self._database.write() as tx:
            await self._recorder.note(tx, order.id, tried)

    async def _try_later(self, order: Order, wait: float | None, tried: Entry | None = None) -> int:
        """Sets when closing is tried next: HidSim's word, else the age at which it worked before, else ever later.

        `tried`: the close that came too early, which is noted with it.
        """
        wait = None if wait is None else min(wait, _LONGEST_BELIEVED)
        async with self._database.write() as tx:
            delay = timedelta(seconds=wait) if wait else await self._guess(tx, order)
            await orders.close_later(tx, order.id, tx.now + delay)
            if tried is not None:
                told = {"wait": round(wait)} if wait else {}
                await self._recorder.note(tx, order.id, replace(tried, detail={**tried.detail, **told}))
        return round(wait) if wait else 0

    async def _guess(self, tx: Tx, order: Order) -> timedelta:
        learned = await switches.value(tx, _CLOSE_AGE)
        if learned is not None and (left := learned - self._age(order)) > 0:
            return timedelta(seconds=left)
        waited = order.close_at - order.placed_at if order.close_at is not None else _FIRST_WAIT
        return min(max(waited / 2, _FIRST_WAIT), _LONGEST_WAIT)

    async def _remember_age(self, order: Order) -> None:
        """Closing worked after it had been too early: the next order need not ask before this age."""
        if order.close_at is None:
            return
        async with self._database.write() as tx:
            await switches.put(tx, _CLOSE_AGE, int(self._age(order)))

    def _age(self, order: Order) -> float:
        return self._ages.age(order.id, order.placed_at)

    async def _clear_up(self, order: Order, lost: Lost) -> None:
        """The answer to a close was lost: the operation itself says what happened; it is not closed a second time."""
        try:
            await self._recorder.clear_up(order, lost)
        except NotDone:
            raise Refusal(Reason.CLOSE_UNKNOWN, order_id=order.id) from lost

    async def _check_ended(self, order: Order, said: str | None) -> None:
        """Raises Refusal for an order that is open after all: its person has to know, and the tick to wait."""
        async with self._database.read() as tx:
            now = await orders.get(tx, order.id)
        if now is None or now.live:
            raise Refusal(Reason.NOT_CLOSED, order_id=order.id, said=said)


def _tried(order: Order, status: int | None, *, by_person: bool) -> Entry:
    """What came of a close, as HTTP says it; None for an answer that was lost."""
    return Entry(Act.ORDER_CLOSE_TRIED, order.person_id if by_person else None, {"status": status})
