"""How a request for credit ends, whoever ends it: once, and with the messages about it that nobody was sent yet."""

from bot.db import audit
from bot.db.database import Tx
from bot.db.money import credit_requests as requests
from bot.db.telling import unsent
from bot.domain.acts import Act
from bot.domain.credit_requests import CreditAnswer, CreditRequest

_ASKED = "credit-request"


def key_of(request_id: int, admin_id: int) -> str:
    """Of the notice that asks an admin."""
    return f"{_ASKED}:{request_id}:{admin_id}"


def key_of_answer(request_id: int) -> str:
    return f"credit-answer:{request_id}"


async def end(
    tx: Tx,
    request: CreditRequest,
    answer: CreditAnswer,
    *,
    by: int | None = None,
    granted: int | None = None,
) -> bool:
    """Whoever was not told of it by now is not told any more. False when it was answered before."""
    if not await requests.answer(tx, request.id, answer, by=by, granted=granted):
        return False
    await unsent.settle_beginning(tx, f"{_ASKED}:{request.id}:")
    return True


async def withdraw(tx: Tx, person_id: int) -> None:
    """What this person waits for, if anything."""
    request = await requests.waiting(tx, person_id)
    if request is not None:
        await end(tx, request, CreditAnswer.WITHDRAWN)
        facts = {"before": request.amount, "after": None, "request": request.id}
        await audit.write(tx, Act.CREDIT_WITHDRAWN, actor_id=person_id, person_id=person_id, detail=facts)
