"""What admins see of people: who may use the bot, and the way in."""

from bot.domain.access import AccessMode, Role, Standing
from bot.domain.people import Person
from bot.facts.people import Decision, PeopleFacts
from bot.i18n import Html, Translator, clean
from bot.screens.asking import admin_row, confirm_or_cancel
from bot.screens.callbacks import ToHome
from bot.screens.callbacks_of_admins import (
    Decide,
    Invite,
    ToAdmin,
    ToAudit,
    ToBalance,
    ToBuying,
    ToDigest,
    ToExport,
    ToPeople,
    ToRecords,
    ToStats,
    ToStatus,
    ToUnconfirmed,
)
from bot.screens.navigation import back, menu
from bot.screens.screen import Screen, button, lines, rows


def admin_menu(t: Translator) -> Screen:
    return Screen(
        lines(
            t("<b>Admin</b>"),
            t("Commands: /balance, /users, /allow ID, /block ID, /invite, /pause, /resume, /unconfirmed"),
            t("Prepaid wallets: /credit ID AMOUNT note, /debit ID AMOUNT note"),
        ),
        rows(
            [button("🏦 " + t.plain("Balance"), ToBalance()), button("👥 " + t.plain("People"), ToPeople())],
            [
                button("⏯ " + t.plain("Buying"), ToBuying()),
                button("⚠️ " + t.plain("Unconfirmed"), ToUnconfirmed()),
            ],
            [button("🧾 " + t.plain("Orders"), ToRecords()), button("📜 " + t.plain("Audit"), ToAudit())],
            [button("📄 " + t.plain("Export"), ToExport()), button("✉️ " + t.plain("Invite"), Invite())],
            [button("✉️ " + t.plain("Invite"), Invite())],
            [button("📊 " + t.plain("Stats"), ToStats(days=7)), button("🩺 " + t.plain("Status"), ToStatus())],
            [button("🗞 " + t.plain("Daily digest"), ToDigest())],
            [back(t, ToHome()), menu(t)],
        ),
    )


def people(facts: PeopleFacts, t: Translator) -> Screen:
    modes = {
        AccessMode.CLOSED: t("Access: closed. Only admins and those they allow."),
        AccessMode.INVITE: t("Access: by invitation. /invite makes a link for one person."),
        AccessMode.OPEN: t("Access: open to everybody who is not blocked."),
    }
    standing = {Standing.ALLOWED: "✅", Standing.BLOCKED: "⛔", Standing.UNKNOWN: "▫️"}
    found = [
        t("{sign} <code>{id}</code> {name}", sign=standing[p.standing], id=str(p.id), name=clean(p.name, 40))
        for p in facts.people
    ]
    invite = None if facts.mode is AccessMode.CLOSED else button("✉️ " + t.plain("Invite"), Invite())
    return Screen(
        lines(t("👥 <b>People</b>"), modes[facts.mode], "", *found, "", t("/allow ID lets in, /block ID keeps out.")),
        rows([invite], [back(t, ToAdmin()), menu(t)]),
    )


def confirm(person: Person, standing: Standing, t: Translator) -> Screen:
    """Acts on people ask back."""
    who = _who(person.id, person.name, t)
    ask = (
        t("Let {who} in?", who=who)
        if standing is Standing.ALLOWED
        else t("Keep {who} out? Their orders in progress go on, but they can't use the bot.", who=who)
    )
    return Screen(ask, confirm_or_cancel(t, Decide(person=person.id, standing=standing), ToPeople()))


def decided(facts: Decision, t: Translator) -> Screen:
    person = facts.person
    who = _who(person.id, person.name, t)
    if person.role is Role.OWNER:
        text = t("{who} is an admin by the settings (ADMIN_IDS) and stays in.", who=who)
    elif person.standing is not Standing.ALLOWED:
        text = t("⛔ {who} is kept out now.", who=who)
    elif facts.was_in:
        text = t("✅ {who} could use the bot already, and still can.", who=who)
    elif facts.met:
        text = t("✅ {who} may use the bot now, and is told so.", who=who)
    else:
        text = t(
            "✅ {who} may use the bot now, and is told so. Somebody who never wrote to the bot can't be told: then "
            "they have to send it /start first.",
            who=who,
        )
    return Screen(text, admin_row(t))


def invited(person_id: int, name: str, t: Translator) -> Screen:
    """To the admin whose invitation it was."""
    return Screen(t("👤 {who} used your invitation and is in.", who=_who(person_id, name, t)), admin_row(t))


def _who(person_id: int, name: str, t: Translator) -> Html:
    shown = clean(name, 40).replace("\n", " ").strip()
    if not shown:
        return t("<code>{id}</code>", id=str(person_id))
    return t("<code>{id}</code> {name}", id=str(person_id), name=shown)


def invitation(link: str, mode: AccessMode, t: Translator) -> Screen:
    if mode is AccessMode.CLOSED:
        return Screen(
            t(
                "Invitations are off: ACCESS is closed. Let people in with /allow ID, or set ACCESS=invite and restart "
                "the bot."
            ),
            rows([back(t, ToAdmin()), menu(t)]),
        )
    return Screen(
        lines(t("✉️ This link lets one person in, once:"), t("<code>{link}</code>", link=link)),
        rows([back(t, ToAdmin()), menu(t)]),
    )
