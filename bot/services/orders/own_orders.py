"""What a person does with an order of their own: look, refresh, ask for another SMS, close."""

from dataclasses import replace
from datetime import timedelta

import structlog

from bot.db import switches
from bot.db.database import Database, Tx
from bot.db.orders import orders
from bot.db.switches import Switch
from bot.domain.no_answer import Lost, NotAllowed, NotDone, TooEarly
from bot.domain.orders import WATCH, Order, OrderCard, OrderState
from bot.domain.refusals import Reason, Refusal
from bot.facts.orders import OrderPage
from bot.facts.pages import page_of
from bot.milestones import reached
from bot.services.orders.ages import Ages
from bot.services.orders.tracker import Tracker
from bot.services.partner import Partner, Urgency
from bot.services.processes import Processes
from bot.ticks import every

_log = structlog.get_logger(__name__)

ORDERS_A_PAGE = 8
_CLOSE_AGE = Switch("close_age_seconds", str, int)
"""At which age, in whole seconds, closing worked after it had been too early."""
_LEASE = timedelta(seconds=1)
"""As long as the gap between two closes of one order: the tick never overlaps itself."""
_FIRST_WAIT = timedelta(seconds=5)
_LONGEST_WAIT = timedelta(seconds=60)
_LONGEST_BELIEVED = 86_400.0
"""Seconds. HidSim may ask to wait until the year 9999; no number lives for a day."""


