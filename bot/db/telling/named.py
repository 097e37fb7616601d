"""Notices to admins that name somebody: who came in, who asks to be let in, who asks for credit and what for."""

from collections.abc import Mapping

from sqlalchemy import ColumnElement, String, and_, cast, literal, select, update

from bot.db.database import Tx
from bot.db.schema import audit, credit_requests, invitations, notices
from bot.domain.acts import Act

_OF_THEIRS = ("name", "username", "reason")


async def forget_names(tx: Tx, person_id: int) -> None:
    """What these notices know of a person beside the id goes. Messages that were sent stay in their chats."""
    for number, detail in await _naming(tx, person_id):
        nameless = {**detail, **{field: "" for field in _OF_THEIRS if field in detail}}
        if nameless != detail:
            await tx.connection.execute(update(notices).where(notices.c.id == number).values(detail=nameless))


async def _naming(tx: Tx, person_id: int) -> list[tuple[int, Mapping[str, str]]]:
    """(id, detail), by the keys that were made of the person's id and of what belongs to them."""
    accepted = audit.c.person_id == person_id, audit.c.act == Act.PERSON_ACCEPTED.value
    invited = literal("invited:")
    wheres = [
        notices.c.key.in_(select(invited + invitations.c.code).where(invitations.c.used_by == person_id)),
        notices.c.key.in_(select(invited + cast(audit.c.id, String)).where(*accepted)),
        _begins(f"entry:{person_id}:"),
    ]
    asked = select(credit_requests.c.id).where(credit_requests.c.person_id == person_id)
    requests = (await tx.connection.execute(asked)).scalars().all()
    wheres += [_begins(f"credit-request:{number}:") for number in requests]
    query = select(notices.c.id, notices.c.detail)
    return [(row.id, row.detail) for where in wheres for row in await tx.connection.execute(query.where(where))]


def _begins(beginning: str) -> ColumnElement[bool]:
    """A range, because no index serves LIKE. `beginning` ends with a colon; a semicolon is the next sign."""
    return and_(notices.c.key >= beginning, notices.c.key < f"{beginning[:-1]};")
