"""The way in, for admins: strangers who ask, and invitations."""

from aiogram.enums import ButtonStyle
from aiogram.types import InlineKeyboardButton

from bot.domain.access import AccessMode, Standing
from bot.domain.entry import EntryAnswer
from bot.facts.entry import AnsweredEntry, NewInvitation, OpenInvitation, OpenInvitations
from bot.i18n import Html, Translator, clean
from bot.screens.asking import Rows, admin_row, confirm_or_cancel
from bot.screens.callbacks_of_admins import (
    AnswerEntry,
    Decide,
    Invite,
    PickPerson,
    RevokeInvitation,
    ToAdmin,
    ToInvitations,
)
from bot.screens.naming import to_page, who
from bot.screens.navigation import back, menu
from bot.screens.screen import Screen, button, copy_button, grid, lines, rows


def asked(person_id: int, name: str, username: str, t: Translator) -> Screen:
    """To each admin, once for a stranger. All but the id is what they call themselves."""
    at = t("Username: @{username}", username=clean(username, 32)) if username else None
    return Screen(
        lines(t("🙋 {who} asks to be let in.", who=who(person_id, name, t)), at),
        rows(
            [
                button("✅ " + t.plain("Allow"), AnswerEntry(person=person_id, allow=True), ButtonStyle.SUCCESS),
                button("🙈 " + t.plain("Ignore"), AnswerEntry(person=person_id, allow=False)),
            ],
            [menu(t)],
        ),
    )


def answered(facts: AnsweredEntry, t: Translator) -> Screen:
    """After a tap on one of the two; the first answer counts, whoever gave it."""
    ignored_in_vain = facts.is_in and facts.request.answer is EntryAnswer.IGNORED
    said = _is_in(facts, t) if ignored_in_vain else _mine(facts, t) if facts.mine else _anothers(facts, t)
    after_all = None
    if facts.request.answer is EntryAnswer.IGNORED and not ignored_in_vain:
        let_in = Decide(person=facts.request.stranger.id, standing=Standing.ALLOWED)
        after_all = button("✅ " + t.plain("Allow after all"), let_in)
    return Screen(said, rows([after_all], [to_page(facts.request.stranger.id, t)], *admin_row(t)), over=True)


def _is_in(facts: AnsweredEntry, t: Translator) -> Html:
    asker = facts.request.stranger
    return t("{who} is in already. To keep them out, block them on their page.", who=who(asker.id, asker.name, t))


def _mine(facts: AnsweredEntry, t: Translator) -> Html:
    asker = facts.request.stranger
    them = who(asker.id, asker.name, t)
    match facts.request.answer:
        case EntryAnswer.ALLOWED | EntryAnswer.INVITED:
            return t("✅ {who} may use the bot now, and is told so.", who=them)
        case EntryAnswer.BLOCKED:
            return t("⛔ {who} is kept out now.", who=them)
        case _:
            return t("🙈 {who} is not let in. You won't be asked about them again.", who=them)


def _anothers(facts: AnsweredEntry, t: Translator) -> Html:
    asker, by = facts.request.stranger, facts.by
    them = who(asker.id, asker.name, t)
    other = who(facts.request.answered_by or 0, by.name if by else "", t)
    match facts.request.answer:
        case EntryAnswer.ALLOWED:
            return t("Already answered: {admin} let {who} in.", admin=other, who=them)
        case EntryAnswer.INVITED:
            return t("{who} is in already, by an invitation of {admin}.", admin=other, who=them)
        case EntryAnswer.BLOCKED:
            return t("Already answered: {admin} keeps {who} out.", admin=other, who=them)
        case _:
            return t("Already answered: {admin} ignored {who}.", admin=other, who=them)


def invitation(facts: NewInvitation, link: str, t: Translator) -> Screen:
    """`link`: where it leads, with the code in it."""
    if facts.until is None:
        return Screen(_closed(t), _instead(t))
    return Screen(
        lines(
            t("✉️ This link lets one person in, once:"),
            t("<code>{link}</code>", link=link),
            t("It works until {time}.", time=t.time(facts.until, "datetime")),
        ),
        rows(
            # NOTE: puts the link of an invitation on the clipboard
            [copy_button("📋 " + t.plain("Copy link"), link)],
            [button("✉️ " + t.plain("Invitations"), ToInvitations())],
            [back(t, ToAdmin()), menu(t)],
        ),
    )


def _instead(t: Translator) -> Rows:
    """How somebody is let in where nobody can be invited."""
    return rows([button("🔎 " + t.plain("Pick a person"), PickPerson())], [back(t, ToAdmin()), menu(t)])


def _closed(t: Translator) -> Html:
    return t("Invitations are off: ACCESS is closed. Pick whom to let in, or set ACCESS=invite and restart the bot.")


def invitations(facts: OpenInvitations, t: Translator, toast: str | None = None) -> Screen:
    """Links that still let somebody in. A link itself is shown once, when it is made by the button of it."""
    if facts.mode is AccessMode.CLOSED:
        return Screen(_closed(t), _instead(t), toast=toast)
    told = [_open_one(number, one, t) for number, one in enumerate(facts.found, 1)]
    return Screen(
        lines(
            t("✉️ <b>Open invitations</b>"),
            *(told or [t("None. Each link lets one person in.")]),
            t("There are more, which end later.") if facts.more else None,
        ),
        rows(
            # NOTE: makes a link that lets one person in
            [button("➕ " + t.plain("New invitation"), Invite())],
            *_revoking(facts, t),
            [back(t, ToAdmin()), menu(t)],
        ),
        toast=toast,
    )


def _open_one(number: int, one: OpenInvitation, t: Translator) -> Html:
    host, until = who(one.host_id, one.host.name if one.host else "", t), t.time(one.until, "datetime")
    # NOTE: {end} is how the link ends, for example "…x7Qp"
    return t("{n}. {end}, until {time}, by {admin}", n=str(number), end=_end(one.code), time=until, admin=host)


def _end(code: str) -> Html:
    """Enough to tell two links apart, and not to use one."""
    return Html("<code>…{}</code>").format(code[-4:])


def _revoking(facts: OpenInvitations, t: Translator) -> list[tuple[InlineKeyboardButton, ...]]:
    taking = [
        button(t.plain("Revoke {n}", n=str(number)), RevokeInvitation(code=one.code))
        for number, one in enumerate(facts.found, 1)
    ]
    return grid(taking, 3)


def revoke(code: str, t: Translator) -> Screen:
    """Asks back."""
    yes = RevokeInvitation(code=code, confirmed=True)
    return Screen(
        t("Revoke the invitation {end}? Its link then lets nobody in.", end=_end(code)),
        confirm_or_cancel(t, yes, ToInvitations(), ButtonStyle.DANGER),
    )


def revoked_toast(was_good: bool, t: Translator) -> str:
    return t.plain("Revoked.") if was_good else t.plain("This invitation was over already.")


def invited(person_id: int, name: str, t: Translator) -> Screen:
    """To the admin whose invitation it was."""
    return Screen(
        t("👤 {who} used your invitation and is in.", who=who(person_id, name, t)),
        rows([to_page(person_id, t)], *admin_row(t)),
    )
