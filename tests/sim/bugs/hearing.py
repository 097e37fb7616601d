"""Bugs on the way in: updates, taps and whose order a button is."""

from typing import Any

from bot.db.orders import orders
from bot.domain.orders import OrderCard
from bot.domain.refusals import Reason, Refusal
from bot.services.orders.own_orders import OwnOrders
from bot.telegram.intake import Intake
from bot.telegram.polling import Polling
from bot.telegram.raw import update_id
from bot.telegram.reading import Unreadable, read
from bot.telegram.session import RawUpdates
from bot.telegram.tap_answer import Answering
from tests.crash.mutants import put
from tests.sim.bugs.registry import bug


@bug("the shop works again")
def an_unreadable_update_stops_all_behind_it() -> None:
    """One strange forward of a stranger's, and nobody is heard until Telegram forgets it a day later."""
    fetch = Polling._fetch

    async def all_or_none(self: Polling, allowed: list[str]) -> list[Any]:
        batch = await fetch(self, allowed)
        if any(isinstance(read(raw, self._bot), Unreadable) for raw in batch):
            raise ValueError("an update that can't be read")
        return batch

    put(Polling, "_fetch", all_or_none)


@bug("every tap is heard")
def confirms_updates_before_they_are_handled() -> None:
    """What people tapped and wrote is gone when the bot can't handle it at once."""
    fetch = Polling._fetch

    async def confirmed(self: Polling, allowed: list[str]) -> list[Any]:
        batch = await fetch(self, allowed)
        if numbers := [number for raw in batch if (number := update_id(raw)) is not None]:
            self._offset = max(numbers) + 1
            await self._bot(RawUpdates(offset=self._offset, timeout=0, limit=1, allowed_updates=allowed))
        return batch

    put(Polling, "_fetch", confirmed)


@bug("the shop works again")
def is_deaf_after_a_poll_that_fails() -> None:
    """Telegram is down for a second, and nobody is heard until somebody restarts the bot."""

    async def until_it_fails(self: Polling) -> None:
        allowed = self._dispatcher.resolve_used_update_types()
        try:
            while True:
                await self._take_all(await self._fetch(allowed))
        except Exception:  # noqa: BLE001 - that is the bug
            return

    put(Polling, "run", until_it_fails)


@bug("a tap is answered once")
def handles_an_update_as_often_as_it_comes() -> None:
    """A switch that somebody tapped once is switched on and off again."""
    put(Intake, "_new", lambda _self, _what: True)


@bug("nothing is told to another")
def shows_anybodys_order() -> None:
    """Who changes the number in a button reads other people's codes, and closes their orders."""

    async def of_anybody(self: OwnOrders, _person_id: int, order_id: int) -> OrderCard:
        async with self._database.read() as tx:
            card = await orders.card(tx, order_id)
        if card is None:
            raise Refusal(Reason.NO_ORDER)
        return card

    put(OwnOrders, "card", of_anybody)


@bug("every tap is answered")
def answers_a_tap_only_with_a_toast() -> None:
    """A button goes on spinning under everything that is shown in place."""
    answer = Answering.answer

    async def with_words(self: Answering, toast: str | None = None, *, alert: bool = False) -> bool:
        return await answer(self, toast, alert=alert) if toast is not None else True

    put(Answering, "answer", with_words)
