"""What a person did in the last hour, as far as it is limited."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, delete, select

from bot.db import audit as lines
from bot.db.database import Tx
from bot.db.schema import audit, orders
from bot.domain.acts import Act
from bot.domain.limits import HOUR
from bot.domain.orders import OrderState

_NOTHING_BOUGHT = (OrderState.REFUSED, OrderState.NOT_BOUGHT)
_COUNTED = [state.value for state in OrderState if state not in _NOTHING_BOUGHT]
_PURCHASES = select(orders.c.placed_at).where(
    orders.c.person_id == bindparam("person_id"),
    orders.c.state.in_(_COUNTED),
    orders.c.placed_at > bindparam("since"),
    orders.c.placed_at <= bindparam("now"),
)
_CLOSES = (
    select(audit.c.order_id, audit.c.at)
    .join(orders, orders.c.id == audit.c.order_id)
    .where(
        audit.c.act == Act.ORDER_CLOSE_SENT.value,
        audit.c.at > bindparam("since"),
        audit.c.at <= bindparam("now"),
        orders.c.person_id == bindparam("person_id"),
    )
)
"""Found by the hour, which holds few closes of a whole shop. As all lines about orders these name no person.

What lies ahead was done before the clock was set back, and counts no more.
"""


async def purchases(tx: Tx, person_id: int) -> Sequence[datetime]:
    """When the orders of the last hour were placed, in no order; without those of which nothing was bought."""
    found = await tx.connection.execute(_PURCHASES, _hour(tx, person_id))
    return list(found.scalars())


async def closes(tx: Tx, person_id: int) -> dict[int, datetime]:
    """By order, when a close was first sent for it in the last hour."""
    rows = await tx.connection.execute(_CLOSES, _hour(tx, person_id))
    found: dict[int, datetime] = {}
    for order_id, at in rows:
        found[order_id] = min(at, found.get(order_id, at))
    return found


def _hour(tx: Tx, person_id: int) -> dict[str, object]:
    return {"person_id": person_id, "since": tx.now - HOUR, "now": tx.now}


async def note_close(tx: Tx, order_id: int, actor_id: int | None) -> None:
    """A close is about to be sent, by its person or, when allowed, by the bot."""
    await lines.write(tx, Act.ORDER_CLOSE_SENT, actor_id=actor_id, order_id=order_id)


async def take_back_close(tx: Tx, order_id: int) -> None:
    """The close that was about to be sent was not done: it does not count, unless HidSim answered one of this hour."""
    answered = select(audit.c.id).where(audit.c.order_id == order_id, audit.c.act == Act.ORDER_CLOSE_TRIED.value)
    sent = (
        audit.c.order_id == order_id,
        audit.c.act == Act.ORDER_CLOSE_SENT.value,
        audit.c.at > tx.now - HOUR,
        ~answered.where(audit.c.at > tx.now - HOUR).exists(),
    )
    await tx.connection.execute(delete(audit).where(*sent))
