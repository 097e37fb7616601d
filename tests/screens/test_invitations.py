"""Invitations: told apart without their codes, and gone where nobody can be invited."""

from datetime import UTC, datetime

from bot.domain.access import AccessMode
from bot.facts.entry import NewInvitation, OpenInvitation, OpenInvitations
from bot.screens.gallery_facts import ADMIN
from bot.screens.people import entry
from bot.screens.people.menu import admin_menu
from tests.screens.phone import ENGLISH, buttons, read

UNTIL = datetime(2026, 3, 1, 12, tzinfo=UTC)


def test_open_invitations_are_told_apart_and_a_revocation_says_which() -> None:
    one, other = (OpenInvitation(code, ADMIN.id, ADMIN, UNTIL) for code in ("abcdefghx7Qp", "abcdefghR2d2"))
    shown = read(entry.invitations(OpenInvitations(AccessMode.INVITE, (one, other)), ENGLISH))[0]
    assert "1. …x7Qp, until" in shown
    assert "2. …R2d2, until" in shown
    assert "abcdefgh" not in shown
    assert "…R2d2" in read(entry.revoke(other.code, ENGLISH))[0]


def test_the_link_of_an_invitation_can_be_copied() -> None:
    link = "https://t.me/example_bot?start=inv_x"
    shown = entry.invitation(NewInvitation(AccessMode.INVITE, "x", UNTIL), link, ENGLISH)
    assert link in [one.copy_text.text for one in buttons(shown) if one.copy_text]


def test_a_closed_bot_offers_to_pick_a_person_instead() -> None:
    menu = [one.text for one in buttons(admin_menu(ADMIN, ENGLISH, invites=False))]
    assert not any("Invite" in label for label in menu)
    assert any("Invite" in one.text for one in buttons(admin_menu(ADMIN, ENGLISH)))
    for shown in (
        entry.invitation(NewInvitation(AccessMode.CLOSED), "", ENGLISH),
        entry.invitations(OpenInvitations(AccessMode.CLOSED, ()), ENGLISH),
    ):
        assert "🔎 Pick a person" in [one.text for one in buttons(shown)]
