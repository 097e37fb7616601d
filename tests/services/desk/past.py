"""Orders of other days, as rows: nobody could buy them one by one while a test waits."""

from datetime import datetime, timedelta

from sqlalchemy import insert, select

from bot.db import schema
from bot.domain.orders import HOLDING, OrderState
from tests.services.floor import ANN, Floor

PRICE, COST, HELD = 200_000, 150_000, 500_000


async def placed(
    floor: Floor, state: OrderState, at: datetime, number: int = 1, *, took: float = 20, person_id: int = ANN
) -> None:
    """So many orders in this state, all placed at one time; `took`: seconds until their end."""
    ended, got = state not in HOLDING, state is OrderState.COMPLETED
    async with floor.database.write() as tx:
        last = (
            await tx.connection.execute(select(schema.orders.c.id).order_by(schema.orders.c.id.desc()).limit(1))
        ).scalar()
        country = (await tx.connection.execute(select(schema.countries.c.id).limit(1))).scalar_one()
        service = (await tx.connection.execute(select(schema.services.c.id).limit(1))).scalar_one()
        rows = [
            {
                "person_id": person_id,
                "nonce": f"past{(last or 0) + one}",
                "service_id": service,
                "country_id": country,
                "window_low": 1,
                "window_high": HELD,
                "currency": "USD",
                "held": HELD,
                "state": state.value,
                "revision": 1,
                "cost": COST if got else None,
                "charged": (PRICE if got else 0) if ended else None,
                "placed_at": at,
                "finished_at": at + timedelta(seconds=took) if ended else None,
                "close_wanted": False,
            }
            for one in range(number)
        ]
        await tx.connection.execute(insert(schema.orders), rows)
