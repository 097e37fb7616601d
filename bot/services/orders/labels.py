"""Labels on a person's own orders: given, chosen again, taken off."""

from bot.db.database import Database, Tx
from bot.db.orders import labels, orders
from bot.domain.labels import label_of
from bot.domain.orders import Order, OrderCard
from bot.domain.refusals import Reason, Refusal
from bot.facts.orders import LabelFacts
from bot.services.orders.own_orders import OwnOrders

_OFFERED = 6


class Labels:
    """An order has one label at most. A label goes with the last order that bears it."""

    def __init__(self, database: Database, own_orders: OwnOrders) -> None:
        self._database = database
        self._own_orders = own_orders

    async def facts(self, person_id: int, order_id: int) -> LabelFacts:
        """Raises Refusal for an order that is not this person's, here and below."""
        card = await self._own_orders.card(person_id, order_id)
        async with self._database.read() as tx:
            return LabelFacts(card.order, tuple(await labels.recent(tx, person_id, _OFFERED)))

    async def name(self, person_id: int, order_id: int, typed: str) -> OrderCard:
        """Gives it a label by these words. Raises Refusal for words that can't be one."""
        text = label_of(typed)
        card = await self._own_orders.card(person_id, order_id)
        async with self._database.write() as tx:
            await _bear(tx, card.order, await labels.put(tx, person_id, text))
        return await self._own_orders.card(person_id, order_id)

    async def choose(self, person_id: int, order_id: int, label_id: int | None) -> OrderCard:
        """Gives it a label that there is; None takes its own off. Raises Refusal for one that is gone."""
        card = await self._own_orders.card(person_id, order_id)
        async with self._database.write() as tx:
            if label_id is not None and await labels.get(tx, person_id, label_id) is None:
                raise Refusal(Reason.LABEL_GONE)
            await _bear(tx, card.order, label_id)
        return await self._own_orders.card(person_id, order_id)


async def _bear(tx: Tx, order: Order, label_id: int | None) -> None:
    now = await orders.get(tx, order.id)
    before = None if now is None else now.label_id
    if before == label_id:
        return
    await orders.bear_label(tx, order.id, label_id)
    if before is not None:
        await labels.drop_unused(tx, order.person_id, before)
