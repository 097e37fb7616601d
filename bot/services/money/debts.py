"""What people spent while billing was shared is no debt of theirs: where it is prepaid, they begin at nothing."""

import structlog

from bot.db import audit
from bot.db.database import Database
from bot.db.money import books
from bot.domain import ledger
from bot.domain.access import Billing
from bot.domain.acts import Act
from bot.ticks import every

_log = structlog.get_logger(__name__)

_SLICE = 200
"""People in one transaction, so that nobody waits for it."""


class Debts:
    """Shared wallets fall below zero, prepaid ones never do: what is below zero was left by shared billing.

    What an order in progress has set aside is left out: it comes back to the wallet, or is taken, when the order ends.
    """

    def __init__(self, database: Database, billing: Billing, a_slice: int = _SLICE) -> None:
        self._database = database
        self._slice = a_slice
        self._looks = billing is Billing.PREPAID

    @every(60, "old debts")
    async def forgive(self) -> None:
        """Until no wallet is below zero; from then on none can be. Raises DatabaseFault."""
        while self._looks and await self._forgive_some():
            pass

    async def _forgive_some(self) -> bool:
        """Whether there may be more to forgive."""
        async with self._database.read() as tx:
            below = await books.wallets_below_zero(tx, 1)
        if not below:
            self._looks = False
            return False
        async with self._database.write() as tx:
            debts = await books.debts(tx, self._slice)
            if not debts:
                return False  # their orders are in progress
            detail = {"people": len(debts), "amount": sum(debts.values())}
            number = await audit.write(tx, Act.DEBTS_FORGIVEN, detail=detail)
            for wallet, amount in debts.items():
                await books.post(tx, ledger.forgiven(number, wallet, amount))
        _log.info("wallets that shared billing left below zero begin at nothing", people=len(debts))
        return True
