"""Watches HidSim: whether it answers, takes our sign-in, and has money left. Staff hears when that begins and ends."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.db import incidents, switches
from bot.db.database import Database
from bot.db.switches import Switch
from bot.domain.alerts import AlertKind, BalanceLeft
from bot.domain.figures import HOUR, too_little
from bot.domain.no_answer import NotDone
from bot.services.money.balance import pace
from bot.services.partner import Partner, Urgency
from bot.services.telling.verdicts import Verdicts
from bot.ticks import every

_SILENT = 120.0
"""Seconds without any answer until HidSim is called unreachable: a blip is over by then."""
_MISSED = 3
"""Requests in a row, at least."""
_CLEARLY = 1_000_000
"""Micro-units above the balance that did not suffice, at least: money that comes back for a number is no top-up."""
_REFUSED_AT = Switch("balance.refused", str, int)


@dataclass(frozen=True, slots=True)
class BalanceTerms:
    """When the operator wants to hear of HidSim's balance: below `amount` (micro-units), or when it lasts for less than
    `hours` at the pace of the last day. 0: never.
    """

    amount: int = 0
    hours: int = 0


class PartnerWatch:
    """Goes by what others ask HidSim. It asks itself only while HidSim does not answer."""

    def __init__(
        self,
        database: Database,
        partner: Partner,
        verdicts: Verdicts,
        elapsed: Callable[[], float],
        terms: BalanceTerms,
    ) -> None:
        """`elapsed`: monotonic seconds."""
        self._database = database
        self._partner = partner
        self._account = partner.account
        self._verdicts = verdicts
        self._elapsed = elapsed
        self._terms = terms
        self._came = partner.account.answers.came
        self._answered_at = elapsed()
        self._was_refused = True
        self._read = 0
        self._refused_at: int | None = None

    @every(15, "watch-hidsim")
    async def look(self) -> None:
        """Raises DatabaseFault: then it is looked again. While nothing changes, nothing is written or read."""
        await self._drop_unwanted()
        await self._watch_empty()
        answers = self._account.answers
        if answers.missed and not answers.refused:
            await self._try()
        if answers.came != self._came:
            came, self._answered_at = answers.came, self._elapsed()
            await self._answers(refused=answers.refused)
            self._came = came
        silent = self._elapsed() - self._answered_at
        if answers.missed >= _MISSED and silent >= _SILENT:
            await self._verdicts.take(AlertKind.UNREACHABLE, True, ago=silent)
        if (readings := self._account.readings) != self._read:
            await self._weigh()
            self._read = readings

    async def _drop_unwanted(self) -> None:
        """What the settings have switched off since it began."""
        if not self._terms.amount:
            await self._verdicts.drop(AlertKind.LOW_BALANCE)
        if not self._terms.hours:
            await self._verdicts.drop(AlertKind.SHORT_BALANCE)

    async def _watch_empty(self) -> None:
        """Purchases are refused for the balance: that is over when there is clearly more, also while nobody buys."""
        if not await self._verdicts.ask(AlertKind.EMPTY):
            self._refused_at = None
            return
        if (balance := self._account.balance) is None:
            return
        if self._refused_at is None:
            self._refused_at = await self._beginning(balance)
        if balance >= max(self._refused_at * 6 // 5, self._refused_at + _CLEARLY):
            await self._verdicts.take(AlertKind.EMPTY, False)

    async def _beginning(self, balance: int) -> int:
        """The balance when it began, as it was read last; a restart keeps it."""
        async with self._database.write() as tx:
            kept, put_at = await switches.value(tx, _REFUSED_AT), await switches.since(tx, _REFUSED_AT)
            began = next((one.began_at for one in await incidents.going_on(tx) if one.kind is AlertKind.EMPTY), tx.now)
            if kept is not None and put_at is not None and put_at >= began:
                return kept
            await switches.put(tx, _REFUSED_AT, balance)
            return balance

    async def _try(self) -> None:
        """So that an outage, and its end, are known also while nobody buys."""
        try:
            await self._partner.balance(Urgency.FILL)
        except NotDone:
            return  # counted where it is asked

    async def _answers(self, *, refused: bool) -> None:
        await self._verdicts.take(AlertKind.UNREACHABLE, False)
        if refused:
            await self.refused()
        elif self._was_refused:
            await self._verdicts.take(AlertKind.SIGN_IN, False)
            self._was_refused = False

    async def refused(self) -> None:
        """HidSim refuses the sign-in itself. Raises DatabaseFault."""
        self._was_refused = True
        await self._verdicts.take(AlertKind.SIGN_IN, True)

    async def _weigh(self) -> None:
        """The balance as it was read since the last look; one that HidSim does not give is no balance."""
        balance, terms = self._account.balance, self._terms
        if balance is None or not (terms.amount or terms.hours):
            return
        low, left = too_little(balance, terms.amount), None
        if terms.hours:
            async with self._database.read() as tx:
                lasts = (await pace(tx)).lasts(balance)
            left = None if lasts is None else int(lasts / HOUR)
        facts = BalanceLeft(balance, self._account.currency, left)
        await self._verdicts.take(AlertKind.LOW_BALANCE, low, facts)
        short = too_little(left, terms.hours)
        if short and self._verdicts.goes_on(AlertKind.LOW_BALANCE):
            return  # the same cure, and it is known already
        await self._verdicts.take(AlertKind.SHORT_BALANCE, short, facts)
