"""What is known of a person is deleted when they ask for it. What the books need stays, without what it was for."""

from bot.db import audit, people
from bot.db.database import Database, Tx
from bot.db.orders import erasing, figures, orders
from bot.db.telling import named
from bot.domain.access import AccessMode, Right, Role, Standing
from bot.domain.acts import Act
from bot.domain.people import Person
from bot.domain.refusals import Reason, Refusal, Step
from bot.facts.people import ForgettingFacts
from bot.services.account import Account
from bot.services.money import request_ends
from bot.services.money.wallet import Wallet
from bot.services.orders.retention import SLICE, Retention, erase
from bot.services.people.people import People
from bot.services.people.remembered import RememberedPeople

_NAMED = 10


class Forgetting:
    """Afterwards they are as somebody who never wrote; their wallet is still theirs, and a block is still a block.

    Messages in the chat are Telegram's and stay, and so do backups that were made before.
    """

    def __init__(
        self,
        database: Database,
        remembered: RememberedPeople,
        people: People,
        wallet: Wallet,
        account: Account,
        retention: Retention,
    ) -> None:
        self._database = database
        self._remembered = remembered
        self._people = people
        self._wallet = wallet
        self._account = account
        self._retention = retention

    async def facts(self, person: Person) -> ForgettingFacts:
        """What it would mean. Reads only."""
        async with self._database.read() as tx:
            purse = await self._wallet.purse_in(tx, person.id, self._account.currency)
            busy = await orders.of_person(tx, person.id, in_progress=True, limit=_NAMED)
        shut_out = self._people.mode is not AccessMode.OPEN and person.role is not Role.OWNER
        return ForgettingFacts(person, purse, tuple(busy), shut_out)

    async def forget(self, person: Person) -> ForgettingFacts:
        """Deletes it, and says what that meant. Again it finds nothing more, and does no harm.

        Orders are erased in slices, the person at last; who is interrupted asks again. Raises Refusal while an order is
        in progress, or a code is being told: it would be lost.
        """
        person.must_have(Right.SEE_OWN)
        facts = await self.facts(person)
        while not await self._slice(person):
            pass
        await self._retention.scrub()
        return facts

    async def _slice(self, person: Person) -> bool:
        """Whether it was the last one, with which the person goes."""
        async with self._database.write() as tx:
            if busy := await figures.count(tx, person.id, in_progress=True):
                raise Refusal(Reason.ORDERS_OPEN, count=busy, step=Step.MY_NUMBERS)
            if coming := await erasing.codes_on_their_way(tx, person.id):
                raise Refusal(Reason.CODES_COMING, count=coming, step=Step.MY_NUMBERS)
            ids = await erasing.of_person(tx, person.id, SLICE)
            await erase(tx, ids)
            if len(ids) < SLICE:
                await self._erase_person(tx, person)
                return True
        return False

    async def _erase_person(self, tx: Tx, person: Person) -> None:
        self._remembered.forget(person.id)
        known = await people.get(tx, person.id)
        if known is None:
            return
        await request_ends.withdraw(tx, person.id)
        await people.erase_person(tx, person.id)
        await named.forget_names(tx, person.id)
        kept = known.standing if known.standing is Standing.BLOCKED else Standing.UNKNOWN
        await people.set_standing(tx, person.id, kept)
        detail = {"before": known.standing.value, "after": kept.value, "was_admin": int(known.appointed)}
        await audit.write(tx, Act.PERSON_ERASED, actor_id=person.id, person_id=person.id, detail=detail)
        await self._people.erased(tx, known, kept)
