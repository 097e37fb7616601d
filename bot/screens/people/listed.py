"""What admins see of people: who may use the bot, and what they decide about somebody."""

from bot.domain.access import AccessMode, Role, Standing
from bot.domain.people import Person
from bot.facts.people import Decision, PeopleFacts
from bot.i18n import Translator, clean
from bot.screens.asking import admin_row, confirm_or_cancel
from bot.screens.callbacks_of_admins import Decide, Invite, ToAdmin, ToPeople
from bot.screens.navigation import back, menu
from bot.screens.people.naming import who
from bot.screens.screen import Screen, button, lines, rows


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
    them = who(person.id, person.name, t)
    ask = (
        t("Let {who} in?", who=them)
        if standing is Standing.ALLOWED
        else t("Keep {who} out? Their orders in progress go on, but they can't use the bot.", who=them)
    )
    return Screen(ask, confirm_or_cancel(t, Decide(person=person.id, standing=standing), ToPeople()))


def decided(facts: Decision, t: Translator) -> Screen:
    person = facts.person
    them = who(person.id, person.name, t)
    if person.role is Role.OWNER:
        text = t("{who} is an admin by the settings (ADMIN_IDS) and stays in.", who=them)
    elif person.standing is not Standing.ALLOWED:
        text = t("⛔ {who} is kept out now.", who=them)
    elif facts.was_in:
        text = t("✅ {who} could use the bot already, and still can.", who=them)
    elif facts.met:
        text = t("✅ {who} may use the bot now, and is told so.", who=them)
    else:
        text = t(
            "✅ {who} may use the bot now, and is told so. Somebody who never wrote to the bot can't be told: then "
            "they have to send it /start first.",
            who=them,
        )
    return Screen(text, admin_row(t))
