"""What a person does with an order of their own: look, refresh, ask for another SMS."""

from bot.db.database import Database
from bot.db.orders import figures, orders
from bot.domain.acts import Act
from bot.domain.moves import Entry
from bot.domain.no_answer import Lost, NotAllowed
from bot.domain.orders import WATCH, Order, OrderCard, OrderState
from bot.domain.refusals import Reason, Refusal
from bot.facts.orders import OrderPage
from bot.facts.pages import page_of
from bot.services.orders.recorder import Recorder
from bot.services.orders.tracked_orders import TrackedOrders
from bot.services.partner import Partner
from bot.services.processes import Processes

ORDERS_A_PAGE = 8


class OwnOrders:
    """Every call names the person; an order of somebody else's is refused as if it did not exist for them."""

    def __init__(
        self, database: Database, partner: Partner, recorder: Recorder, tracked: TrackedOrders, processes: Processes
    ) -> None:
        self._database = database
        self._partner = partner
        self._recorder = recorder
        self._tracked = tracked
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

    async def in_progress(self, person_id: int, number: int) -> OrderPage:
        """Those that have not ended, newest first."""
        async with self._database.read() as tx:
            total = await figures.count(tx, person_id, in_progress=True)
            page = page_of(total, ORDERS_A_PAGE, number)
            start = page.number * ORDERS_A_PAGE
            found = await orders.of_person(tx, person_id, in_progress=True, limit=ORDERS_A_PAGE, offset=start)
            closable, unasked = await figures.closable(tx, person_id)
        return OrderPage(tuple(found), page, total, all_closable=closable > 1 and unasked > 0)

    async def refresh(self, person_id: int, order_id: int) -> OrderCard:
        """The card after asking HidSim now. Raises Refusal also when HidSim does not answer."""
        card = await self.card(person_id, order_id)
        if card.order.live:
            try:
                with self._recorder.told_by_tap(order_id):
                    await self._recorder.read(card.order)
            except Refusal as refusal:
                return await self.ended_meanwhile(person_id, order_id, refusal)
        return await self.card(person_id, order_id)

    async def ended_meanwhile(self, person_id: int, order_id: int, refusal: Refusal) -> OrderCard:
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
            await self._note(order, None)
            await self._recorder.clear_up(order, lost)
        except NotAllowed as error:
            await self._note(order, error.status)
            raise Refusal(Reason.NOT_NOW, order_id=order_id, said=error.words) from error
        else:
            await self._recorder.record(order.id, answer, beside=(_asked(order, 200),))
        after = await self.card(person_id, order_id)
        new = len(after.sms) > len(card.sms)
        if not new and not after.order.live:
            await self._watch(order)
        return after, new

    async def _note(self, order: Order, status: int | None) -> None:
        async with self._database.write() as tx:
            await self._recorder.note(tx, order.id, _asked(order, status))

    async def _watch(self, order: Order) -> None:
        """The provider may bring the SMS later than its answer: this process asks about the order for a while."""
        async with self._database.write() as tx:
            await orders.watch(tx, order.id, tx.now + WATCH, self._processes.owner)
            tx.after_commit(lambda: self._tracked.look_at(order.id))


def _asked(order: Order, status: int | None) -> Entry:
    """What came of asking for another SMS, as HTTP says it; None for an answer that was lost."""
    return Entry(Act.ORDER_SMS_ASKED, order.person_id, {"status": status})
