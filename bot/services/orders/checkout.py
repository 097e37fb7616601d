"""A purchase: at most one request for one intent, whatever happens around it.

One transaction writes order and hold; then, outside of any transaction and never cancelled, the request; then one
transaction writes its outcome. An outcome that nobody can know makes the order `unconfirmed`; it is never sent again.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, fields, replace

import structlog

from bot.db import limits as own_limits
from bot.db.database import Database, Tx
from bot.db.money.books import NotEnough
from bot.db.orders import figures, hourly, orders
from bot.domain import moves
from bot.domain.acts import Act
from bot.domain.answer import Answer
from bot.domain.catalog import Country, Service
from bot.domain.limits import resting
from bot.domain.moves import Entry
from bot.domain.no_answer import Lost, NotDone
from bot.domain.orders import Order
from bot.domain.price_window import Ladder, Window
from bot.domain.refusals import Reason, Refusal
from bot.faults import DatabaseConflict, DatabaseFault
from bot.milestones import reached
from bot.services.money.wallet import Wallet
from bot.services.orders.ages import Ages
from bot.services.orders.lost import LostPurchases
from bot.services.orders.recorder import Recorder
from bot.services.orders.writer import Writer
from bot.services.partner import Partner
from bot.services.processes import Processes
from bot.services.safety.guard import Guard
from bot.services.safety.pause import Pause
from bot.services.shop.catalog import Catalog
from bot.tasks import Nursery

_log = structlog.get_logger(__name__)

Beside = Callable[[Tx, Order], Awaitable[None]]
"""Written in the transaction that places an order, or not at all; a Refusal of it is the purchase's."""

_WRITE_WAIT = 1.0
_LOOK_AGAIN = 1.5
"""Seconds that a refusal waits for what the pair costs now, so that it can say it."""
_NOTHING_THERE = (Reason.NO_MATCH, Reason.OFFER_GONE)


@dataclass(frozen=True, slots=True)
class Wish:
    """What a tap on Buy asks for. `product_id`: an exact offer; its window is the one price on the button.

    `countries`: where the number may be of any of several; `country_id` is then the first of them.

    The rest is as an order has it, and of an order that nothing came before.
    """

    service_id: int
    country_id: int
    window: Window
    nonce: str
    product_id: str | None = None
    replaces: int | None = None
    attempt: int = 1
    tries: int = 1
    sequel: str | None = None
    give_up_after: int | None = None
    label_id: int | None = None
    countries: tuple[int, ...] = ()


