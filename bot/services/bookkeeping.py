"""Checks that the books add up, and compares them with HidSim's own balance in quiet moments."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Self

import structlog

from bot.db import audit, orders, switches
from bot.db import ledger as books
from bot.db.database import AsyncConnection, Database
from bot.db.switches import Switch
from bot.domain import ledger
from bot.domain.access import Right
from bot.domain.acts import Act
from bot.domain.alerts import Alert, AlertKind, Difference
from bot.domain.ledger import Books, Family
from bot.domain.no_answer import NotDone
from bot.domain.pausing import PauseCause
from bot.domain.people import Person
from bot.domain.refusals import Reason, Refusal
from bot.domain.rounding import explained, shown_unit
from bot.services.alerts import Alerts
from bot.services.buying import Buying
from bot.services.partner import Partner
from bot.services.recount import Recount

_log = structlog.get_logger(__name__)

_READINGS = 3
"""A difference must stay for so many readings: money may be on its way."""


async def check(connection: AsyncConnection) -> Books:
    """The ledger's own check, all of it at once, for an operator beside the bot.

    Every balance equals its transfers, all add up to nothing, and holds are those of orders.
    """
    balances = await books.balances(connection)
    return Books(
        balances=balances,
        differences=await books.differences(connection),
        total=sum(balances.values()),
        held=Family.HELD.total(balances),
        holding=await orders.held_in_progress(connection),
    )


@dataclass(frozen=True, slots=True)
class _Moment:
    """The shop when HidSim's balance was asked for: as long as it is equal, no money moved and no order came.

    `quiet`: no order is on its way. `certain`: HidSim has told the price of every number it sold.
    """

    quiet: bool
    certain: bool
    last_order: int
    last_transfer: int


async def _moment(connection: AsyncConnection) -> _Moment:
    return _Moment(
        quiet=await orders.all_quiet(connection),
        certain=not await orders.any_without_cost(connection),
        last_order=await orders.last_id(connection),
        last_transfer=await books.last_transfer(connection),
    )


@dataclass(frozen=True, slots=True)
class _Mark:
    """A difference between HidSim's balance and the books, and the last transfer that was booked when it was seen."""

    difference: int
    last_transfer: int
    decimals: int = 0

    def written(self) -> str:
        return json.dumps([self.difference, self.last_transfer, self.decimals])

    @classmethod
    def read(cls, stored: str) -> Self:
        return cls(*json.loads(stored))


_AGREED = Switch("balance.agreed", _Mark.written, _Mark.read)
"""How far balance and books were apart when that was in order the last time."""


@dataclass(slots=True)
class _Drift:
    """A difference that rounding does not explain, and how often it was read."""

    mark: _Mark
    readings: int = 0


class Bookkeeping:
    """Two ticks. Neither mends anything: a difference is told, with buying paused when our own books are wrong."""

    def __init__(
        self, database: Database, partner: Partner, buying: Buying, alerts: Alerts, now: Callable[[], datetime]
    ) -> None:
        self._database = database
        self._partner = partner
        self._account = partner.account
        self._buying = buying
        self._alerts = alerts
        self._now = now
        self._drift: _Drift | None = None
        self._recount = Recount(database)

    async def check(self) -> None:
        """Our own books, in slices: nobody waits for a year of transfers."""
        differences = await self._recount.differences()
        async with self._database.read() as connection:
            total, held = await books.total(connection), await books.total(connection, Family.HELD)
            holding = await orders.held_in_progress(connection)
        if not differences and total == 0 and held == holding:
            return
        _log.critical("the books do not add up", accounts=sorted(differences), total=total)
        async with self._database.write() as connection:
            await self._buying.pause(connection, PauseCause.BOOKS)

    async def compare(self) -> None:
        """HidSim's balance against ours. A reading counts if no order was on its way, neither before nor after it."""
        async with self._database.read() as connection:
            before = await _moment(connection)
        try:
            theirs = await self._partner.balance(self._now())
        except NotDone:
            return
        if theirs is None or not before.quiet:
            return
        async with self._database.write() as connection:
            if await _moment(connection) != before:
                return
            ours = await books.balance(connection, ledger.HIDSIM)
            if not await books.booked(connection, ledger.OPENING):
                await self._open(connection, theirs - ours)
            elif before.certain:
                await self._judge(connection, theirs - ours, before.last_transfer)

    async def _open(self, connection: AsyncConnection, difference: int) -> None:
        """The first reading is where our books of HidSim's balance begin. What was bought before lies in it already."""
        if difference > 0:
            await books.post(connection, ledger.opening(difference), self._now())
            await self._agree(connection, 0)

    async def _agree(self, connection: AsyncConnection, difference: int) -> None:
        """From here on it is judged what is booked later."""
        self._drift = None
        last = await books.last_transfer(connection)
        mark = _Mark(difference, last, self._account.decimals)
        if mark != await switches.value(connection, _AGREED):
            await switches.put(connection, _AGREED, mark, self._now())

    async def _judge(self, connection: AsyncConnection, difference: int, last_transfer: int) -> None:
        agreed = await switches.value(connection, _AGREED) or _Mark(0, last_transfer)
        self._account.decimals = max(self._account.decimals, agreed.decimals)
        if await self._same(connection, difference, agreed):
            await self._agree(connection, difference)
            return
        if self._drift is None or not await self._same(connection, difference, self._drift.mark):
            self._drift = _Drift(_Mark(difference, last_transfer))
        self._drift.readings += 1
        if self._drift.readings == _READINGS:
            await self._tell(connection, difference)

    async def _same(self, connection: AsyncConnection, difference: int, mark: _Mark) -> bool:
        """Whether this is the difference of then, but for what rounding explains."""
        decimals = self._account.decimals
        moves, uneven = await books.moves_at_hidsim(connection, mark.last_transfer, shown_unit(decimals))
        return explained(difference - mark.difference, decimals, moves, uneven)

    async def _tell(self, connection: AsyncConnection, difference: int) -> None:
        now = self._now()
        facts = Difference(difference, self._account.currency)
        await self._alerts.raise_in(connection, Alert(AlertKind.APART, now.isoformat(), facts=facts), now)
        await audit.write(connection, Act.BOOKS_APART, now, detail={"amount": difference})

    async def book_difference(self, actor: Person) -> int:
        """An admin knows why (a top-up, a fee): books what HidSim holds more (or less). In micro-units.

        Raises Refusal when HidSim's balance can't be read, orders are on their way, or the actor may not.
        """
        actor.must_have(Right.BOOK_DIFFERENCE)
        now = self._now()
        async with self._database.read() as connection:
            before = await _moment(connection)
        theirs = await self._partner.balance(now)
        if theirs is None:
            raise Refusal(Reason.NOT_NOW)
        async with self._database.write() as connection:
            if not before.quiet or await _moment(connection) != before:
                raise Refusal(Reason.BALANCE_MOVES)
            difference = theirs - await books.balance(connection, ledger.HIDSIM)
            if difference:
                number = await audit.write(
                    connection, Act.BOOKS_FIXED, now, actor_id=actor.id, detail={"amount": difference}
                )
                await books.post(connection, ledger.fix(number, difference), now)
            await self._agree(connection, 0)
        return difference
