"""Another number after one that brought no code: by a tap, or by itself where its person agreed to it before.

Whichever process comes first follows an order; the nonce and `replaces` are made of its id, so it is followed once.
"""

from functools import partial

import structlog

from bot.db.database import Database, Tx
from bot.db.orders import orders
from bot.db.orders import sequels as rows
from bot.db.telling import notices
from bot.domain.access import Right, Role, demand
from bot.domain.acts import Act
from bot.domain.details import NotFollowed
from bot.domain.moves import Entry, Told
from bot.domain.notices import NoticeKind
from bot.domain.orders import Order, OrderCard
from bot.domain.refusals import Reason, Refusal, RefusalFacts
from bot.domain.sequels import (
    LONGEST_WAIT,
    Sequel,
    left_after,
    may_be_followed,
    may_be_turned_down,
    successor,
    window_elsewhere,
)
from bot.facts.orders import Onward
from bot.facts.shop import Unsold
from bot.services.money.wallet import Wallet
from bot.services.orders.ages import Ages
from bot.services.orders.checkout import Checkout, Wish
from bot.services.orders.own_orders import OwnOrders
from bot.services.orders.sale import Sale
from bot.services.orders.writer import Writer
from bot.services.people.people import People
from bot.services.processes import Processes
from bot.services.quiet import Quiet
from bot.services.shop.next_country import NextCountry
from bot.ticks import every

_log = structlog.get_logger(__name__)


class Sequels:
    """Never dearer than the order before, never in a country that nobody chose."""

    def __init__(
        self,
        database: Database,
        sale: Sale,
        own_orders: OwnOrders,
        next_country: NextCountry,
        wallet: Wallet,
        writer: Writer,
        people: People,
        ages: Ages,
        processes: Processes,
    ) -> None:
        self._database = database
        self._sale = sale
        self._checkout: Checkout = sale.checkout
        self._own_orders = own_orders
        self._next_country = next_country
        self._wallet = wallet
        self._writer = writer
        self._people = people
        self._ages = ages
        self._quiet = Quiet(database, processes, orders.TABLE)

    async def another(self, person_id: int, order_id: int, country_id: int | None = None) -> Order | Unsold:
        """Buys the next number of an order that ended without a code; a second tap gets the same one.

        `country_id` None: where it was. Raises Refusal: nothing was written and nothing is bought.
        """
        order = (await self._own_orders.card(person_id, order_id)).order
        if order.followed_by is not None:
            return (await self._own_orders.card(person_id, order.followed_by)).order
        if not may_be_followed(order):
            raise Refusal(Reason.NOT_NOW, order_id=order_id)
        wish = Wish(**successor(order, country_id, by_itself=False))
        return await self._sale.sell(person_id, wish, partial(self._note, order, person_id))

    async def onward(self, person_id: int, order_id: int) -> Onward:
        """An order with the country in which to try next. Raises Refusal."""
        order = (await self._own_orders.card(person_id, order_id)).order
        async with self._database.read() as tx:
            tried = await rows.countries_tried(tx, order_id)
        return Onward(order, await self._next_country.best(order.service_id, window_elsewhere(order), tried))

    async def turn_down(self, person_id: int, order_id: int, country_id: int | None = None) -> OrderCard:
        """The service did not take the number: it is closed as soon as allowed, then another one is bought.

        Another country is refused if it is not sold. A code that comes before ends it all. Raises Refusal.
        """
        order = (await self._own_orders.card(person_id, order_id)).order
        if country_id is not None:
            self._next_country.check(country_id)
        if may_be_turned_down(order):
            async with self._database.write() as tx:
                if not (await self._wallet.limits_of(tx, person_id)).closes_an_hour:
                    raise Refusal(Reason.TOO_MANY_CLOSES, count=0)
                kind = Sequel.HERE if country_id is None else Sequel.THERE
                await rows.set_sequel(tx, order_id, kind, country_id)
        return await self._own_orders.card(person_id, order_id)

    async def keep(self, person_id: int, order_id: int) -> OrderCard:
        """Nothing follows after all; and a number that was turned down is not closed either. Raises Refusal."""
        order = (await self._own_orders.card(person_id, order_id)).order
        if order.sequel is not None:
            async with self._database.write() as tx:
                if await rows.take(tx, order_id) and order.live and order.sequel != Sequel.ITSELF:
                    await orders.wish_closed(tx, order_id, wanted=False)
        return await self._own_orders.card(person_id, order_id)

    @every(1, "sequel")
    async def follow_due(self) -> None:
        """Buys what follows orders that have ended; what waited for too long is told and left. Raises DatabaseFault."""
        if self._quiet.rests():
            return
        begun = self._quiet.begin()
        due = await self._due()
        if not due:
            self._quiet.found_nothing(begun)
        for order in due:
            if self._is_late(order):
                await self._leave(order, RefusalFacts(Reason.SEQUEL_LAPSED))
            elif not order.live:
                await (self._follow(order) if left_after(order, order.state) else self._forget(order))

    async def _due(self) -> list[Order]:
        found: list[Order] = []
        async with self._database.glance() as tx:
            while part := await rows.due(tx, found[-1].id if found else 0):
                found += part
                if len(part) < rows.MOST:
                    break
        return found

    def _is_late(self, order: Order) -> bool:
        """An end that was met hours ago, as after a long stop, is no reason any more to buy something."""
        since = order.turned_down_at if order.live else order.finished_at
        return since is not None and self._ages.since(order.id, since) > LONGEST_WAIT.total_seconds()

    async def _forget(self, order: Order) -> None:
        """Its end, a code perhaps, was written by a release that knew nothing of what was to follow."""
        async with self._database.write() as tx:
            await rows.take(tx, order.id)

    async def _follow(self, order: Order) -> None:
        try:
            demand(await self._role(order.person_id), Right.BUY)
            country = order.sequel_country_id if order.sequel == Sequel.THERE else None
            wish = Wish(**successor(order, country, by_itself=True))
            await self._checkout.buy(order.person_id, wish, partial(self._claim, order))
        except Refusal as refusal:
            _log.info("an order is not followed by itself", order=order.id, reason=refusal.facts.reason.value)
            await self._leave(order, refusal.facts)

    async def _role(self, person_id: int) -> Role:
        return self._people.role(person_id, await self._people.get(person_id))

    async def _claim(self, former: Order, tx: Tx, order: Order) -> None:
        """In the transaction of the purchase. Raises Refusal when a tap took the wish back meanwhile."""
        if not await rows.take(tx, former.id):
            raise Refusal(Reason.NOT_NOW)
        await self._note(former, None, tx, order)

    async def _note(self, former: Order, actor_id: int | None, tx: Tx, order: Order) -> None:
        await rows.followed(tx, former.id)
        await self._writer.note(tx, order.id, [Entry(Act.ORDER_FOLLOWS, actor_id, {"order": former.id})])

    async def _leave(self, order: Order, why: RefusalFacts) -> None:
        """Nothing follows: one message says so, and says the end as well where that was not told yet."""
        async with self._database.write() as tx:
            if await rows.take(tx, order.id):
                await notices.settle_ends(tx, order.id)
                key = f"not_followed:{order.id}:{order.revision}"  # it may be wished for, and left, again
                told = Told(NoticeKind.NOT_FOLLOWED, key, NotFollowed(why))
                await self._writer.tell(tx, order, [told])
