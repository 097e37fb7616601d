"""Requests for credit. Every function takes the caller's transaction."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, func, insert, select, update

from bot.db.database import Tx
from bot.db.schema import credit_requests, orders
from bot.domain.credit_requests import CreditAnswer, CreditRequest
from bot.domain.money import MICROS_PER_UNIT

_SOME = 20
"""Of the newest orders, to know what numbers cost here."""


def _request(row: Row[Any]) -> CreditRequest:
    known = set(CreditAnswer)
    return CreditRequest(
        row.id,
        row.person_id,
        row.amount,
        row.reason or "",
        row.basket,
        row.asked_at,
        CreditAnswer(row.answer) if row.answer in known else None,
        row.granted,
        row.answered_by,
        row.answered_at,
    )


async def add(tx: Tx, person_id: int, amount: int, reason: str, basket: str | None) -> int:
    """The new request's id. Raises DatabaseConflict while another one of this person waits."""
    new = insert(credit_requests).values(
        person_id=person_id, amount=amount, reason=reason or None, basket=basket, asked_at=tx.now
    )
    return int((await tx.connection.execute(new.returning(credit_requests.c.id))).scalar_one())


async def get(tx: Tx, request_id: int) -> CreditRequest | None:
    found = await tx.connection.execute(select(credit_requests).where(credit_requests.c.id == request_id))
    row = found.one_or_none()
    return None if row is None else _request(row)


_OF_PERSON = select(credit_requests).where(credit_requests.c.person_id == bindparam("person_id"))


async def waiting(tx: Tx, person_id: int) -> CreditRequest | None:
    """The one of this person that nobody has answered."""
    query = _OF_PERSON.where(credit_requests.c.answer.is_(None))
    row = (await tx.connection.execute(query, {"person_id": person_id})).one_or_none()
    return None if row is None else _request(row)


async def last_answered(tx: Tx, person_id: int, since: datetime) -> CreditRequest | None:
    """This person's last request, if an admin has answered it, not before `since`."""
    query = _OF_PERSON.order_by(credit_requests.c.id.desc()).limit(1)
    row = (await tx.connection.execute(query, {"person_id": person_id})).one_or_none()
    if row is None or row.answered_at is None or row.answered_at < since:
        return None
    last = _request(row)
    return last if last.answer in (CreditAnswer.GRANTED, CreditAnswer.DECLINED) else None


async def answer(
    tx: Tx, request_id: int, answer: CreditAnswer, *, by: int | None = None, granted: int | None = None
) -> bool:
    """Once: False when it was answered before."""
    query = (
        update(credit_requests)
        .where(credit_requests.c.id == request_id, credit_requests.c.answer.is_(None))
        .values(answer=answer.value, answered_by=by, answered_at=tx.now, granted=granted)
    )
    return (await tx.connection.execute(query)).rowcount == 1


async def take_over_basket(tx: Tx, request_id: int, basket: str) -> None:
    """What the person wants to buy by now, under the same request."""
    query = update(credit_requests).where(credit_requests.c.id == request_id).values(basket=basket)
    await tx.connection.execute(query)


async def usual_maximum(tx: Tx) -> int:
    """What people in this shop agree to pay for a number, in micro-units: the middle of the newest orders.

    A fifth of a unit where nobody has bought yet.
    """
    last = select(func.max(orders.c.id)).scalar_subquery()
    query = select(orders.c.window_high).where(orders.c.id > last - _SOME)
    found = sorted((await tx.connection.execute(query)).scalars())
    return found[len(found) // 2] if found else MICROS_PER_UNIT // 5


async def asked_since(tx: Tx, person_id: int, since: datetime, enough: int) -> Sequence[datetime]:
    """When the last requests were made, at most `enough` and none before `since` or ahead; the last one first."""
    query = (
        select(credit_requests.c.asked_at)
        .where(credit_requests.c.person_id == person_id)
        .order_by(credit_requests.c.id.desc())
        .limit(enough)
    )
    return [at for at in (await tx.connection.execute(query)).scalars() if since <= at <= tx.now]
