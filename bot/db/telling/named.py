"""What names somebody to admins: who came in, who asks to be let in or for credit and what for, who paused buying."""

from collections.abc import Mapping

from sqlalchemy import ColumnElement, String, Table, cast, delete, func, literal, select, update

from bot.db.database import Tx
from bot.db.schema import audit, credit_requests, incidents, invitations, notices
from bot.db.telling.unsent import begins
from bot.domain.acts import Act

_OF_THEIRS = ("name", "username", "reason")
_PAUSED, _RESUMED = Act.BUYING_PAUSED.value, Act.BUYING_RESUMED.value


async def forget_names(tx: Tx, person_id: int) -> None:
    """What these notices know of a person beside the id goes. Messages that were sent stay in their chats.

    What was not sent by now would tell of nobody, and is not sent. What they waited for goes as a whole.
    """
    at = func.coalesce(notices.c.done_at, literal(tx.now, notices.c.done_at.type))
    for number, detail in await _naming(tx, person_id):
        nameless = {**detail, **{field: "" for field in _OF_THEIRS if field in detail}}
        values = {"detail": nameless, "done_at": at, "leased_until": None}
        await tx.connection.execute(update(notices).where(notices.c.id == number).values(values))

    await _forget_pauses(tx, person_id)
    await tx.connection.execute(delete(notices).where(begins(f"watch:{person_id}:")))


async def _forget_pauses(tx: Tx, person_id: int) -> None:
    """An incident and the audit's line about the pause that began or ended it have the same time.

    Looks at all incidents, where this person paused or resumed buying.
    """
    of_theirs = select(audit.c.act, audit.c.at).where(
        audit.c.act.in_([_PAUSED, _RESUMED]), audit.c.actor_id == person_id
    )
    done = [(row.act, row.at) for row in await tx.connection.execute(of_theirs)]
    paused, resumed = ([at for act, at in done if act == word] for word in (_PAUSED, _RESUMED))
    if paused:
        began = incidents.c.began_at.in_(paused)
        await _take_name(tx, "name", incidents, began)
        for number in (await tx.connection.execute(select(incidents.c.id).where(began))).scalars().all():
            await _take_name(tx, "name", notices, begins(f"incident:{number}:"))
    if resumed:
        ended = select(incidents.c.id).where(incidents.c.ended_at.in_(resumed))
        for number in (await tx.connection.execute(ended)).scalars().all():
            await _take_name(tx, "by", notices, begins(f"incident:{number}:over:"))


async def _take_name(tx: Tx, field: str, table: Table, where: ColumnElement[bool]) -> None:
    for row in (await tx.connection.execute(select(table.c.id, table.c.detail).where(where))).all():
        if field in row.detail:
            values = {"detail": {**row.detail, field: ""}}
            await tx.connection.execute(update(table).where(table.c.id == row.id).values(**values))


async def _naming(tx: Tx, person_id: int) -> list[tuple[int, Mapping[str, str]]]:
    """(id, detail), by the keys that were made of the person's id and of what belongs to them."""
    accepted = audit.c.person_id == person_id, audit.c.act == Act.PERSON_ACCEPTED.value
    invited = literal("invited:")
    wheres = [
        notices.c.key.in_(select(invited + invitations.c.code).where(invitations.c.used_by == person_id)),
        notices.c.key.in_(select(invited + cast(audit.c.id, String)).where(*accepted)),
        begins(f"entry:{person_id}:"),
    ]
    asked = select(credit_requests.c.id).where(credit_requests.c.person_id == person_id)
    requests = (await tx.connection.execute(asked)).scalars().all()
    wheres += [begins(f"credit-request:{number}:") for number in requests]
    query = select(notices.c.id, notices.c.detail)
    return [(row.id, row.detail) for where in wheres for row in await tx.connection.execute(query.where(where))]
