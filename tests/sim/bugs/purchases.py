"""Bugs around a purchase: sent once, whatever happens, for an order that is allowed and written."""

from contextlib import nullcontext
from dataclasses import replace
from datetime import timedelta
from itertools import count
from types import SimpleNamespace
from typing import Any

from bot.db.database import Tx
from bot.db.orders import orders
from bot.domain.answer import Answer
from bot.domain.no_answer import Lost, NotDone
from bot.domain.orders import Order
from bot.faults import DatabaseFault
from bot.hidsim import answers
from bot.hidsim.errors import TooManyRequests
from bot.hidsim.exchange import Exchange
from bot.running import App
from bot.services.orders import lost
from bot.services.orders.checkout import Checkout, Wish
from bot.services.orders.lost import LostPurchases
from bot.services.safety.pause import Pause
from tests.crash.mutants import put
from tests.sim.bugs.registry import bug, mutant

mutant("sends_a_lost_purchase_again", "sent once", "A person pays for two numbers and gets one.")
mutant("calls_a_lost_purchase_refused", "bought once", "Told that nothing was bought; HidSim sold a number.")


@bug("sent once")
def sends_a_purchase_again_after_too_many() -> None:
    """The contract says to send a purchase once; a refusal by a proxy in between may not be HidSim's."""
    buy = Exchange.buy

    async def again(self: Exchange, *what: Any) -> answers.Answer:
        try:
            return await buy(self, *what)
        except TooManyRequests:
            return await buy(self, *what)

    put(Exchange, "buy", again)


@bug("doubt has a reason")
def calls_a_refused_purchase_lost() -> None:
    """Nothing was bought, and the person's money is set aside for as long as if it might have been."""
    send = Checkout._send

    async def unsure(self: Checkout, *order: Any) -> Answer:
        try:
            return await send(self, *order)
        except NotDone as error:
            raise Lost(error.why) from error

    put(Checkout, "_send", unsure)


@bug("sent once")
def buys_before_the_order_is_written() -> None:
    """Who is over a limit is told that nothing was bought, and a death in between leaves a number that is nobody's."""
    place, send = Checkout._place, Checkout._send
    came: dict[str, Answer | NotDone | Lost] = {}

    async def after(self: Checkout, person_id: int, wish: Wish) -> tuple[Order, bool]:
        shown: Any = SimpleNamespace(product_id=wish.product_id, window=wish.window)
        pair = self._catalog.service(wish.service_id), self._catalog.country(wish.country_id)
        try:
            came[wish.nonce] = await send(self, shown, *pair)
        except (NotDone, Lost) as error:
            came[wish.nonce] = error
        return await place(self, person_id, wish)

    async def was_sent(_self: Checkout, order: Order, *_: Any) -> Answer:
        answer = came[order.nonce]
        if isinstance(answer, Exception):
            raise answer
        return answer

    put(Checkout, "_place", after)
    put(Checkout, "_send", was_sent)


@bug("a tap is one order")
def takes_a_second_tap_for_a_second_wish() -> None:
    """Whose thumb trembles buys two numbers."""
    buy, taps = Checkout.buy, count()

    async def anew(self: Checkout, person_id: int, wish: Wish) -> Order:
        return await buy(self, person_id, replace(wish, nonce=f"{wish.nonce}-{next(taps)}"))

    put(Checkout, "buy", anew)


@bug("everything ends")
def gives_up_an_outcome_that_cannot_be_written() -> None:
    """While the disk is full a number is bought of which its person never hears."""

    async def once(_self: Checkout, write: Any, *_: Any) -> None:
        try:
            await write()
        except DatabaseFault:
            return

    put(Checkout, "_surely", once)


@bug("doubt has a reason")
def takes_a_slow_purchase_for_a_stuck_one() -> None:
    """Told that nobody knows whether it was bought, while HidSim is about to say so."""
    put(lost, "_LONGEST_PURCHASE", timedelta(seconds=2))
    put(LostPurchases, "under_way", lambda _self, _order_id: nullcontext())


@bug("doubt has a reason")
def a_stop_does_not_wait_for_purchases() -> None:
    """With each update of the bot somebody's purchase becomes one of which nobody knows the end."""
    drain = App.drain

    async def at_once(self: App, hearing: Any) -> None:
        self.pace = replace(self.pace, purchase_drain=0)
        await drain(self, hearing)

    put(App, "drain", at_once)


@bug("the books are even")
def does_not_look_whether_somebody_was_quicker() -> None:
    """What another process or a late answer did to an order meanwhile is written over."""
    move = orders.move

    async def blindly(tx: Tx, order: Order, after: Order) -> bool:
        stands = await orders.get(tx, order.id)
        assert stands is not None
        return await move(tx, replace(order, state=stands.state, revision=stands.revision), after)

    put(orders, "move", blindly)


@bug("limits are kept")
def forgets_the_limits() -> None:
    """Somebody has more orders in progress than the operator allows, and spends more a day."""

    async def allows(self: Checkout, tx: Tx, _order: Order) -> None:
        await self._pause.check(tx)

    put(Checkout, "_allow", allows)


@bug("nothing is bought while buying is paused")
def sells_while_buying_is_paused() -> None:
    """The operator stopped buying, and numbers are bought all the same."""

    async def goes_on(_self: Pause, _tx: Tx) -> None:
        return

    put(Pause, "check", goes_on)
