"""Limits that hold for one person instead of the shop's, set by admins."""

from bot.db import audit, people
from bot.db import limits as limit_rows
from bot.db.database import Database
from bot.domain.access import Right, Standing
from bot.domain.acts import Act
from bot.domain.limits import LimitKind, name_of
from bot.domain.people import Person
from bot.services.people.remembered import RememberedPeople


class PersonLimits:
    """What is asked for them stands where something is limited: `Checkout`, `Closing`, `Wallet`."""

    def __init__(self, database: Database, remembered: RememberedPeople) -> None:
        self._database = database
        self._remembered = remembered

    async def set(self, actor: Person, person_id: int, kind: LimitKind, limit: int | None) -> int | None:
        """From the next purchase or close on; what is in progress goes on. None: as for everybody. What it was before.

        Also for somebody who never wrote to the bot. `limit`: a count, or micro-units. Raises Refusal when the actor
        may not, ValueError for a limit below zero.
        """
        actor.must_have(Right.LIMIT)
        async with self._database.write() as tx:
            before = await limit_rows.own(tx, person_id)
            after = before.but(kind, limit)
            if after == before:
                return limit
            if await people.get(tx, person_id) is None:
                self._remembered.forget(person_id)
                await people.add(tx, Person(person_id, "", Standing.UNKNOWN, None))
            await limit_rows.put(tx, person_id, after)
            changed = {"limit": name_of(kind), "before": before.of(kind), "after": limit}
            await audit.write(tx, Act.PERSON_LIMITED, actor_id=actor.id, person_id=person_id, detail=changed)
        return before.of(kind)
