"""The gallery's part about the way in, as admins see it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from bot.domain.access import AccessMode, Role, Standing
from bot.domain.details import Detail, EntryAsked, InvitationUsed, RoleTurned
from bot.domain.entry import EntryAnswer, EntryRequest, Stranger
from bot.domain.notices import NoticeKind
from bot.facts.entry import AnsweredEntry, Appointment, NewInvitation, OpenInvitation, OpenInvitations
from bot.i18n import Translator
from bot.screens.gallery_facts import ADMIN, BUYER, NOW
from bot.screens.people import entry, roles
from bot.screens.screen import Screen
from bot.screens.telling import pushes

_ID, _NAME = 123456789, "Ann <b>&"
_UNTIL = NOW + timedelta(days=3)
_LINK = "https://t.me/example_numbers_bot?start=inv_x"


def told_of_the_door(t: Translator) -> Iterator[tuple[str, Screen]]:
    """Messages that nobody asked for."""
    told: dict[str, Detail] = {
        "somebody asks to be let in": EntryAsked(_ID, _NAME, "ann_example"),
        "somebody without a username asks": EntryAsked(_ID, ""),
        "invitation used": InvitationUsed(_ID, _NAME),
        "an admin now": RoleTurned(admin=True),
        "no admin any more": RoleTurned(admin=False),
    }
    for name, detail in told.items():
        screen = pushes.push(NoticeKind.MESSAGE, None, None, detail, t)
        if screen is not None:
            yield f"push: {name}", screen


def door(t: Translator) -> Iterator[tuple[str, Screen]]:
    """(name, screen), in reading order."""
    yield from _answers(t)
    yield "invitation", entry.invitation(NewInvitation(AccessMode.INVITE, "x", _UNTIL), _LINK, t)
    yield "invitations are off", entry.invitation(NewInvitation(AccessMode.CLOSED), "", t)
    one = OpenInvitation("x", 1, ADMIN, _UNTIL)
    found = OpenInvitations(AccessMode.INVITE, (one, replace(one, host=None, host_id=77)) * 4, more=True)
    yield "open invitations", entry.invitations(found, t)
    yield "open invitations, none", entry.invitations(OpenInvitations(AccessMode.OPEN, ()), t)
    closed = OpenInvitations(AccessMode.CLOSED, ())
    yield "an invitation was over", entry.invitations(closed, t, entry.revoked_toast(False, t))
    yield "an invitation is revoked", entry.invitations(found, t, entry.revoked_toast(True, t))
    yield "revoke?", entry.revoke("x", t)
    yield from _roles(t)


def _answers(t: Translator) -> Iterator[tuple[str, Screen]]:
    asked = EntryRequest(Stranger(_ID, _NAME), NOW, answered_by=1)
    for answer in EntryAnswer:
        for mine in (True, False):
            whose = "mine" if mine else "another's"
            request = replace(asked, answer=answer)
            yield f"{answer.value}, {whose}", entry.answered(AnsweredEntry(request, mine, ADMIN), t)
    in_vain = AnsweredEntry(replace(asked, answer=EntryAnswer.IGNORED), True, ADMIN, is_in=True)
    yield "ignored, but in already", entry.answered(in_vain, t)


def _roles(t: Translator) -> Iterator[tuple[str, Screen]]:
    admin, stranger = replace(BUYER, role=Role.ADMIN), replace(BUYER, role=Role.STRANGER, standing=Standing.BLOCKED)
    yield "make an admin?", roles.confirm(BUYER, t, admin=True)
    yield "make an admin of somebody blocked?", roles.confirm(stranger, t, admin=True)
    yield "make a buyer?", roles.confirm(admin, t, admin=False)
    yield "make a buyer of an owner?", roles.confirm(ADMIN, t, admin=False)
    for name, who, before in (
        ("an admin", admin, Role.BUYER),
        ("an admin already", admin, Role.ADMIN),
        ("a buyer", BUYER, Role.ADMIN),
        ("a buyer already", BUYER, Role.BUYER),
        ("a buyer, blocked", stranger, Role.STRANGER),
    ):
        yield name, roles.appointed(Appointment(who, before), t)
