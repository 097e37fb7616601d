"""How the orders that had a number ended."""

from collections import Counter
from datetime import datetime

from sqlalchemy import bindparam, select, union_all

from bot.db.database import Tx
from bot.db.schema import orders
from bot.domain.guarding import Sample
from bot.domain.orders import OrderState

_CODE, _CLOSED, _NO_CODE = OrderState.COMPLETED, OrderState.USER_REFUNDED, OrderState.SYSTEM_REFUNDED
_LAST = [
    select(orders.c.state, orders.c.finished_at)
    .where(
        orders.c.state == state.value,
        orders.c.finished_at >= bindparam("since"),
        orders.c.finished_at <= bindparam("now"),
        orders.c.placed_at >= bindparam("placed_since"),
    )
    .order_by(orders.c.finished_at.desc())
    .limit(bindparam("limit"))
    .subquery(f"last_{state.value}")
    for state in (_CODE, _CLOSED, _NO_CODE)
]
"""The last of each state, which the index finds; the last of all are among them."""
_ALL = union_all(*(select(one.c.state, one.c.finished_at) for one in _LAST)).subquery("ended")
_QUERY = select(_ALL.c.state).order_by(_ALL.c.finished_at.desc()).limit(bindparam("limit"))


async def sample(tx: Tx, since: datetime, placed_since: datetime, limit: int) -> Sample:
    """Of the last that ended since then, those placed since the other time: with a code, closed, or without a code.

    What ended at a time that lies ahead did so before the clock was set back: it doesn't count, whenever that was.
    Orders that never had a number (refused, none found) and those whose purchase was lost are none of them.
    """
    given = {"since": max(since, placed_since), "now": tx.now, "placed_since": placed_since, "limit": limit}
    found = Counter((await tx.connection.execute(_QUERY, given)).scalars())
    return Sample(found.total(), found[_CODE.value], found[_CLOSED.value])
