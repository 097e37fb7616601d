"""Checks that the books add up, and compares them with HidSim's own balance in quiet moments."""

import asyncio
import json
from dataclasses import dataclass
from typing import Self

import structlog

from bot.db import audit, switches
from bot.db.database import Database, Tx
from bot.db.desk.moments import moment
from bot.db.money import books
from bot.db.orders import figures
from bot.db.switches import Switch
from bot.domain import ledger
from bot.domain.access import Right
from bot.domain.acts import Act
from bot.domain.alerts import AlertKind, Difference
from bot.domain.ledger import Books, Family
from bot.domain.no_answer import NotDone
from bot.domain.pausing import PauseCause
from bot.domain.people import Person
from bot.domain.refusals import Reason, Refusal
from bot.domain.rounding import explained, shown_unit
from bot.services.partner import Partner
from bot.services.safety.pause import Pause
from bot.services.safety.recount import Recount
from bot.services.telling.alerts import Alerts
from bot.ticks import every

_log = structlog.get_logger(__name__)

_READINGS = 3
"""A difference must stay for so many readings: money may be on its way."""


async def check(tx: Tx) -> Books:
    """The ledger's own check, all of it at once, for an operator beside the bot.

    Every balance equals its transfers, all add up to nothing, and holds are those of orders.
    """
    balances = await books.balances(tx)
    return Books(
        balances=balances,
        differences=await books.differences(tx),
        total=sum(balances.values()),
        held=Family.HELD.total(balances),
        holding=await figures.held_in_progress(tx),
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
        """Raises ValueError or TypeError for what is none."""
        difference, last_transfer, *decimals = (int(one) for one in json.loads(stored))
        return cls(difference, last_transfer, *decimals[:1])


_AGREED = Switch("balance.agreed", _Mark.written, _Mark.read)
"""How far balance and books were apart when that was in order the last time."""


@dataclass(slots=True)
class _Drift:
    """A difference that rounding does not explain, and how often it was read."""

    mark: _Mark
    readings: int = 0


class BookCheck:
    """Two ticks. Neither mends anything: a difference is told, with buying paused when our own books are wrong."""

    def __init__(self, database: Database, partner: Partner, pause: Pause, alerts: Alerts) -> None:
        self._database = database
        self._partner = partner
        self._account = partner.account
        self._pause = pause
        self._incidents = alerts.incidents
        self._drift: _Drift | None = None
        self._recount = Recount(database)
        self._counting = asyncio.Lock()
        pause.resumes_unless(PauseCause.BOOKS, self.apart)

    @every(60, "books")
    async def check(self) -> None:
        """Pauses buying when our own books don't add up. Raises DatabaseFault."""
        if await self.apart():
            async with self._database.write() as tx:
                await self._pause.pause(tx, PauseCause.BOOKS)

    async def apart(self) -> bool:
        """Whether our own books don't add up, in slices: nobody waits for a year of transfers. Raises DatabaseFault."""
        async with self._counting:  # one at a time: a count has a memory
            differences = await self._recount.differences()
        async with self._database.read() as tx:
            total, held = await books.total(tx), await books.total(tx, Family.HELD)
            holding = await figures.held_in_progress(tx)
        if not differences and total == 0 and held == holding:
            return False
        _log.critical("the books do not add up", accounts=sorted(differences), total=total)
        return True

    @every(120, "compare")
    async def compare(self) -> None:
        """HidSim's balance against ours. A reading counts if no order was on its way, neither before nor after it."""
        async with self._database.read() as tx:
            before = await moment(tx)
        try:
            theirs = await self._partner.balance()
        except NotDone:
            return
        if theirs is None or not before.quiet:
            return
        async with self._database.write() as tx:
            if await moment(tx) != before:
                return
            ours = await books.balance(tx, ledger.HIDSIM)
            if not await books.booked(tx, ledger.OPENING):
                await self._open(tx, theirs - ours)
            elif before.certain:
                await self._judge(tx, theirs - ours, before.last_transfer)

    async def _open(self, tx: Tx, difference: int) -> None:
        """The first reading is where our books of HidSim's balance begin. What was bought before lies in it already."""
        if difference > 0:
            await books.post(tx, ledger.opening(difference))
            await self._agree(tx, 0)

    async def _agree(self, tx: Tx, difference: int, by: Person | None = None) -> None:
        """From here on it is judged what is booked later."""
        self._drift = None
        if await self._incidents.ask(tx, AlertKind.APART):
            await self._incidents.end(tx, AlertKind.APART, by=by)
        last = await books.last_transfer(tx)
        mark = _Mark(difference, last, self._account.decimals)
        if mark != await switches.value(tx, _AGREED):
            await switches.put(tx, _AGREED, mark)

    async def _judge(self, tx: Tx, difference: int, last_transfer: int) -> None:
        agreed = await switches.value(tx, _AGREED) or _Mark(0, last_transfer)
        self._account.decimals = max(self._account.decimals, agreed.decimals)
        if await self._same(tx, difference, agreed) and await self._is_mended(tx, difference - agreed.difference):
            await self._agree(tx, difference)
            return
        if self._drift is None or not await self._same(tx, difference, self._drift.mark):
            self._drift = _Drift(_Mark(difference, last_transfer))
        self._drift.readings += 1
        if self._drift.readings == _READINGS:
            await self._tell(tx, difference)

    async def _is_mended(self, tx: Tx, change: int) -> bool:
        """A difference that was told is over only when less is left than one reading's rounding: that enough orders
        came since to explain it by theirs mends nothing.
        """
        if not await self._incidents.ask(tx, AlertKind.APART):
            return True
        return abs(change) <= max(1, shown_unit(self._account.decimals) // 2)

    async def _same(self, tx: Tx, difference: int, mark: _Mark) -> bool:
        """Whether this is the difference of then, but for what rounding explains."""
        decimals = self._account.decimals
        moves, uneven = await books.moves_at_hidsim(tx, mark.last_transfer, shown_unit(decimals))
        return explained(difference - mark.difference, decimals, moves, uneven)

    async def _tell(self, tx: Tx, difference: int) -> None:
        facts = Difference(difference, self._account.currency)
        if await self._incidents.begin(tx, AlertKind.APART, facts=facts):
            await audit.write(tx, Act.BOOKS_APART, detail={"amount": difference})

    async def book_difference(self, actor: Person) -> int:
        """An admin knows why (a top-up, a fee): books what HidSim holds more (or less). In micro-units.

        Raises Refusal when HidSim's balance can't be read, orders are on their way, or the actor may not.
        """
        actor.must_have(Right.BOOK_DIFFERENCE)
        async with self._database.read() as tx:
            before = await moment(tx)
        theirs = await self._partner.balance()
        if theirs is None:
            raise Refusal(Reason.NOT_NOW)
        async with self._database.write() as tx:
            if not before.quiet or await moment(tx) != before:
                raise Refusal(Reason.BALANCE_MOVES)
            ours = await books.balance(tx, ledger.HIDSIM)
            if difference := theirs - ours:
                detail = {"amount": difference, "before": ours, "after": theirs}
                number = await audit.write(tx, Act.BOOKS_FIXED, actor_id=actor.id, detail=detail)
                await books.post(tx, ledger.fix(number, difference))
            await self._agree(tx, 0, by=actor)
        return difference
