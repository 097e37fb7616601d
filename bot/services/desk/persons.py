"""People as admins see them: the list with its search, and a person's page."""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from bot.db import audit, limits, people
from bot.db.database import Database, Tx
from bot.db.orders import figures, hourly, orders
from bot.db.orders import sms as sms_rows
from bot.db.people import Wanted
from bot.db.search_names import sought
from bot.domain.access import Right, Standing
from bot.domain.acts import Act
from bot.domain.figures import day_of
from bot.domain.limits import OwnLimits
from bot.domain.people import Among, Person
from bot.facts.pages import Page, page_of
from bot.facts.people import Done, LimitsFacts, PeopleFacts, PersonFacts, Picked, Used
from bot.services.account import Account
from bot.services.money.wallet import Wallet
from bot.services.people.people import People

PEOPLE_A_PAGE = 8
_LAST_ORDERS, _LAST_ACTS = 5, 3
_MONTH = timedelta(days=30)
_PICKED = 1_000
"""Names of picked people that are remembered."""
OF_ADMINS = (
    Act.PERSON_ALLOWED,
    Act.PERSON_BLOCKED,
    Act.PERSON_LIMITED,
    Act.PERSON_ROLE,
    Act.PERSON_ACCEPTED,
    Act.CREDIT_DONE,
)
"""What is shown of what was done about a person."""


class Persons:
    """Shows, and changes nothing. Numbers and codes of orders are not for its screens."""

    def __init__(self, database: Database, people: People, wallet: Wallet, account: Account) -> None:
        self._database = database
        self._people = people
        self._wallet = wallet
        self._account = account
        self._picked: OrderedDict[int, Picked] = OrderedDict()
        people.when_erased(self._forget_picked)

    def _forget_picked(self, person_id: int) -> None:
        """A name that they had deleted is not known by having been picked either."""
        self._picked.pop(person_id, None)

    async def listed(self, actor: Person, among: Among, number: int, words: str) -> PeopleFacts:
        """A page, newest first. `words`: as `search` gave them. Raises Refusal when the actor may not see it."""
        actor.must_have(Right.LIMIT if among is Among.LIMITED else Right.SEE_PEOPLE)
        wanted = Wanted(among, words, self._people.admin_ids)
        async with self._database.read() as tx:
            total = await people.count(tx, wanted)
            page = page_of(total, PEOPLE_A_PAGE, number)
            found = await people.listed(tx, wanted, PEOPLE_A_PAGE, page.number * PEOPLE_A_PAGE)
        return PeopleFacts(
            mode=self._people.mode,
            people=tuple(self._people.with_role(one) for one in found),
            page=page,
            total=total,
            currency=self._account.currency,
            among=among,
            words=words,
            limits=self._wallet.terms.limits if among is Among.LIMITED else None,
            spend_is_limited=not self._wallet.guarded,
        )

    async def search(self, actor: Person, typed: str) -> PeopleFacts:
        """Those in whose name or username every typed word stands, or who have this id. What is no word finds nobody.

        Raises Refusal when the actor may not see people.
        """
        actor.must_have(Right.SEE_PEOPLE)
        words = sought(typed)
        if not words:
            return PeopleFacts(self._people.mode, (), Page(0, 1), 0, self._account.currency, typed=typed)
        return replace(await self.listed(actor, Among.ALL, 0, words), typed=typed)

    async def page(self, actor: Person, person_id: int) -> PersonFacts:
        """Also of somebody who never wrote to the bot. Raises Refusal when the actor may not see people."""
        actor.must_have(Right.SEE_PEOPLE)
        person, known = await self._person(person_id), await self._people.get(person_id)
        async with self._database.read() as tx:
            purse = await self._wallet.purse_in(tx, person_id, self._account.currency)
            last = await orders.of_person(tx, person_id, in_progress=False, limit=_LAST_ORDERS)
            done = await audit.about(tx, person_id, OF_ADMINS, _LAST_ACTS)
            by = await people.these(tx, {one.actor_id for one in done if one.actor_id is not None})
            return PersonFacts(
                limits=await self._limits(tx, person),
                since=await people.first_seen(tx, person_id),
                purse=purse,
                orders=tuple(last),
                with_code=frozenset(await sms_rows.with_code(tx, [order.id for order in last])),
                spent_month=await figures.spent_since(tx, tx.now - _MONTH, person_id),
                done=tuple(_done(one, by) for one in done),
                met=known is not None and bool(known.name),
                yourself=person_id == actor.id,
            )

    async def person(self, actor: Person, person_id: int) -> Person:
        """As they are known, or as they were picked. Raises Refusal when the actor may not see people."""
        actor.must_have(Right.SEE_PEOPLE)
        return await self._person(person_id)

    async def _person(self, person_id: int) -> Person:
        known = await self._people.get(person_id)
        if known is not None and known.name:
            return known
        picked = self._picked.get(person_id)
        found = known or self._people.with_role(Person(person_id, "", Standing.UNKNOWN, None))
        return found if picked is None else replace(found, name=picked.name, username=picked.username)

    async def limits(self, actor: Person, person_id: int) -> LimitsFacts:
        """Raises Refusal when the actor may not set them."""
        actor.must_have(Right.LIMIT)
        person = await self._person(person_id)
        async with self._database.read() as tx:
            return await self._limits(tx, person)

    async def _limits(self, tx: Tx, person: Person) -> LimitsFacts:
        own: OwnLimits = await limits.own(tx, person.id)
        used = Used(
            open_orders=await figures.count(tx, person.id, in_progress=True),
            daily_spend=await figures.spent_since(tx, day_of(tx.now), person.id),
            purchases_an_hour=len(await hourly.purchases(tx, person.id)),
            closes_an_hour=len(await hourly.closes(tx, person.id)),
        )
        return LimitsFacts(
            person,
            self._wallet.terms.limits,
            own,
            used,
            self._account.currency,
            spend_is_limited=not self._wallet.guarded,
        )

    async def picked(self, actor: Person, picked: Picked) -> PersonFacts:
        """The page of somebody who was picked in Telegram. Who never wrote to the bot is not written down for it.

        Their name is known while this process runs. Raises Refusal when the actor may not see people.
        """
        actor.must_have(Right.SEE_PEOPLE)
        self._picked[picked.id] = picked
        self._picked.move_to_end(picked.id)
        if len(self._picked) > _PICKED:
            self._picked.popitem(last=False)
        return await self.page(actor, picked.id)


def _done(one: audit.Entry, by: Mapping[int, Person]) -> Done:
    actor = None if one.actor_id is None else by.get(one.actor_id)
    return Done(one.at, one.actor_id, one.act, actor.name if actor else "")
