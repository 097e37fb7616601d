"""Bugs that let the log tell what concerns a person alone."""

from typing import Any

import structlog

from bot import logs
from bot.domain.answer import Answer
from bot.services.orders.recorder import Recorder
from tests.crash.mutants import put
from tests.sim.bugs.registry import bug

_log = structlog.get_logger(__name__)


def _before_it_records(told: Any) -> None:
    record = Recorder.record

    async def tells(self: Recorder, order_id: int, answer: Answer, *, by_person: bool = False) -> None:
        _log.warning("an answer came", order=order_id, **told(answer))
        await record(self, order_id, answer, by_person=by_person)

    put(Recorder, "record", tells)


@bug("no secret is logged")
def logs_numbers_as_figures() -> None:
    """Whoever reads the log knows the numbers: what is no text passes as it is."""
    _before_it_records(lambda answer: {"line": int("".join(filter(str.isdigit, answer.number or "0")))})


@bug("no secret is logged")
def logs_what_it_hears_as_it_is() -> None:
    """Whoever reads the log can sign in with other people's codes."""
    put(logs, "redact", lambda _logger, _name, event: event)
    _before_it_records(lambda answer: {"said": [sms.text for sms in answer.texts]})
