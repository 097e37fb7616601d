"""Who is here and who may be: standing, names, admins of the settings."""

from collections.abc import AsyncIterator, Callable, Collection, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from functools import partial

import structlog

from bot.db import audit, entry, people, switches
from bot.db.database import Database, Tx
from bot.db.switches import Switch
from bot.db.telling import notices, unsent
from bot.domain.access import AccessMode, Right, Role, Standing, role_of
from bot.domain.acts import decided
from bot.domain.entry import answer_of
from bot.domain.people import Person
from bot.domain.refusals import Reason, Refusal
from bot.domain.whole_numbers import read_whole
from bot.facts.people import Decision
from bot.faults import DatabaseFault
from bot.services.people.remembered import RememberedPeople
from bot.ticks import every

_log = structlog.get_logger(__name__)

_HIGHEST_ID = 2**52
"""Telegram's ids have at most 52 significant bits."""
_LONGEST_USERNAME = 32
_MOST_WHO_CAME_BACK = 10_000
_OWNERS = Switch(
    "owners",
    lambda ids: " ".join(map(str, sorted(ids))),
    lambda stored: frozenset(int(one) for one in stored.split()),
)
"""Whom the settings named at the last start."""


class People:
    """Strangers who may not enter are not written down."""

    def __init__(
        self,
        database: Database,
        remembered: RememberedPeople,
        mode: AccessMode,
        admin_ids: Collection[int],
    ) -> None:
        self._database = database
        self._remembered = remembered
        self._mode = mode
        self._admin_ids = frozenset(admin_ids)
        self._came_back: set[int] = set()
        self._hears: list[Callable[[Person], None]] = []
        self._hears_of_erased: list[Callable[[int], None]] = []

    @property
    def admin_ids(self) -> frozenset[int]:
        """Those of the settings."""
        return self._admin_ids

    @property
    def mode(self) -> AccessMode:
        return self._mode

    async def meet(
        self, person_id: int, name: str, language: str | None, username: str | None = None, *, here: bool = True
    ) -> Person | None:
        """The person behind an update, or None when they may not enter. Writes only what is new about them.

        `here`: in the chat with the bot; who types behind its name elsewhere may have blocked it, and sees no push.
        Raises DatabaseFault: they could not be looked up, which is no reason to forget that they are here.
        """
        try:
            known = await self._remembered.get(person_id)
        except DatabaseFault:
            if here:
                self._is_here(person_id)
            raise
        role = self.role(person_id, known)
        if role is Role.STRANGER:
            return None
        if here:
            self._remembered.heard(person_id)
        met = replace(
            known or Person(person_id, name, Standing.UNKNOWN, language),
            name=name,
            telegram_language=language or (known.telegram_language if known else None),
            role=role,
            unreachable_at=None if here or known is None else known.unreachable_at,
            username=username and username[:_LONGEST_USERNAME],
        )
        if known is None or replace(known, role=role) != met:
            await self._write_down(met, known)
        return met

    async def _write_down(self, met: Person, known: Person | None) -> None:
        """A new name that can't be written keeps nobody from their code: their next update tries again."""
        try:
            async with self._changing(met.id) as tx:
                if known is None and await people.get(tx, met.id) is None:
                    await people.add(tx, met)
                    return
                await people.greet(tx, met.id, met.name, met.telegram_language, met.username)
                if met.unreachable_at is not None:
                    return
                await people.set_unreachable(tx, met.id, None)
                if known is None or not known.name or known.unreachable_at is not None:
                    await notices.settle_welcome(tx, met.id)  # they are here, and see it
        except DatabaseFault as error:
            if met.unreachable_at is None:
                self._is_here(met.id)
            _log.warning("a person could not be written down", error=type(error).__name__)

    @asynccontextmanager
    async def _changing(self, person_id: int) -> AsyncIterator[Tx]:
        async with self._database.write() as tx:
            self._remembered.forget(person_id)
            yield tx

    async def get(self, person_id: int) -> Person | None:
        """As remembered, whoever may enter."""
        known = await self._remembered.get(person_id)
        return None if known is None else replace(known, role=self.role(person_id, known))

    def with_role(self, person: Person) -> Person:
        """As the shop takes them."""
        return replace(person, role=self.role(person.id, person))

    async def named(self, actor: Person, typed: str | None, command: str) -> Person:
        """The person whose id stands behind a command, also one who never wrote.

        Raises Refusal for what is no id, and when the actor may let nobody in.
        """
        actor.must_have(Right.LET_IN)
        person_id = read_whole((typed or "").strip(), below=_HIGHEST_ID)
        if not person_id:
            raise Refusal(Reason.BAD_ID, command=command)
        return await self.get(person_id) or Person(person_id, "", Standing.UNKNOWN, None)

    def role(self, person_id: int, known: Person | None) -> Role:
        """What somebody is by the settings and by what is written of them. None: nothing is."""
        standing = known.standing if known else Standing.UNKNOWN
        appointed = known is not None and known.appointed
        return role_of(self._mode, standing, is_owner=person_id in self._admin_ids, appointed=appointed)

    async def decide(self, actor: Person, person_id: int, standing: Standing) -> Decision:
        """Lets a person in or keeps them out, also one who never wrote to the bot. Who comes in by it is told so.

        About an owner it changes nothing. Raises Refusal when the actor may not, or when it is about an admin and they
        are no owner.
        """
        actor.must_have(Right.LET_IN)
        async with self._database.write() as tx:
            return await self.decide_in(tx, actor, person_id, standing)

    async def decide_in(self, tx: Tx, actor: Person, person_id: int, standing: Standing) -> Decision:
        """As `decide`, in the caller's transaction. Answers their request to be let in, too."""
        actor.must_have(Right.LET_IN)
        self._remembered.forget(person_id)
        asked, known = await entry.get(tx, person_id), await people.get(tx, person_id)
        before = self.role(person_id, known)
        if before is Role.ADMIN and not actor.may(Right.APPOINT):
            raise Refusal(Reason.OWNERS_ONLY)
        if before is Role.OWNER:
            return Decision(replace(known or Person(person_id, "", Standing.UNKNOWN, None), role=before), was_in=True)
        if known is None:
            named = asked.stranger if asked else None
            known = Person(person_id, named.name if named else "", Standing.UNKNOWN, named.language if named else None)
            await people.add(tx, known)
        await people.set_standing(tx, person_id, standing)
        demoted = standing is Standing.BLOCKED and known.appointed
        if demoted:
            await people.appoint(tx, person_id, admin=False)
        after = replace(known, standing=standing, appointed=known.appointed and not demoted)
        number = await self._note(tx, actor, known, after)
        await self._tell(tx, person_id, standing, number, was_in=before is not Role.STRANGER)
        if answer := answer_of(standing):
            await entry.answer(tx, person_id, answer, actor.id)
        decided_about = replace(after, role=self.role(person_id, after))
        await self.turns(tx, before, decided_about)
        return Decision(decided_about, before is not Role.STRANGER)

    async def _note(self, tx: Tx, actor: Person, before: Person, after: Person) -> int:
        """The audit's entry about a decision; its number."""
        turned: dict[str, str] = {"before": before.standing.value, "after": after.standing.value}
        if before.appointed != after.appointed:
            turned |= {"before_role": Role.ADMIN.value, "after_role": Role.STRANGER.value}
        act = decided(after.standing)
        return await audit.write(tx, act, actor_id=actor.id, person_id=after.id, detail=turned)

    async def _tell(self, tx: Tx, person_id: int, standing: Standing, number: int, *, was_in: bool) -> None:
        if standing is Standing.BLOCKED:
            await notices.settle_welcome(tx, person_id)
        elif standing is Standing.ALLOWED and not was_in:
            await notices.settle_welcome(tx, person_id)  # nor is it news that they were ignored
            await notices.welcome(tx, person_id, number)

    async def staff(self) -> list[Person]:
        """Owners and admins, also those who never wrote."""
        async with self._database.read() as tx:
            ids = {*self._admin_ids, *await people.appointed(tx)}
            known = await people.these(tx, ids)
        found = [known.get(one) or Person(one, "", Standing.UNKNOWN, None) for one in sorted(ids)]
        return [replace(one, role=self.role(one.id, one)) for one in found]

    async def once_staff(self) -> Sequence[int]:
        """Ids of those who were admins by an owner's word, or owners at the last `remember_owners`, and are none."""
        async with self._database.read() as tx:
            appointed, owners = await people.appointed(tx), await switches.value(tx, _OWNERS) or frozenset()
            once = {*await people.once_appointed(tx), *(owners - {*appointed})}
        return sorted(once - self._admin_ids)

    async def remember_owners(self, besides: Collection[int] = ()) -> None:
        """For when the settings name others. `besides`: who is to be found by `once_staff` once more."""
        owners = self._admin_ids | {*besides}
        async with self._database.write() as tx:
            if owners != await switches.value(tx, _OWNERS):
                await switches.put(tx, _OWNERS, owners)

    def when_role_turns(self, deed: Callable[[Person], None]) -> None:
        """Calls `deed` with who became an admin, or is one no longer, once that stands. Other processes' are not heard
        of."""
        self._hears.append(deed)

    async def turns(self, tx: Tx, before: Role, person: Person) -> None:
        """For whoever changes a role in this transaction; `person` has the role that they have from then on.

        What waits to be told to them, and is not theirs to know any more, is not sent.
        """
        if person.role is Role.STRANGER and person.standing is Standing.BLOCKED:
            await unsent.settle_beside_orders(tx, person.id)
        elif before is Role.ADMIN and person.role is not Role.ADMIN:
            await unsent.settle_of_staff(tx, person.id)
        if (before is Role.ADMIN) != (person.role is Role.ADMIN):
            for heard in self._hears:
                tx.after_commit(partial(heard, person))

    def when_erased(self, deed: Callable[[int], None]) -> None:
        """Calls `deed` with the id of who had their data deleted, once that stands."""
        self._hears_of_erased.append(deed)

    async def erased(self, tx: Tx, known: Person, kept: Standing) -> None:
        """For whoever deletes a person's data in this transaction. `known`: who they were; `kept`: their standing."""
        after = Person(known.id, "", kept, None)
        await self.turns(tx, self.role(known.id, known), self.with_role(after))
        for heard in self._hears_of_erased:
            tx.after_commit(partial(heard, known.id))

    async def choose_language(self, person_id: int, language: str | None) -> None:
        """A person's own choice, one of the catalogs' languages; what Telegram says of them does not change it.

        None: as Telegram says again. Does not look whether there is such a language.
        """
        async with self._changing(person_id) as tx:
            await people.choose_language(tx, person_id, language)

    async def left(self, person_id: int) -> None:
        """They blocked the bot: pushes wait until they come back."""
        async with self._changing(person_id) as tx:
            await people.set_unreachable(tx, person_id, tx.now)

    async def came_back(self, person_id: int) -> None:
        """Their notices go on. While nothing can be written it is remembered, and done as soon as it can be."""
        self._remembered.heard(person_id)
        self._is_here(person_id)
        with suppress(DatabaseFault):
            await self.write_down_late()

    def _is_here(self, person_id: int) -> None:
        """To be written down. Not without end: strangers may knock at a shop whose disk is full."""
        if len(self._came_back) < _MOST_WHO_CAME_BACK:
            self._came_back.add(person_id)

    @every(2, "came back")
    async def write_down_late(self) -> None:
        """Who is here again and could not be written down. Raises DatabaseFault while nothing can be written."""
        for person_id in list(self._came_back):
            async with self._changing(person_id) as tx:
                await people.set_unreachable(tx, person_id, None)
            self._came_back.discard(person_id)