class Checkout:
    """Places orders and carries purchases out."""

    def __init__(
        self,
        database: Database,
        partner: Partner,
        purchases: Nursery,
        catalog: Catalog,
        wallet: Wallet,
        recorder: Recorder,
        ages: Ages,
        lost: LostPurchases,
        pause: Pause,
        guard: Guard,
        writer: Writer,
        processes: Processes,
    ) -> None:
        self._database = database
        self._partner = partner
        self._purchases = purchases
        self._catalog = catalog
        self._account = partner.account
        self._wallet = wallet
        self._recorder = recorder
        self._ages = ages
        self._lost = lost
        self._pause = pause
        self._guard = guard
        self._writer = writer
        self._processes = processes

    async def buy(self, person_id: int, wish: Wish, beside: Beside | None = None) -> Order:
        """The order of this tap, durably written; its purchase runs on behind. A second tap gets the same order.

        `beside`: what else is written with a new order. Raises Refusal: nothing was written and nothing is bought.
        """
        if (known := await self.known(person_id, wish.nonce)) is not None:
            return known
        service = self._catalog.service(wish.service_id)
        countries = [self._catalog.country(one) for one in wish.countries or (wish.country_id,)]
        if wish.product_id is not None:
            await self._check_offer(wish)
        elif wish.window.low > wish.window.high or not self._partner.highest_cost(wish.window):
            raise Refusal(Reason.NO_MATCH)  # HidSim might read a maximum of nothing as no maximum
        else:
            wish = replace(wish, window=self._offered(wish))
        order, new = await self._place(person_id, wish, beside)
        if new:
            self._purchases.start(self._under_way(order, service, countries), f"purchase of order {order.id}")
        return order

    async def known(self, person_id: int, nonce: str) -> Order | None:
        """The order that a tap on this button got before."""
        async with self._database.read() as tx:
            return await orders.by_nonce(tx, person_id, nonce)

    def _offered(self, wish: Wish) -> Window:
        """The window up to the dearest offer known: no more is set aside than can be charged.

        Raises Refusal when offers read a moment ago all lie above the window, or all below it.
        """
        window, countries = wish.window, wish.countries or (wish.country_id,)
        prices = self._catalog.prices
        ladder = Ladder(tuple(prices.some_at_hand(wish.service_id, countries)))
        if not ladder:
            return window
        offered = ladder.everything()
        if offered.low <= window.high and window.low <= offered.high:
            return Window(window.low, min(window.high, offered.high))
        if prices.all_at_hand(wish.service_id, countries, fresh=True):
            currency = self._account.currency
            raise Refusal(Reason.NO_MATCH, amount=offered.low, limit=window.high, currency=currency)
        return window

    async def _check_offer(self, wish: Wish) -> None:
        """An exact offer is bought at the price on its button or not at all: read it again before."""
        service, country = self._catalog.service(wish.service_id), self._catalog.country(wish.country_id)
        self._catalog.prices.forget_offers(service.id, country.id)
        offers = (await self._catalog.prices.offers(service, country)).offers
        offer = next((o for o in offers if o.product_id == wish.product_id), None)
        if offer is None or offer.sold_out:
            prices = Ladder(offers).prices
            raise Refusal(Reason.OFFER_GONE, amount=prices[0] if prices else None, currency=self._account.currency)
        if offer.price > wish.window.high:
            raise Refusal(
                Reason.PRICE_MOVED, amount=offer.price, limit=wish.window.high, currency=self._account.currency
            )

    async def _place(self, person_id: int, wish: Wish, beside: Beside | None) -> tuple[Order, bool]:
        wished = {one.name: getattr(wish, one.name) for one in fields(wish)}
        new = orders.NewOrder(person_id=person_id, currency=self._account.currency, held=wish.window.high, **wished)
        async with self._database.write() as tx:
            signed = replace(new, process_id=await self._processes.sign(tx))
            order_id = await orders.add(tx, signed)
            if order_id is None:
                known = await orders.by_nonce(tx, person_id, wish.nonce)
                if known is None:
                    raise LookupError("an order of this nonce vanished")
                return known, False
            order = await orders.get(tx, order_id)
            if order is None:
                raise LookupError(f"order {order_id} vanished")
            await self._allow(tx, order)
            await self._hold(tx, order)
            if beside is not None:
                await beside(tx, order)
        return order, True

    async def _allow(self, tx: Tx, order: Order) -> None:
        """Called with the new order in place, so that it counts itself."""
        await self._pause.check(tx)
        await self._guard.check(tx, order.id)
        own = await own_limits.own(tx, order.person_id)
        limits = own.over(self._wallet.terms.limits)
        others = await figures.count(tx, order.person_id, in_progress=True) - 1
        if others >= limits.open_orders:
            raise Refusal(Reason.TOO_MANY_OPEN, count=others, limit=limits.open_orders)
        done = list(await hourly.purchases(tx, order.person_id))
        done.remove(order.placed_at)
        if (why := resting(Reason.TOO_MANY_PURCHASES, done, limits.purchases_an_hour, tx.now)) is not None:
            raise Refusal(why.reason, count=why.count, wait=why.wait)
        await self._wallet.allow(tx, order, own)

    async def _hold(self, tx: Tx, order: Order) -> None:
        try:
            step = moves.placed(order, guarded=self._wallet.guarded)
            await self._writer.carry_out(tx, order, step)
        except NotEnough:
            raise await self._wallet.no_credit(tx, order) from None

    async def _under_way(self, order: Order, service: Service, countries: Sequence[Country]) -> None:
        self._ages.meet(order.id, order.placed_at)
        with self._lost.under_way(order.id):
            await self._purchase(order, service, countries)

    async def _purchase(self, order: Order, service: Service, countries: Sequence[Country]) -> None:
        """Sends the purchase and writes its outcome. Only HidSim's own word makes it bought or refused.

        When it was given out to be sent is written with its outcome: nothing more is written before the request.
        """
        sent = (Entry(Act.ORDER_SENT, at=self._database.now()),)
        try:
            operation = await self._send(order, service, countries)
        except NotDone as error:
            refusal = error.facts.reason
            cheapest = await self._cheapest(order, service, countries) if refusal in _NOTHING_THERE else None
            noted = () if error.status is None or refusal is Reason.HIDSIM_SIGN_IN else sent
            await self._surely(lambda: self._refuse(order, refusal, cheapest, noted), order)
        except Exception as error:  # noqa: BLE001 - whatever it was, the request may have arrived
            why = str(error) if isinstance(error, Lost) else type(error).__name__
            _log.error("the outcome of a purchase is unknown", order=order.id, reason=why)
            await self._surely(lambda: self._lost.enter(order, beside=sent), order)
        else:
            reached("purchase.answered")
            await self._surely(lambda: self._recorder.record(order.id, operation, beside=sent), order, operation.id)

    async def _send(self, order: Order, service: Service, countries: Sequence[Country]) -> Answer:
        if order.product_id is not None:
            return await self._partner.buy_offer(order.product_id)
        prices = self._catalog.prices
        wanted = [one for one in countries if not prices.is_sold_out(service.id, one.id)] or countries
        at_hand = prices.all_at_hand(service.id, [one.id for one in wanted])
        return await self._partner.buy(service, wanted, order.window, at_hand)

    async def _cheapest(self, order: Order, service: Service, countries: Sequence[Country]) -> int | None:
        """What it costs at least, read anew: what was known of it is wrong. None when that is no explanation."""
        for country in countries:
            self._catalog.prices.forget_offers(service.id, country.id)
        try:
            async with asyncio.timeout(_LOOK_AGAIN):
                await self._catalog.prices.price(service, countries)
        except TimeoutError:
            pass
        found = self._catalog.prices.some_at_hand(service.id, [one.id for one in countries])
        prices = Ladder(tuple(found)).prices
        explains = prices and (order.product_id is not None or not order.window.holds(prices[0]))
        return prices[0] if explains else None

    async def _surely(
        self, write: Callable[[], Awaitable[object]], order: Order, operation_id: str | None = None
    ) -> None:
        """Writes an outcome however long the database is locked or full: it exists nowhere else. A drain ends it."""
        while True:
            try:
                await write()
            except DatabaseConflict:
                _log.critical("HidSim's answer contradicts another order", order=order.id, operation=operation_id)
                await self._surely(lambda: self._lost.enter(order), order)
                return
            except DatabaseFault as error:
                _log.critical(
                    "the outcome of a purchase can't be written; trying on",
                    order=order.id,
                    operation=operation_id,
                    error=str(error),
                )
                await asyncio.sleep(_WRITE_WAIT)
            else:
                return

    async def _refuse(self, order: Order, reason: Reason, cheapest: int | None, beside: Iterable[Entry]) -> None:
        """Of the order as it stands by now: its person may have labelled it, or wished it closed."""
        async with self._database.write() as tx:
            now = await orders.get(tx, order.id)
            if now is not None and now.state is order.state:
                step = moves.noted(moves.refused(now, reason, cheapest, tx.now), beside)
                await self._writer.carry_out(tx, now, step)
