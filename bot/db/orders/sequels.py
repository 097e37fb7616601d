"""What is to follow orders, how far a chain of them goes back, and when one is given up."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, select, update

from bot.db.database import Tx
from bot.db.orders.orders import read, selected, show_anew
from bot.db.schema import orders
from bot.domain.orders import LIVE, Order
from bot.domain.sequels import Sequel

_LIVE = [state.value for state in LIVE]
MOST = 50
_DUE = (
    selected()
    .where(
        orders.c.id > bindparam("after"),
        orders.c.sequel.is_not(None),
        orders.c.finished_at.is_not(None) | orders.c.turned_down_at.is_not(None),
    )
    .order_by(orders.c.id)
    .limit(MOST)
)
"""Built once, as the others here: asked every second."""


async def due(tx: Tx, after: int = 0) -> list[Order]:
    """Ended orders that another one is to follow, and live ones whose person waits for that.

    By their ids, those behind `after`, `MOST` of them.
    """
    return await read(tx, _DUE, {"after": after})


async def awaited(tx: Tx, person_id: int) -> Sequence[int]:
    """Ids of a person's orders that have ended and that another one is about to follow."""
    return list((await tx.connection.execute(_AWAITED, {"person_id": person_id})).scalars())


_AWAITED = select(orders.c.id).where(
    orders.c.sequel.is_not(None), orders.c.finished_at.is_not(None), orders.c.person_id == bindparam("person_id")
)


async def set_sequel(tx: Tx, order_id: int, sequel: Sequel, country_id: int | None) -> bool:
    """The service did not take its number: it is to be closed, and this follows. False for an order that has ended."""
    values = {"sequel": sequel.value, "sequel_country_id": country_id, "turned_down_at": tx.now, "close_wanted": True}
    this = update(orders).where(orders.c.id == order_id, orders.c.state.in_(_LIVE))
    return await _done(tx, order_id, this.values(**values))


async def take(tx: Tx, order_id: int) -> bool:
    """Nothing is to follow it any more, because it does, or is not to. False when nothing was: somebody was quicker."""
    this = update(orders).where(orders.c.id == order_id, orders.c.sequel.is_not(None))
    return await _done(tx, order_id, this.values(sequel=None))


async def followed(tx: Tx, order_id: int) -> None:
    """Another order follows it: cards show that."""
    this = update(orders).where(orders.c.id == order_id)
    await _done(tx, order_id, this.values(sequel=None))


async def _done(tx: Tx, order_id: int, change: object) -> bool:
    done = (await tx.connection.execute(change)).rowcount == 1  # type: ignore[call-overload]
    if done:
        await show_anew(tx, order_id)
    return bool(done)


async def countries_tried(tx: Tx, order_id: int) -> Sequence[int]:
    """Ids of the countries of this order and of all before it in its chain, and of all that these asked for."""
    rows = await tx.connection.execute(_TRIED, {"last": order_id})
    return list({one for row in rows for one in (row.country_id, *(row.countries or ()))})


async def begins_until(tx: Tx, order_id: int, newest: int) -> bool:
    """Whether an order before it in its chain has an id up to this."""
    return (await tx.connection.execute(_BEGINS, {"last": order_id, "newest": newest})).first() is not None


_LINK = (orders.c.id, orders.c.country_id, orders.c.countries, orders.c.replaces)
_BEFORE = select(*_LINK).where(orders.c.id == bindparam("last")).cte(recursive=True)
_CHAIN = _BEFORE.union_all(select(*_LINK).join(_BEFORE, orders.c.id == _BEFORE.c.replaces))
_TRIED = select(_CHAIN.c.country_id, _CHAIN.c.countries)
_BEGINS = select(_CHAIN.c.id).where(_CHAIN.c.id <= bindparam("newest"))


async def set_limit(tx: Tx, order_id: int, seconds: int | None) -> None:
    """Of an order that lives. Cards show it."""
    this = update(orders).where(orders.c.id == order_id, orders.c.state.in_(_LIVE))
    await _done(tx, order_id, this.values(give_up_after=seconds))


_LIMITED = select(orders.c.id, orders.c.number_at, orders.c.give_up_after).where(
    orders.c.give_up_after.is_not(None),
    orders.c.finished_at.is_(None),
    orders.c.number_at.is_not(None),
    orders.c.close_wanted.is_(False),
)


async def limited(tx: Tx) -> list[tuple[int, datetime, int]]:
    """Orders with a number that are closed by themselves after a while: id, when the number came, seconds from then."""
    return [(row.id, row.number_at, row.give_up_after) for row in await tx.connection.execute(_LIMITED)]


async def give_up(tx: Tx, order_id: int) -> bool:
    """Its time is over: closed as soon as allowed. False when that is so already, or it has ended."""
    open_ = (orders.c.state.in_(_LIVE), orders.c.close_wanted.is_(False), orders.c.give_up_after.is_not(None))
    this = update(orders).where(orders.c.id == order_id, *open_)
    return await _done(tx, order_id, this.values(close_wanted=True))
