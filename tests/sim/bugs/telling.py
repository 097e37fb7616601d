"""Bugs on the way from what happened to the chat of whom it concerns."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from bot.db.database import Tx
from bot.db.orders import orders
from bot.domain.alerts import Alert
from bot.domain.moves import Told
from bot.domain.notices import Notice
from bot.domain.orders import Order
from bot.domain.people import Person
from bot.faults import DatabaseFault
from bot.screens.screen import Screen
from bot.services.orders.recorder import Recorder
from bot.services.orders.writer import Writer
from bot.services.people.people import People
from bot.services.people.staff import Staff
from bot.services.telling.alerts import Alerts
from bot.services.telling.cards import Cards, StaleCard
from bot.services.telling.outbox import Outbox
from bot.services.telling.tellings import Telling
from bot.services.telling.unsaved import Unsaved
from bot.tasks import Nursery
from bot.telegram.push import Pusher
from tests.crash.mutants import put
from tests.sim.bugs.registry import bug, mutant

mutant(
    "marks_notices_before_they_are_sent",
    "every number and code is told",
    "A death, or an answer of Telegram's that fails, and a code is never told.",
)
mutant(
    "sends_every_notice_twice",
    "nothing is told twice without need",
    "Every code rings twice.",
)


@bug("what is told is true")
def writes_notices_after_the_commit() -> None:
    """Whoever's order ends just before a death is never told of it."""
    begin, tell, late = Recorder.__init__, Writer.tell, Nursery()

    def begins(self: Recorder, database: Any, partner: Any, writer: Any, *others: Any) -> None:
        begin(self, database, partner, writer, *others)
        writer.database = database

    async def later(self: Any, tx: Tx, order: Order, told: Iterable[Told]) -> None:
        notices = tuple(told)

        async def write() -> None:
            async with self.database.write() as after:
                await tell(self, after, order, notices)

        if notices:
            tx.after_commit(lambda: late.start(write(), "notices"))

    put(Recorder, "__init__", begins)
    put(Writer, "tell", later)


@bug("nothing is told to another")
def remembers_one_chat_for_all_lanes() -> None:
    """When two messages are on their way at once one person gets the other's code."""
    push, send = Pusher._push, Pusher._send

    async def notes(self: Any, telling: Telling) -> bool:
        self.chat = telling.notice.person_id
        return await push(self, telling)

    async def to_the_last_one(self: Any, telling: Telling, screen: Screen) -> int | None:
        notice = replace(telling.notice, person_id=self.chat)
        return await send(self, replace(telling, notice=notice), screen)

    put(Pusher, "_push", notes)
    put(Pusher, "_send", to_the_last_one)


@bug("every number and code is told")
def throws_away_what_an_unreachable_person_was_to_get() -> None:
    """Who blocked the bot for a minute never gets the code that they paid for."""

    async def gives_up(self: Outbox, notice: Notice) -> None:
        await self.done(Telling(notice, None, None, None, None), None)

    put(Outbox, "unreachable", gives_up)


@bug("everything ends")
def does_not_see_that_somebody_came_back() -> None:
    """Who blocked the bot once gets no message by it any more."""
    meet = People._write_down

    async def as_before(self: People, met: Person, known: Person | None) -> None:
        if known is None or known.unreachable_at is None:
            await meet(self, met, known)

    async def nothing(*_: Any) -> None:
        return

    put(People, "_write_down", as_before)
    put(People, "came_back", nothing)


@bug("every number and code is told")
def gives_a_notice_up_when_telegram_fails() -> None:
    """A code that comes while Telegram is down is lost."""

    async def gives_up(self: Pusher, telling: Telling, _error: Exception) -> None:
        await self._home(telling).done(telling, None)

    put(Pusher, "_refused", gives_up)


@bug("nothing is told twice without need")
def forgets_what_it_sent_when_that_cannot_be_written() -> None:
    """While the disk is full the same code rings again and again."""

    async def forgets(self: Outbox, telling: Telling, message_id: int | None, over: Any = None) -> None:
        try:
            await self._write_done(telling, message_id, over)
        except DatabaseFault:
            return

    put(Outbox, "done", forgets)


@bug("nothing is told twice without need")
def tells_a_rescued_code_again() -> None:
    """A code that came while nothing could be written rings a second time when something can."""
    put(Unsaved, "was_sent", lambda _self, _key: False)


@bug("what is told is true")
def calls_a_card_drawn_as_of_now() -> None:
    """What happened while a card was drawn is never shown on it."""
    drawn = Cards.drawn

    async def as_of_now(self: Cards, stale: StaleCard) -> None:
        async with self._database.read() as tx:
            order = await orders.get(tx, stale.card.order_id)
        assert order is not None
        await drawn(self, replace(stale, facts=replace(stale.facts, order=order)))

    put(Cards, "drawn", as_of_now)


@bug("alarms are for admins")
def tells_alerts_to_the_buyer() -> None:
    """A person reads what only the operator can do anything about, and the operator does not."""
    raise_in = Alerts.raise_in

    async def to_the_buyer(self: Alerts, tx: Tx, alert: Alert) -> None:
        order = None if alert.order_id is None else await orders.get(tx, alert.order_id)
        await raise_in(self if order is None else Alerts(Staff([order.person_id])), tx, alert)

    put(Alerts, "raise_in", to_the_buyer)
