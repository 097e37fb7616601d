"""What a person's money rests on, in one statement: it is asked for every screen that shows a purse."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, select

from bot.db.database import AsyncConnection
from bot.db.ledger import balance_of
from bot.db.orders import SPENT_BY
from bot.domain.ledger import Account


class PurseRow(NamedTuple):
    """Micro-units. `spent`: charged or held for orders placed since a moment."""

    wallet: int
    held: int
    spent: int


_PURSE = select(
    balance_of(bindparam("wallet")).scalar_subquery(),
    balance_of(bindparam("held")).scalar_subquery(),
    SPENT_BY.scalar_subquery(),
)


async def read(
    connection: AsyncConnection, person_id: int, wallet: Account, held: Account, since: datetime
) -> PurseRow:
    """An account that was never used holds nothing."""
    given = {"person_id": person_id, "wallet": wallet, "held": held, "since": since}
    found = (await connection.execute(_PURSE, given)).one()
    return PurseRow(*(value or 0 for value in found))
