"""Getting into a closed bot: a stranger asks, the admins are asked once, one of them answers."""

from datetime import timedelta

from bot.db import audit, entry, people
from bot.db.database import Database, Tx
from bot.db.telling import notices
from bot.domain.access import AccessMode, Right, Role, Standing
from bot.domain.acts import Act
from bot.domain.details import EntryAsked
from bot.domain.entry import EntryAnswer, EntryRequest, Knock, Stranger
from bot.domain.notices import NoticeKind
from bot.domain.people import Person
from bot.domain.refusals import Reason, Refusal
from bot.facts.entry import AnsweredEntry
from bot.services.people.people import People
from bot.services.people.remembered import RememberedPeople
from bot.services.people.staff import Staff

_AN_HOUR = timedelta(hours=1)
_ASKED_AN_HOUR = 20
"""Of all strangers together: what admins can be asked to read."""
_WAITING, _WAITS = 100, timedelta(days=7)
"""So many open requests that more are not asked; one that nobody answered for a week does not count."""


class Entry:
    """Writes down those for whom the admins were asked, and no other stranger."""

    def __init__(self, database: Database, remembered: RememberedPeople, staff: Staff, people: People) -> None:
        self._database = database
        self._remembered = remembered
        self._staff = staff
        self._people = people

    async def stands(self, person_id: int) -> Knock:
        """How a stranger's wish stands; asks nobody."""
        if self._people.mode is not AccessMode.CLOSED:
            return Knock.SILENT
        async with self._database.read() as tx:
            return await self._stands(tx, person_id)

    async def ask(self, stranger: Stranger) -> Knock:
        """Asks the admins, once for each person. Writes only when they really are asked."""
        found = await self.stands(stranger.id)
        if found is not Knock.FREE:
            return found
        async with self._database.write() as tx:
            found = await self._stands(tx, stranger.id)  # two of their taps, or an admin's answer meanwhile
            if found is not Knock.FREE:
                return found
            await entry.add(tx, stranger)
            asked = EntryAsked(stranger.id, stranger.name, stranger.username or "")
            for admin in await self._staff.having(tx, Right.LET_IN):
                await notices.add(tx, entry.notice_key(stranger.id, admin), admin, NoticeKind.MESSAGE, detail=asked)
        return Knock.WAITS

    async def _stands(self, tx: Tx, person_id: int) -> Knock:
        request, known = await entry.get(tx, person_id), await people.get(tx, person_id)
        if request is not None:
            return Knock.WAITS if request.answer is None else Knock.SILENT
        if known is not None and known.standing is not Standing.UNKNOWN:
            return Knock.SILENT
        if not await self._staff.having(tx, Right.LET_IN):
            return Knock.SILENT
        hasty = await entry.asked_since(tx, tx.now - _AN_HOUR) >= _ASKED_AN_HOUR
        full = await entry.waiting_since(tx, tx.now - _WAITS) >= _WAITING
        return Knock.LATER if hasty or full else Knock.FREE

    async def answer(self, actor: Person, person_id: int, *, allow: bool) -> AnsweredEntry:
        """The first answer counts; a later one is told who gave it. The person hears of it.

        Raises Refusal: there is no such request, or the actor may not.
        """
        actor.must_have(Right.LET_IN)
        async with self._database.write() as tx:
            request = await entry.get(tx, person_id)
            if request is None:
                raise Refusal(Reason.NO_REQUEST)
            if request.answer is None:
                await self._carry_out(tx, actor, request, allow=allow)
                request = await entry.get(tx, person_id) or request
            is_in = self._people.role(person_id, await people.get(tx, person_id)) is not Role.STRANGER
            by = None if request.answered_by is None else await people.get(tx, request.answered_by)
        return AnsweredEntry(request, request.answered_by == actor.id, by, is_in)

    async def _carry_out(self, tx: Tx, actor: Person, request: EntryRequest, *, allow: bool) -> None:
        if allow:
            await self._people.decide_in(tx, actor, request.stranger.id, Standing.ALLOWED)
            return
        who = request.stranger
        self._remembered.forget(who.id)
        await entry.answer(tx, who.id, EntryAnswer.IGNORED, actor.id)
        known = await people.get(tx, who.id)
        if known is None:  # so that they are spoken to in their language
            await people.add(tx, Person(who.id, who.name, Standing.UNKNOWN, who.language))
        turned = {"before": None, "after": EntryAnswer.IGNORED.value}
        number = await audit.write(tx, Act.ENTRY_IGNORED, actor_id=actor.id, person_id=who.id, detail=turned)
        if self._people.role(who.id, known) is Role.STRANGER:  # else they are in: ACCESS is open by now
            await notices.not_let_in(tx, who.id, number)
