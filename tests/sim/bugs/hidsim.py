"""Bugs in how HidSim's answers are understood."""

from collections.abc import Awaitable, Callable
from typing import Any

from bot.domain.answer import Answer
from bot.domain.no_answer import Lost, NotFound, TooEarly
from bot.hidsim import client
from bot.hidsim.pace import Pace
from bot.hidsim.session import Session
from bot.services.orders import identity
from bot.services.partner import Partner
from tests.crash.mutants import put
from tests.sim.bugs.registry import bug


def _ended(operation_id: str, state: str) -> Answer:
    return Answer(operation_id, frozenset({operation_id.lower()}), state)


@bug("what is told is true")
def takes_too_early_for_closed() -> None:
    """Told that the number is given back and nothing is paid; HidSim goes on and charges the shop."""
    close = Partner.close

    async def closed(self: Partner, operation_id: str) -> Answer:
        try:
            return await close(self, operation_id)
        except TooEarly:
            return _ended(operation_id, "user_refunded")

    put(Partner, "close", closed)


@bug("a close is sent once")
def closes_again_without_a_look() -> None:
    """A close whose answer was lost is sent a second time, though it may have been done."""
    close = Partner.close

    async def again(self: Partner, operation_id: str) -> Answer:
        try:
            return await close(self, operation_id)
        except Lost:
            return await close(self, operation_id)

    put(Partner, "close", again)


@bug("what is told is true")
def takes_an_unknown_operation_for_a_refunded_one() -> None:
    """One wrong 404 of HidSim's, and a person's open number is gone; its code comes to nobody."""

    def believing(ask: Callable[..., Awaitable[Answer]]) -> Callable[..., Awaitable[Answer]]:
        async def ended(self: Partner, operation_id: str, *given: Any) -> Answer:
            try:
                return await ask(self, operation_id, *given)
            except NotFound:
                return _ended(operation_id, "system_refunded")

        return ended

    put(Partner, "ask", believing(Partner.ask))
    put(Partner, "poll", believing(Partner.poll))  # type: ignore[arg-type]


@bug("everything ends")
def keeps_a_token_that_was_refused() -> None:
    """From the first token that HidSim takes back nobody can buy or hear of a code until somebody restarts the bot."""

    async def the_same(_self: Session, refused: str) -> str:
        return refused

    put(Session, "another_than", the_same)


@bug("the shop works again")
def takes_seconds_for_minutes() -> None:
    """HidSim asks to wait for some seconds, and codes wait for minutes."""
    hold = Pace.hold

    def for_long(self: Pace, seconds: float) -> None:
        hold(self, seconds * 60)

    put(Pace, "hold", for_long)


@bug("nothing is told to another")
def believes_an_answer_about_another_operation() -> None:
    """A mistake of HidSim's or of a proxy's shows one person the number and the codes of another one."""

    async def never(*_: Any) -> bool:
        return False

    put(client, "_same", lambda found, _asked: found)
    put(identity, "is_strange", never)
