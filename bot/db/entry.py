"""Strangers who asked to be let in, once each. Every function takes the caller's transaction."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, insert, select, update

from bot.db.database import Tx
from bot.db.schema import entry_requests
from bot.db.telling import unsent
from bot.domain.entry import EntryAnswer, EntryRequest, Stranger

_ANSWERS = frozenset(EntryAnswer)


def _request(row: Row[Any]) -> EntryRequest:
    """An answer that another release knows is one, and nobody is asked again."""
    answer = None
    if row.answer is not None:
        answer = EntryAnswer(row.answer) if row.answer in _ANSWERS else EntryAnswer.IGNORED
    stranger = Stranger(row.person_id, row.name, row.username, row.language)
    return EntryRequest(stranger, row.asked_at, answer, row.answered_by)


async def get(tx: Tx, person_id: int) -> EntryRequest | None:
    query = select(entry_requests).where(entry_requests.c.person_id == person_id)
    row = (await tx.connection.execute(query)).one_or_none()
    return None if row is None else _request(row)


async def add(tx: Tx, stranger: Stranger) -> None:
    await tx.connection.execute(
        insert(entry_requests).values(
            person_id=stranger.id,
            name=stranger.name,
            username=stranger.username,
            language=stranger.language,
            asked_at=tx.now,
        )
    )


async def answer(tx: Tx, person_id: int, answer: EntryAnswer, by: int) -> bool:
    """False: there is no request of theirs, or it was answered before. Admins who were not reached are not asked."""
    waits = (entry_requests.c.person_id == person_id, entry_requests.c.answer.is_(None))
    values = {"answer": answer.value, "answered_by": by, "answered_at": tx.now}
    done = await tx.connection.execute(update(entry_requests).where(*waits).values(values))
    if not done.rowcount:
        return False
    await unsent.settle_beginning(tx, notice_key(person_id, ""))
    return True


def notice_key(person_id: int, admin_id: int | str) -> str:
    """Of the notice that asks an admin about a stranger."""
    return f"entry:{person_id}:{admin_id}"


async def asked_since(tx: Tx, since: datetime) -> int:
    """How many asked, whatever was answered."""
    asked = (entry_requests.c.asked_at >= since, entry_requests.c.asked_at <= tx.now)
    query = select(func.count()).select_from(entry_requests).where(*asked)
    return int((await tx.connection.execute(query)).scalar_one())


async def waiting_since(tx: Tx, since: datetime) -> int:
    """How many asked since then and got no answer."""
    waits = (entry_requests.c.answer.is_(None), entry_requests.c.asked_at >= since)
    query = select(func.count()).select_from(entry_requests).where(*waits)
    return int((await tx.connection.execute(query)).scalar_one())
