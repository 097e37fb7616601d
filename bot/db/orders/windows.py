"""The windows that people bought with."""

from sqlalchemy import select

from bot.db.database import Tx
from bot.db.schema import orders
from bot.domain.price_window import Window


async def last(tx: Tx, person_id: int, service_id: int, country_id: int) -> Window | None:
    """The window this person last bought this pair with; one of several countries is no pair's."""
    query = (
        select(orders.c.window_low, orders.c.window_high)
        .where(
            orders.c.person_id == person_id,
            orders.c.service_id == service_id,
            orders.c.country_id == country_id,
            orders.c.product_id.is_(None),
            orders.c.countries.is_(None),
        )
        .order_by(orders.c.id.desc())
        .limit(1)
    )
    row = (await tx.connection.execute(query)).one_or_none()
    return None if row is None else Window(row.window_low, row.window_high)
