"""Checks that the books add up, and compares them with HidSim's own balance in quiet moments."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import structlog

from bot.db import audit, orders
from bot.db import ledger as books
from bot.db.database import AsyncConnection, Database
from bot.domain import ledger
from bot.domain.orders import Books
from bot.domain.refusals import Reason, Refusal
from bot.hidsim import HidSimError
from bot.services.account import Account
from bot.services.alerts import Alerts
from bot.services.buying import BY_BOOKS, Buying
from bot.services.partner import refusal_of

_log = structlog.get_logger(__name__)

_READINGS = 3
"""A difference must stay for so many readings: money may be on its way."""


async def check(connection: AsyncConnection) -> Books:
    """The ledger's own check: every balance equals its transfers, all add up to nothing, holds are those of orders."""
    balances = await books.balances(connection)
    return Books(
        balances=balances,
        differences=await books.differences(connection),
        total=sum(balances.values()),
        held=sum(amount for name, amount in balances.items() if name.startswith("held:")),
        holding=await orders.held_in_progress(connection),
    )


@dataclass(slots=True)
class _Drift:
    amount: int = 0
    readings: int = 0


class Bookkeeping:
    """Two ticks. Neither mends anything: a difference is told, with buying paused when our own books are wrong."""

    def __init__(
        self, database: Database, account: Account, buying: Buying, alerts: Alerts, now: Callable[[], datetime]
    ) -> None:
        self._database = database
        self._account = account
        self._buying = buying
        self._alerts = alerts
        self._now = now
        self._drift = _Drift()

    async def check(self) -> None:
        """Our own books."""
        async with self._database.read() as connection:
            found = await check(connection)
        if found.sound:
            return
        _log.critical("the books do not add up", accounts=sorted(found.differences), total=found.total)
        async with self._database.write() as connection:
            await self._buying.pause(connection, BY_BOOKS)

    async def compare(self) -> None:
        """HidSim's balance against ours, only while no purchase is in flight, unconfirmed or open."""
        try:
            theirs = await self._account.read(self._now())
        except HidSimError:
            return
        async with self._database.read() as connection:
            quiet = await orders.all_quiet(connection)
            ours = await books.balance(connection, ledger.HIDSIM)
            opened = await books.booked(connection, ledger.OPENING)
            uncertain = await orders.any_without_cost(connection)
        if theirs is None or not quiet or uncertain:
            return
        if not opened:
            await self._open(theirs)
            return
        await self._judge(theirs - ours)

    async def _open(self, theirs: int) -> None:
        """The first reading is where our books of HidSim's balance begin."""
        async with self._database.write() as connection:
            if theirs > 0:
                await books.post(connection, ledger.opening(theirs), self._now())

    async def _judge(self, difference: int) -> None:
        if difference != self._drift.amount:
            self._drift = _Drift(difference)
        self._drift.readings += 1
        if not difference or self._drift.readings != _READINGS:
            return
        now = self._now()
        async with self._database.write() as connection:
            await self._alerts.raise_in(
                connection, "apart", now.isoformat(), now, amount=str(difference), currency=self._account.currency
            )
            await audit.write(connection, "books.apart", now, amount=difference)

    async def book_difference(self, admin_id: int) -> int:
        """An admin knows why (a top-up, a fee): books what HidSim holds more (or less). In micro-units.

        Raises Refusal when HidSim's balance can't be read.
        """
        now = self._now()
        try:
            theirs = await self._account.read(now)
        except HidSimError as error:
            raise refusal_of(error) from error
        if theirs is None:
            raise Refusal(Reason.NOT_NOW)
        async with self._database.write() as connection:
            difference = theirs - await books.balance(connection, ledger.HIDSIM)
            if difference:
                number = await audit.write(connection, "books.fixed", now, actor_id=admin_id, amount=difference)
                await books.post(connection, ledger.fix(number, difference), now)
        self._drift = _Drift()
        return difference
