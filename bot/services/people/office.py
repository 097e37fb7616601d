"""The admins' desk: the operator's balance, and who may use the bot."""

from datetime import timedelta

from bot.db import people
from bot.db.database import Database
from bot.db.money import books
from bot.db.orders import orders
from bot.domain.access import AccessMode, Right, Standing
from bot.domain.ledger import Family
from bot.domain.no_answer import NotDone
from bot.domain.people import Person
from bot.domain.refusals import Reason, Refusal, RefusalFacts
from bot.facts.money import HidSimBalance
from bot.facts.people import Decision, PeopleFacts
from bot.services.money.wallet import day_start
from bot.services.partner import Partner
from bot.services.people.people import People

_LISTED = 30
_HIGHEST_ID = 2**52
"""Telegram's ids have at most 52 significant bits."""
_MOST_DIGITS = 16


class Office:
    """Each act raises Refusal for an actor who has no right to it."""

    def __init__(self, database: Database, partner: Partner, people: People, mode: AccessMode) -> None:
        self._database = database
        self._partner = partner
        self._people = people
        self._mode = mode

    async def balance(self, actor: Person) -> tuple[HidSimBalance, RefusalFacts | None]:
        """HidSim's balance read now beside our own figures; the second part says why it could not be read."""
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
                spent_today=await orders.spent_since(tx, day_start(now)),
                spent_week=await orders.spent_since(tx, now - timedelta(days=7)),
            )
        return facts, refused

    async def people(self, actor: Person) -> PeopleFacts:
        actor.must_have(Right.SEE_PEOPLE)
        async with self._database.read() as tx:
            return PeopleFacts(self._mode, tuple(await people.listed(tx, _LISTED)))

    async def named(self, actor: Person, typed: str | None, command: str) -> Person:
        """The person whose id stands behind a command, also one who never wrote. Raises Refusal for what is no id."""
        actor.must_have(Right.LET_IN)
        text = (typed or "").strip()
        if not (text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS and 0 < int(text) < _HIGHEST_ID):
            raise Refusal(Reason.BAD_ID, command=command)
        return await self._people.get(int(text)) or Person(int(text), "", Standing.UNKNOWN, None)

    async def decide(self, actor: Person, person_id: int, standing: Standing) -> Decision:
        return await self._people.decide(actor, person_id, standing)

    async def invite(self, actor: Person) -> tuple[str, AccessMode]:
        """A new invitation's code and the mode; in a closed bot no code is made."""
        actor.must_have(Right.INVITE)
        return ("" if self._mode is AccessMode.CLOSED else await self._people.invite(actor)), self._mode
