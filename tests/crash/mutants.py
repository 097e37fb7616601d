"""Deliberate bugs, each a mistake that somebody could make here one day. A judge that does not see them is no judge.

They replace methods of the bot in the process that is born with them, and in no other.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from bot.domain import ledger, moves
from bot.domain.answer import Answer, Said
from bot.domain.ledger import Transfer
from bot.domain.no_answer import Lost, NotDone
from bot.domain.refusals import Reason
from bot.services.orders.checkout import Checkout
from bot.services.orders.lost import LostPurchases
from bot.services.orders.recorder import Recorder
from bot.services.telling.outbox import Outbox
from bot.services.telling.tellings import Telling
from bot.telegram.push import Pusher

MUTANTS: dict[str, Callable[[], None]] = {}


def mutant(make: Callable[[], None]) -> Callable[[], None]:
    MUTANTS[make.__name__] = make
    return make


def put(owner: object, name: str, new: object) -> None:
    """Fails for a name that is not there any more: a mutant of nothing would prove nothing."""
    assert hasattr(owner, name), name
    setattr(owner, name, new)


@mutant
def sends_a_lost_purchase_again() -> None:
    send = Checkout._send

    async def twice(self: Checkout, *order: Any) -> Answer:
        try:
            return await send(self, *order)
        except Lost:
            return await send(self, *order)

    put(Checkout, "_send", twice)


@mutant
def marks_notices_before_they_are_sent() -> None:
    claim = Outbox.claim

    async def marked(self: Outbox, limit: int, **which: Any) -> list[Telling]:
        tellings = await claim(self, limit, **which)
        for telling in tellings:
            await self.done(telling, None)
        return tellings

    put(Outbox, "claim", marked)


@mutant
def sends_every_notice_twice() -> None:
    push = Pusher._push

    async def twice(self: Pusher, telling: Telling) -> bool:
        screen = self._screen(telling)
        if screen is not None:
            await self._messenger.send(telling.notice.person_id, screen)
        return await push(self, telling)

    put(Pusher, "_push", twice)


@mutant
def forgets_what_a_dead_process_left() -> None:
    async def looks_away(self: LostPurchases, *_: Any) -> int:
        return 0

    put(LostPurchases, "take_over", looks_away)
    put(LostPurchases, "_find_stuck", looks_away)


@mutant
def keeps_the_hold_of_a_refused_purchase() -> None:
    refused = moves.refused

    def keeps(*facts: Any) -> moves.Step:
        return replace(refused(*facts), transfers=())

    put(moves, "refused", keeps)


@mutant
def charges_the_maximum_in_place_of_the_price() -> None:
    capture = ledger.capture

    def all_of_it(order_id: int, person_id: int, held: int, _charged: int) -> tuple[Transfer, ...]:
        return capture(order_id, person_id, held, held)

    def taken(order_id: int, person_id: int, revision: int, amount: int) -> Transfer:
        return Transfer(f"free:{order_id}:{revision}", ledger.held(person_id), ledger.REVENUE, amount, order_id)

    put(ledger, "capture", all_of_it)
    put(ledger, "free", taken)


@mutant
def calls_a_lost_purchase_refused() -> None:
    """Tells the person that nothing was bought, although nobody can know it."""
    send = Checkout._send

    async def sure(self: Checkout, *order: Any) -> Answer:
        try:
            return await send(self, *order)
        except Lost as error:
            raise NotDone(Reason.HIDSIM_DOWN, "surely") from error

    put(Checkout, "_send", sure)


@mutant
def drops_every_code() -> None:
    record = Recorder.record

    async def without_texts(self: Recorder, order_id: int, answer: Answer, **given: Any) -> None:
        await record(self, order_id, replace(answer, texts=(), code=None), **given)

    put(Recorder, "record", without_texts)


@mutant
def calls_an_order_refunded_when_hidsim_does_not_answer() -> None:
    poll = Recorder.poll

    async def guesses(self: Recorder, order_id: int, operation_id: str, *given: Any) -> Said:
        try:
            return await poll(self, order_id, operation_id, *given)
        except NotDone:
            ids = frozenset({operation_id.lower()})
            await self.record(order_id, Answer(operation_id, ids, "system_refunded"))
            return Said(None, 0)

    put(Recorder, "poll", guesses)
