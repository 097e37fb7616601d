"""Bugs that cost somebody money, or make the books wrong."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from bot.db.database import Tx
from bot.db.orders import orders, worklist
from bot.domain import ledger, moves
from bot.domain.answer import Answer
from bot.domain.ledger import Ref, Transfer
from bot.domain.money import Cost, Price
from bot.domain.orders import Order, OrderState
from bot.domain.progress import Change
from bot.hidsim import Operation
from bot.services.orders.lost import LostPurchases
from bot.services.orders.recorder import Recorder
from bot.services.partner import Partner, Urgency
from tests.crash.mutants import put
from tests.sim.bugs.registry import bug, mutant

mutant(
    "keeps_the_hold_of_a_refused_purchase",
    "the books are even",
    "The money of a purchase that was refused never comes back.",
)
mutant(
    "charges_the_maximum_in_place_of_the_price",
    "the books are even",
    "People pay the most that they agreed to, every time.",
)
mutant(
    "calls_an_order_refunded_when_hidsim_does_not_answer",
    "what is told is true",
    "An open number is called refunded; its code comes to nobody, and the shop pays.",
)


@bug("the books are even")
def captures_twice() -> None:
    """What a person pays is taken twice out of what is set aside for their orders."""
    capture = ledger.capture

    def twice(*facts: int) -> tuple[Transfer, ...]:
        taken = capture(*facts)
        return *taken, *(replace(one, ref=Ref(f"{one.ref}:again")) for one in taken)

    put(ledger, "capture", twice)


@bug("the books are even")
def gives_a_hold_back_twice() -> None:
    """Every purchase that comes to nothing makes its person richer."""
    release = moves._release

    def twice(order: Order) -> Iterator[Transfer]:
        for back in release(order):
            yield back
            yield replace(back, ref=Ref(f"{back.ref}:again"))

    put(moves, "_release", twice)


@bug("the books are even")
def a_word_about_a_released_purchase_gives_its_hold_back_again() -> None:
    """An admin who judges a lost purchase after its hold came back pays it a second time."""
    judged = moves.judged

    def again(order: Order, *facts: Any, bought: bool) -> moves.Step:
        step = judged(order, *facts, bought=bought)
        if order.state is not OrderState.RELEASED or not order.held:
            return step
        back = replace(ledger.release(order.id, order.person_id, order.held), ref=Ref(f"judged:{order.id}"))
        return replace(step, transfers=(*step.transfers, back))

    put(moves, "judged", again)


@bug("the books are even")
def sets_nothing_free() -> None:
    """While somebody waits for a code their wallet lacks more than the number can cost."""
    advance = moves.advance

    def keeps(order: Order, *told: Any) -> Change | None:
        change = advance(order, *told)
        if change is None or not change.set_free:
            return change
        return replace(change, set_free=0) if change.new_number or change.state is not order.state else None

    put(moves, "advance", keeps)


@bug("the books are even")
def forgets_that_hidsim_gives_a_cost_back() -> None:
    """The books say that HidSim kept the money for numbers that brought nothing."""
    money = moves._money

    def without(*facts: Any) -> Iterator[Transfer]:
        return (one for one in money(*facts) if not one.ref.startswith("cost-back:"))

    put(moves, "_money", without)


@bug("people pay what hidsim charged")
def forgets_the_markup() -> None:
    """People see a price with the operator's share in it and are charged without it."""
    answer = Partner._answer

    def at_cost(self: Partner, operation: Operation) -> Answer:
        told = answer(self, operation)
        return replace(told, price=None if told.cost is None else Price(told.cost))

    put(Partner, "_answer", at_cost)


@bug("what is told is true")
def ends_an_order_by_our_own_clock() -> None:
    """A clock that is wrong, or a code in the last second, and an open number is called refunded."""
    read = Recorder.read

    async def when_it_is_time(self: Recorder, order: Order, urgency: Urgency) -> None:
        if order.live and order.expires_at is not None and self._database.now() >= order.expires_at:
            ids = frozenset({str(order.operation_id).lower()})
            await self.record(order.id, Answer(str(order.operation_id), ids, "system_refunded"))
        else:
            await read(self, order, urgency)

    put(Recorder, "read", when_it_is_time)


@bug("holds come back in time")
def releases_a_lost_purchase_at_once() -> None:
    """Its number may still come, and nobody would pay for it any more."""

    async def all_of_them(tx: Tx) -> Sequence[Order]:
        return await orders.in_state(tx, OrderState.UNCONFIRMED)

    put(worklist, "to_release", all_of_them)


@bug("everything ends")
def never_releases_a_lost_purchase() -> None:
    """Told that the money comes back in a minute; it does not."""

    @wraps(LostPurchases.release_due)
    async def looks_away(self: LostPurchases) -> None:
        await self._find_stuck()

    put(LostPurchases, "release_due", looks_away)


@bug("holds come back in time")
def promises_a_release_from_the_loss_on() -> None:
    """The money comes back later than the screen of the purchase said."""
    step = moves.lost

    def later(order: Order, evidence: Any, release_after: timedelta, *stage: Any) -> moves.Step:
        return step(order, evidence, release_after * 3, *stage)

    put(moves, "lost", later)


@bug("what was bought after all is booked")
def books_what_was_bought_after_all_by_its_lowest_price() -> None:
    """A lost purchase that an admin calls bought is booked for less than HidSim may have taken."""
    judged = moves.judged

    def cheaply(order: Order, highest_cost: Cost, admin_id: int, now: datetime, *, bought: bool) -> moves.Step:
        return judged(order, Cost(highest_cost // 2), admin_id, now, bought=bought)

    put(moves, "judged", cheaply)
