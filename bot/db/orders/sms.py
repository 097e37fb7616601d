"""The SMS of orders."""

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from sqlalchemy import Row, bindparam, select, update

from bot.db.database import Tx
from bot.db.schema import sms
from bot.db.telling.hiding import HIDE_AT
from bot.db.upsert import upsert
from bot.domain.orders import Sms
from bot.domain.seals import is_sealed


async def add(tx: Tx, order_id: int, fingerprint: str, message: Sms) -> int | None:
    """The id of a new SMS, or None when it is known: the same SMS is read many times."""
    statement = (
        upsert(sms)
        .values(
            order_id=order_id,
            fingerprint=fingerprint,
            text=message.text,
            code=message.code,
            guessed=message.guessed,
            sender=message.sender,
            received_at=message.received_at,
        )
        .on_conflict_do_nothing(index_elements=["order_id", "fingerprint"])
        .returning(sms.c.id)
    )
    found: int | None = (await tx.connection.execute(statement)).scalar_one_or_none()
    return found


async def complete(tx: Tx, sms_id: int, fingerprint: str, message: Sms) -> None:
    """An SMS gets the text, or the code, that HidSim gave only later."""
    statement = (
        update(sms)
        .where(sms.c.id == sms_id)
        .values(
            fingerprint=fingerprint,
            text=message.text,
            code=message.code,
            guessed=message.guessed,
            sender=message.sender,
            received_at=message.received_at,
        )
    )
    await tx.connection.execute(statement)


def _sms(row: Row[Any]) -> Sms:
    erased = is_sealed(row.fingerprint)
    return Sms(row.id, row.text, row.code, row.sender, row.received_at, row.guessed, erased)


async def keyed(tx: Tx, order_id: int) -> dict[str, Sms]:
    """An order's SMS by their fingerprints, or by their seals where they are erased, oldest first."""
    found = await tx.connection.execute(select(sms).where(sms.c.order_id == order_id).order_by(sms.c.id))
    return {r.fingerprint: _sms(r) for r in found}


async def keyed_of(tx: Tx, ids: Collection[int]) -> dict[int, dict[str, Sms]]:
    """By order, each by its fingerprint, without what is erased; without orders that have none."""
    found: dict[int, dict[str, Sms]] = {}
    for r in await tx.connection.execute(_OF_ORDERS, {"ids": list(ids)}):
        if not is_sealed(r.fingerprint):
            found.setdefault(r.order_id, {})[r.fingerprint] = _sms(r)
    return found


async def of_order(tx: Tx, order_id: int) -> tuple[Sms, ...]:
    return (await of_orders(tx, [order_id])).get(order_id, ())


_SHOWN = select(sms, HIDE_AT).where(sms.c.order_id.in_(bindparam("ids", expanding=True))).order_by(sms.c.id)
_OF_ORDERS = select(sms).where(sms.c.order_id.in_(bindparam("ids", expanding=True))).order_by(sms.c.id)


async def of_orders(tx: Tx, ids: Collection[int]) -> dict[int, tuple[Sms, ...]]:
    """By order, oldest first, each as hidden as its person wants it now; without orders that have none."""
    found: dict[int, list[Sms]] = {}
    for r in await tx.connection.execute(_SHOWN, {"ids": list(ids)}):
        hidden = r.hide_at is not None and r.hide_at <= tx.now
        found.setdefault(r.order_id, []).append(replace(_sms(r), hidden=hidden))
    return {order_id: tuple(texts) for order_id, texts in found.items()}


async def with_code(tx: Tx, ids: Collection[int]) -> frozenset[int]:
    """Which of these orders have an SMS with a code."""
    query = select(sms.c.order_id).where(sms.c.order_id.in_(ids), sms.c.code.is_not(None))
    return frozenset((await tx.connection.execute(query)).scalars())


async def get(tx: Tx, sms_id: int) -> Sms | None:
    r = (await tx.connection.execute(select(sms).where(sms.c.id == sms_id))).one_or_none()
    return None if r is None else _sms(r)
