"""What a person's money rests on, in one statement: it is asked for every screen that shows a purse."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, select

from bot.db import limits
from bot.db.database import Tx
from bot.db.money.books import balance_of
from bot.db.orders.figures import SPENT_BY
from bot.domain.ledger import Account
from bot.domain.limits import OwnLimits


class PurseRow(NamedTuple):
    """Micro-units. `spent`: charged or held for orders placed since a moment. `own`: what limits the person alone."""

    wallet: int
    held: int
    spent: int
    own: OwnLimits


_PURSE = select(
    balance_of(bindparam("wallet")).scalar_subquery(),
    balance_of(bindparam("held")).scalar_subquery(),
    SPENT_BY.scalar_subquery(),
    *(one.scalar_subquery() for one in limits.EACH),
)


async def read(tx: Tx, person_id: int, wallet: Account, held: Account, since: datetime) -> PurseRow:
    """An account that was never used holds nothing."""
    given = {"person_id": person_id, "wallet": wallet, "held": held, "since": since}
    balance, set_aside, spent, *own = (await tx.connection.execute(_PURSE, given)).one()
    return PurseRow(balance or 0, set_aside or 0, spent or 0, OwnLimits(*own))
