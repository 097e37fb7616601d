"""Admins by an owner's word."""

from dataclasses import replace

from bot.db import audit, entry, people
from bot.db.database import Database, Tx
from bot.db.telling import notices
from bot.domain.access import Right, Role, Standing
from bot.domain.acts import Act
from bot.domain.details import RoleTurned
from bot.domain.entry import EntryAnswer
from bot.domain.notices import NoticeKind
from bot.domain.people import Person
from bot.domain.refusals import Reason, Refusal
from bot.facts.entry import Appointment
from bot.services.people.people import People
from bot.services.people.remembered import RememberedPeople

_GIVEN = {"admin": Role.ADMIN, "buyer": Role.BUYER}


class Roles:
    """Owners stand in the settings and nowhere else: no act makes one, and none unmakes one."""

    def __init__(self, database: Database, remembered: RememberedPeople, people: People) -> None:
        self._database = database
        self._remembered = remembered
        self._people = people

    async def wished(self, actor: Person, typed: str | None, command: str) -> tuple[Person, Role]:
        """Whom, and to what, as it stands behind the command: an id and a role.

        Raises Refusal for what is neither, and when the actor may appoint nobody.
        """
        actor.must_have(Right.APPOINT)
        words = (typed or "").split()
        person = await self._people.named(actor, words[0] if words else None, command)
        role = _GIVEN.get(words[1].casefold()) if len(words) == 2 else None
        if role is None:
            raise Refusal(Reason.BAD_ROLE, command=command)
        return person, role

    async def of(self, actor: Person, person_id: int) -> Person:
        """Who it is about, also one who never wrote. Raises Refusal when the actor may appoint nobody."""
        actor.must_have(Right.APPOINT)
        return await self._people.get(person_id) or Person(person_id, "", Standing.UNKNOWN, None)

    async def appoint(self, actor: Person, person_id: int, *, admin: bool) -> Appointment:
        """Makes an admin of somebody, whoever they were before, or a buyer. They hear of it, unless nothing turned.

        A buyer who is blocked stays blocked. Raises Refusal when the actor may not.
        """
        actor.must_have(Right.APPOINT)
        async with self._database.write() as tx:
            known = await people.get(tx, person_id)
            before = self._people.role(person_id, known)
            known = known or Person(person_id, "", Standing.UNKNOWN, None)
            allowed = admin or known.standing is Standing.UNKNOWN
            after = replace(known, standing=Standing.ALLOWED if allowed else known.standing, appointed=admin)
            after = replace(after, role=self._people.role(person_id, after))
            if before is not Role.OWNER and (after.appointed, after.standing) != (known.appointed, known.standing):
                await self._write(tx, actor, before, known, after)
        return Appointment(after, before)

    async def _write(self, tx: Tx, actor: Person, before: Role, known: Person, after: Person) -> None:
        self._remembered.forget(after.id)
        if await people.get(tx, after.id) is None:
            await people.add(tx, known)
        await people.set_standing(tx, after.id, after.standing)
        if known.appointed != after.appointed:
            await people.appoint(tx, after.id, admin=after.appointed)
        turned = {
            "before": before.value,
            "after": after.role.value,
            "before_standing": known.standing.value,
            "after_standing": after.standing.value,
        }
        number = await audit.write(tx, Act.PERSON_ROLE, actor_id=actor.id, person_id=after.id, detail=turned)
        if after.standing is Standing.ALLOWED:
            await entry.answer(tx, after.id, EntryAnswer.ALLOWED, actor.id)
        if Role.ADMIN in (before, after.role) and before is not after.role:
            told = RoleTurned(after.role is Role.ADMIN)
            await notices.add(tx, f"role:{number}", after.id, NoticeKind.MESSAGE, detail=told)
        elif before is Role.STRANGER and after.role is Role.BUYER:
            await notices.welcome(tx, after.id, number)
        await self._people.turns(tx, before, after)
