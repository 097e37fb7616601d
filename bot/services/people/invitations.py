"""Invitations: links of admins that let one person in, once, until their end."""

import random
import string
from dataclasses import dataclass
from datetime import timedelta

from bot.db import audit, entry, invitations, people
from bot.db.database import Database, Tx
from bot.db.telling import notices
from bot.domain.access import AccessMode, Right, Standing
from bot.domain.acts import Act
from bot.domain.details import InvitationUsed
from bot.domain.entry import EntryAnswer, Invitation, Opening, Stranger
from bot.domain.notices import NoticeKind
from bot.domain.people import Person
from bot.facts.entry import NewInvitation, OpenInvitation, OpenInvitations
from bot.services.people.remembered import RememberedPeople
from bot.services.people.staff import Staff

_ALPHABET = string.ascii_letters + string.digits
_LETTERS = 16
_LISTED = 8


@dataclass(frozen=True, slots=True)
class InvitationTerms:
    """`lasts`: from when a link is made to its end."""

    mode: AccessMode
    lasts: timedelta


class Invitations:
    """Nothing of a code is ever in the audit or in a log: whoever knows it may enter."""

    def __init__(
        self,
        database: Database,
        remembered: RememberedPeople,
        staff: Staff,
        terms: InvitationTerms,
        secrets: random.Random,
    ) -> None:
        self._database = database
        self._remembered = remembered
        self._staff = staff
        self._terms = terms
        self._secrets = secrets

    async def invite(self, actor: Person) -> NewInvitation:
        """A new one; none is made in a closed bot. Raises Refusal when the actor may not."""
        actor.must_have(Right.INVITE)
        if self._terms.mode is AccessMode.CLOSED:
            return NewInvitation(self._terms.mode)
        code = "".join(self._secrets.choices(_ALPHABET, k=_LETTERS))
        async with self._database.write() as tx:
            until = tx.now + self._terms.lasts
            await invitations.add(tx, code, actor.id, until)
            made = {"before": None, "after": until.isoformat()}
            await audit.write(tx, Act.PERSON_INVITE, actor_id=actor.id, detail=made)
        return NewInvitation(self._terms.mode, code, until)

    async def listed(self, actor: Person) -> OpenInvitations:
        """Those of all who may still invite. Raises Refusal when the actor may not see them."""
        actor.must_have(Right.INVITE)
        async with self._database.read() as tx:
            found = await invitations.open_ones(tx, await self._staff.having(tx, Right.INVITE), _LISTED + 1)
            hosts = await people.these(tx, {one.host_id for one in found})
        shown = tuple(
            OpenInvitation(one.code, one.host_id, hosts.get(one.host_id), one.ends_at(self._terms.lasts))
            for one in found[:_LISTED]
        )
        return OpenInvitations(self._terms.mode, shown, more=len(found) > _LISTED)

    async def revoke(self, actor: Person, code: str) -> bool:
        """Whether it was good for somebody until now. Raises Refusal when the actor may not."""
        actor.must_have(Right.INVITE)
        async with self._database.write() as tx:
            known = await invitations.get(tx, code)
            if known is None or known.used_by is not None or known.ends_at(self._terms.lasts) <= tx.now:
                return False
            await invitations.end(tx, code)
            ended = {"before": known.ends_at(self._terms.lasts).isoformat(), "after": tx.now.isoformat()}
            await audit.write(tx, Act.INVITATION_REVOKED, actor_id=actor.id, person_id=known.host_id, detail=ended)
        return True

    async def open(self, stranger: Stranger, code: str) -> Opening:
        """Lets the bearer of a good invitation in. Somebody about whom an admin has decided needs none."""
        if self._terms.mode is AccessMode.CLOSED:
            return Opening.NOTHING
        async with self._database.read() as tx:
            worth = await self._worth(tx, stranger, await invitations.get(tx, code))
        if worth is not Opening.LET_IN:
            return worth  # whoever tries codes makes nobody wait for a write
        async with self._database.write() as tx:
            invitation = await invitations.get(tx, code)
            worth = await self._worth(tx, stranger, invitation)
            if invitation is not None and worth is Opening.LET_IN:
                await self._let_in(tx, stranger, invitation)
        return worth

    async def _worth(self, tx: Tx, stranger: Stranger, invitation: Invitation | None) -> Opening:
        """One whose host may not invite any more has run out with that right."""
        known = await people.get(tx, stranger.id)
        if invitation is None or (known is not None and known.standing is not Standing.UNKNOWN):
            return Opening.NOTHING
        if invitation.used_by is not None:
            return Opening.USED
        if invitation.ends_at(self._terms.lasts) <= tx.now:
            return Opening.RUN_OUT
        may_invite = invitation.host_id in await self._staff.having(tx, Right.INVITE)
        return Opening.LET_IN if may_invite else Opening.RUN_OUT

    async def _let_in(self, tx: Tx, stranger: Stranger, invitation: Invitation) -> None:
        self._remembered.forget(stranger.id)
        await invitations.use(tx, invitation.code, stranger.id)
        if await people.get(tx, stranger.id) is None:
            await people.add(tx, Person(stranger.id, stranger.name, Standing.ALLOWED, stranger.language))
        await people.set_standing(tx, stranger.id, Standing.ALLOWED)
        await entry.answer(tx, stranger.id, EntryAnswer.INVITED, invitation.host_id)
        turned: dict[str, str | int] = {
            "before": Standing.UNKNOWN.value,
            "after": Standing.ALLOWED.value,
            "host": invitation.host_id,
        }
        number = await audit.write(tx, Act.PERSON_ACCEPTED, actor_id=stranger.id, person_id=stranger.id, detail=turned)
        guest = InvitationUsed(stranger.id, stranger.name)
        await notices.add(tx, f"invited:{number}", invitation.host_id, NoticeKind.MESSAGE, detail=guest)
