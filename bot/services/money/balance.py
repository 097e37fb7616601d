"""HidSim's balance beside our own figures, for who may look into the owners' purse."""

from datetime import timedelta

from bot.db.database import Database
from bot.db.money import books
from bot.db.orders import figures
from bot.domain.access import Right
from bot.domain.ledger import Family
from bot.domain.no_answer import NotDone
from bot.domain.people import Person
from bot.domain.refusals import RefusalFacts
from bot.facts.money import HidSimBalance
from bot.services.money.wallet import day_start
from bot.services.partner import Partner


class Balance:
    def __init__(self, database: Database, partner: Partner) -> None:
        self._database = database
        self._partner = partner

    async def facts(self, actor: Person) -> tuple[HidSimBalance, RefusalFacts | None]:
        """HidSim's balance read now beside our own figures; the second part says why it could not be read.

        Raises Refusal when the actor may not see it.
        """
        actor.must_have(Right.SEE_BALANCE)
        refused, theirs, now = None, None, self._database.now()
        try:
            theirs = await self._partner.balance()
        except NotDone as error:
            refused = error.facts
        async with self._database.read() as tx:
            facts = HidSimBalance(
                balance=theirs,
                currency=self._partner.account.currency,
                held=await books.total(tx, Family.HELD),
                spent_today=await figures.spent_since(tx, day_start(now)),
                spent_week=await figures.spent_since(tx, now - timedelta(days=7)),
            )
        return facts, refused