class OwnOrders:
    """Every call names the person; an order of somebody else's is refused as if it did not exist for them."""

    def __init__(
        self,
        database: Database,
        partner: Partner,
        tracker: Tracker,
        ages: Ages,
        processes: Processes,
    ) -> None:
        self._database = database
        self._partner = partner
        self._tracker = tracker
        self._ages = ages
        self._processes = processes

    async def card(self, person_id: int, order_id: int) -> OrderCard:
        """Raises Refusal: no such order, or not this person's."""
        async with self._database.read() as tx:
            card = await orders.card(tx, order_id)
        if card is None:
            raise Refusal(Reason.NO_ORDER)
        if card.order.person_id != person_id:
            raise Refusal(Reason.NOT_YOURS)
        return card

    async def placed(self, order: Order) -> OrderCard:
        """The card of an order that a tap on Buy got: a second tap's order may have gone far since the first."""
        async with self._database.read() as tx:
            return await orders.card(tx, order.id) or OrderCard(order)

    async def page(self, person_id: int, number: int, *, in_progress: bool) -> OrderPage:
        """Own orders, newest first."""
        async with self._database.read() as tx:
            total = await orders.count(tx, person_id, in_progress=in_progress)
            page = page_of(total, ORDERS_A_PAGE, number)
            found = await orders.of_person(
                tx,
                person_id,
                in_progress=in_progress,
                limit=ORDERS_A_PAGE,
                offset=page.number * ORDERS_A_PAGE,
            )
            with_code = await orders.with_code(tx, [order.id for order in found])
        return OrderPage(tuple(found), page, total, with_code)

    async def refresh(self, person_id: int, order_id: int) -> OrderCard:
        """The card after asking HidSim now. Raises Refusal also when HidSim does not answer."""
        card = await self.card(person_id, order_id)
        if card.order.live:
            try:
                with self._tracker.told_by_tap(order_id):
                    await self._tracker.read(card.order, Urgency.TAP)
            except Refusal as refusal:
                return await self._ended_meanwhile(person_id, order_id, refusal)
        return await self.card(person_id, order_id)

    async def _ended_meanwhile(self, person_id: int, order_id: int, refusal: Refusal) -> OrderCard:
        """A poll may have heard of the end while a tap was waiting for it: then the tap tells it. Else raises."""
        card = await self.card(person_id, order_id)
        if card.order.live:
            raise refusal
        return card

    async def another_sms(self, person_id: int, order_id: int) -> tuple[OrderCard, bool]:
        """Asks the provider again (refetch); the card, and whether a new SMS came with the answer.

        Refetch changes state at HidSim: it is sent once, and a lost answer is cleared up by reading the operation.
        """
        card = await self.card(person_id, order_id)
        order = card.order
        if order.operation_id is None or order.state not in (OrderState.COMPLETED, OrderState.PENDING):
            raise Refusal(Reason.NOT_NOW, order_id=order_id)
        try:
            answer = await self._partner.another_sms(order.operation_id)
        except Lost as lost:
            await self._tell_if_strange(order, lost)
            await self._tracker.read(order, Urgency.TAP)
        except NotAllowed as error:
            raise Refusal(Reason.NOT_NOW, order_id=order_id, said=error.words) from error
        else:
            await self._tracker.record(order.id, answer)
        after = await self.card(person_id, order_id)
        new = len(after.sms) > len(card.sms)
        if not new and not after.order.live:
            await self._watch(order)
        return after, new

    async def _watch(self, order: Order) -> None:
        """The provider may bring the SMS later than its answer: the poller asks about this order for a while."""
        async with self._database.write() as tx:
            await orders.watch(tx, order.id, tx.now + WATCH)

    async def close(self, person_id: int, order_id: int) -> OrderCard:
        """Closes now if HidSim lets us; `early_wait` of the card says how long it is too early (0: not told)."""
        card = await self.card(person_id, order_id)
        if not card.order.live:
            return card
        try:
            with self._tracker.told_by_tap(order_id):
                early = await self._close(card.order, by_person=True)
        except Refusal as refusal:
            return await self._ended_meanwhile(person_id, order_id, refusal)
        after = await self.card(person_id, order_id)
        return after if early is None else replace(after, early_wait=early)

    async def close_when_allowed(self, person_id: int, order_id: int) -> OrderCard:
        """Switches the wish on, or off again. Survives restarts: it stands on the order."""
        card = await self.card(person_id, order_id)
        if card.order.live:
            async with self._database.write() as tx:
                await orders.wish_closed(tx, order_id, wanted=not card.order.close_wanted)
        return await self.card(person_id, order_id)

    @every(1, "close")
    async def close_due(self) -> None:
        """The tick of "Close when allowed": tries every order whose time has come, once each."""
        async with self._database.read() as tx:
            wanted = await orders.to_close(tx, self._processes.owner)
        for order in [one for one in wanted if self._may_close(one)]:
            if not await self._lease(order):
                continue
            try:
                await self._close(order, by_person=False)
                await self._wait_if_open(order)
            except Refusal as refusal:
                _log.warning("an order could not be closed yet", order=order.id, reason=refusal.facts.reason.value)
                await self._try_later(order, None)

    async def _lease(self, order: Order) -> bool:
        """False when a tap took the wish back meanwhile, or another process has the order or closes it just now."""
        async with self._database.write() as tx:
            return await orders.lease_close(tx, order.id, _LEASE, self._processes.owner)

    async def _wait_if_open(self, order: Order) -> None:
        """HidSim took the close and has not carried it out yet, or named no wait: it is not sent again at once."""
        async with self._database.read() as tx:
            now = await orders.get(tx, order.id)
        if now is not None and now.live and self._may_close(now):
            await self._try_later(now, None)

    def _may_close(self, order: Order) -> bool:
        return order.close_at is None or self._ages.since(order.id, order.close_at) >= 0

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
            return await self._try_later(order, early.wait)
        except Lost as lost:
            await self._tell_if_strange(order, lost)
            await self._clear_up(order, lost)
            await self._check_ended(order, None)
            return None
        except NotAllowed as error:
            await self._tracker.read(order, Urgency.TAP)
            await self._check_ended(order, error.words)
            return None
        reached("close.answered")
        await self._tracker.record(order.id, answer, by_person=by_person)
        reached("close.committed")
        if not by_person:
            await self._remember_age(order)
        return None

    async def _try_later(self, order: Order, wait: float | None) -> int:
        """Sets when closing is tried next: HidSim's word, else the age at which it worked before, else ever later."""
        wait = None if wait is None else min(wait, _LONGEST_BELIEVED)
        async with self._database.write() as tx:
            delay = timedelta(seconds=wait) if wait else await self._guess(tx, order)
            await orders.close_later(tx, order.id, tx.now + delay)
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
        return max(0.0, self._ages.since(order.id, order.placed_at))

    async def _clear_up(self, order: Order, lost: Lost) -> None:
        """The answer to a close was lost: the operation itself says what happened; it is not closed a second time."""
        try:
            await self._tracker.read(order, Urgency.TAP)
        except NotDone:
            raise Refusal(Reason.CLOSE_UNKNOWN, order_id=order.id) from lost

    async def _tell_if_strange(self, order: Order, lost: Lost) -> None:
        if lost.strange:
            await self._tracker.tell_stranger(order)

    async def _check_ended(self, order: Order, said: str | None) -> None:
        """Raises Refusal for an order that is open after all: its person has to know, and the tick to wait."""
        async with self._database.read() as tx:
            now = await orders.get(tx, order.id)
        if now is None or now.live:
            raise Refusal(Reason.NOT_CLOSED, order_id=order.id, said=said)
