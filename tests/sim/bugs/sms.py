"""Bugs that lose a code, though HidSim told it."""

from dataclasses import replace
from typing import Any

from bot.domain import sms
from bot.domain.answer import Answer
from bot.services.orders import inbox
from bot.services.orders.recorder import Recorder
from tests.crash.mutants import put
from tests.sim.bugs.registry import bug, mutant

mutant("drops_every_code", "every number and code is told", "A number without its code is worth nothing.")


@bug("every number and code is told")
def takes_two_sms_for_one() -> None:
    """The second SMS of a service begins like the first, and is not told."""
    put(inbox, "fingerprint", lambda text, nth=1: sms.fingerprint(text[:6], nth))
    put(inbox, "_corrects", lambda _known, _told: False)


@bug("every number and code is told")
def reads_only_the_first_sms() -> None:
    """Who asked for another SMS waits for a code that has come."""
    keyed = inbox.keyed

    def first(answer: Answer) -> Any:
        return keyed(replace(answer, texts=answer.texts[:1], code=None))

    put(inbox, "keyed", first)


@bug("every number and code is told")
def does_not_rescue_a_code_that_cannot_be_written() -> None:
    """While the disk is full codes wait for it, and lose their worth."""

    async def waits(*_: Any) -> None:
        return

    put(Recorder, "_rescue", waits)
