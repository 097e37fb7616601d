"""Deliberate bugs, each a mistake that somebody could make here one day. A judge that does not see them is no judge."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from bot.hidsim import HidSimError, NotSent, Operation, OutcomeUnknown
from bot.services import wallet
from bot.services.checkout import Checkout
from bot.services.outbox import Outbox, Parcel
from bot.services.tracker import Tracker
from bot.services.unconfirmed import Unconfirmed


def sends_a_lost_purchase_again() -> None:
    send = Checkout._send

    async def twice(self: Checkout, *order: Any) -> Operation:
        try:
            return await send(self, *order)
        except OutcomeUnknown:
            return await send(self, *order)

    Checkout._send = twice  # type: ignore[method-assign]


def marks_notices_before_they_are_sent() -> None:
    claim = Outbox.claim

    async def marked(self: Outbox, limit: int) -> list[Parcel]:
        parcels = await claim(self, limit)
        for parcel in parcels:
            await self.done(parcel, None)
        return parcels

    Outbox.claim = marked  # type: ignore[method-assign]


def never_marks_a_notice() -> None:
    """Every restart, and every end of a lease, brings the same message again."""

    async def forgets(self: Outbox, parcel: Parcel, message_id: int | None) -> None:
        return None

    Outbox.done = forgets  # type: ignore[method-assign]


def forgets_what_a_dead_process_left() -> None:
    async def looks_away(self: Unconfirmed) -> int:
        return 0

    Unconfirmed.take_over = looks_away  # type: ignore[method-assign]


def keeps_the_hold_of_a_refused_purchase() -> None:
    async def keeps(*_: Any) -> None:
        return None

    wallet.release = keeps


def calls_a_lost_purchase_refused() -> None:
    """Tells the person that nothing was bought, although nobody can know it."""
    send = Checkout._send

    async def sure(self: Checkout, *order: Any) -> Operation:
        try:
            return await send(self, *order)
        except OutcomeUnknown as error:
            raise NotSent("surely") from error

    Checkout._send = sure  # type: ignore[method-assign]


def drops_every_code() -> None:
    record = Tracker.record

    async def without_texts(self: Tracker, order_id: int, operation: Operation, *, by_person: bool = False) -> None:
        await record(self, order_id, replace(operation, texts=(), code=None), by_person=by_person)

    Tracker.record = without_texts  # type: ignore[method-assign]


def gives_up_on_an_unreadable_operation() -> None:
    """Books a refund of its own when HidSim does not answer."""
    read = Tracker.read

    async def guesses(self: Tracker, order: Any, urgency: Any) -> None:
        try:
            await read(self, order, urgency)
        except HidSimError:
            refunded = Operation(id=order.operation_id, short_id=None, state="system_refunded")
            await self.record(order.id, refunded)

    Tracker.read = guesses  # type: ignore[method-assign]


MUTANTS: dict[str, Callable[[], None]] = {
    found.__name__: found
    for found in (
        sends_a_lost_purchase_again,
        marks_notices_before_they_are_sent,
        never_marks_a_notice,
        forgets_what_a_dead_process_left,
        keeps_the_hold_of_a_refused_purchase,
        calls_a_lost_purchase_refused,
        drops_every_code,
        gives_up_on_an_unreadable_operation,
    )
}
