"""HidSim's balance beside our own figures, for who may look into the owners' purse."""

from datetime import timedelta

from bot.db.database import Database, Tx
from bot.db.desk import figures as sums
from bot.db.desk.moments import Moment, moment
from bot.db.money import books
from bot.db.orders import figures
from bot.domain import ledger
from bot.domain.access import Billing, Right
from bot.domain.figures import DAY, SpendingPace, day_of
from bot.domain.ledger import Family
from bot.domain.no_answer import NotDone
from bot.domain.people import Person
from bot.domain.refusals import RefusalFacts
from bot.facts.money import HidSimBalance
from bot.services.partner import Partner

_WEEK = timedelta(days=7)


class Balance:
    def __init__(self, database: Database, partner: Partner, billing: Billing) -> None:
        self._database = database
        self._partner = partner
        self._billing = billing

    async def facts(self, actor: Person) -> tuple[HidSimBalance, RefusalFacts | None]:
        """HidSim's balance read now beside our own figures; the second part says why it could not be read.

        Raises Refusal when the actor may not see it.
        """
        actor.must_have(Right.SEE_BALANCE)
        refused, theirs = None, None
        async with self._database.read() as tx:
            before = await moment(tx)
        try:
            theirs = await self._partner.balance()
        except NotDone as error:
            refused = error.facts
        async with self._database.survey() as tx:
            return await self._ours(tx, theirs, before), refused

    async def _ours(self, tx: Tx, theirs: int | None, before: Moment) -> HidSimBalance:
        today = day_of(tx.now)
        return HidSimBalance(
            balance=theirs,
            currency=self._partner.account.currency,
            held=await books.total(tx, Family.HELD),
            spent_today=await figures.spent_since(tx, today),
            spent_week=await figures.spent_since(tx, tx.now - _WEEK),
            cost_today=await sums.cost_since(tx, today),
            cost_week=await sums.cost_since(tx, tx.now - _WEEK),
            pace=await pace(tx),
            owed=await sums.owed(tx) if self._billing is Billing.PREPAID else None,
            apart=await _apart(tx, theirs, before),
        )


async def pace(tx: Tx) -> SpendingPace:
    """What HidSim took in the last 24 hours, or since the first order where that is less long ago."""
    first = await sums.first_order_at(tx)
    over = timedelta(0) if first is None else min(DAY, max(timedelta(0), tx.now - first))
    return SpendingPace(await sums.cost_since(tx, tx.now - DAY), over)


async def _apart(tx: Tx, theirs: int | None, before: Moment) -> int | None:
    """Only where no money was on its way while HidSim was asked, and our books of its balance have begun."""
    comparable = theirs is not None and before.quiet and before.certain and await moment(tx) == before
    if theirs is None or not comparable or not await books.booked(tx, ledger.OPENING):
        return None
    return theirs - await books.balance(tx, ledger.HIDSIM)
