"""Making admins of people, and buyers of admins."""

from aiogram.enums import ButtonStyle

from bot.domain.access import Role, Standing
from bot.domain.people import Person
from bot.facts.entry import Appointment
from bot.i18n import Html, Translator
from bot.screens.asking import admin_row, confirm_or_cancel
from bot.screens.callbacks_of_admins import Appoint, ToAdmin, ToPerson
from bot.screens.naming import to_page, who
from bot.screens.navigation import menu
from bot.screens.screen import Screen, button, lines, rows


def confirm(person: Person, t: Translator, *, admin: bool) -> Screen:
    """Asks back. An owner is one by the settings, and nothing is asked."""
    if person.role is Role.OWNER:
        return appointed(Appointment(person, Role.OWNER), t)
    them = who(person.id, person.name, t)
    blocked = person.standing is Standing.BLOCKED
    if admin:
        said = lines(
            t(
                "Make {who} an admin? Admins let people in, give credit, and see all orders without their codes.",
                who=them,
            ),
            t("They are kept out now. This lets them in.") if blocked else None,
        )
    else:
        said = t("Make {who} a buyer? They can't do anything of admins then.", who=them)
    yes = Appoint(person=person.id, admin=admin, confirmed=True)
    return Screen(
        said,
        confirm_or_cancel(t, yes, ToPerson(person=person.id), ButtonStyle.DANGER if admin else ButtonStyle.PRIMARY),
    )


def appointed(facts: Appointment, t: Translator) -> Screen:
    return Screen(_said(facts, t), rows([to_page(facts.person.id, t)], *admin_row(t)))


def _said(facts: Appointment, t: Translator) -> Html:
    person = facts.person
    them = who(person.id, person.name, t)
    match person.role:
        case Role.OWNER:
            return t("{who} is an owner by the settings (ADMIN_IDS) and stays one.", who=them)
        case Role.ADMIN if facts.before is Role.ADMIN:
            return t("✅ {who} is an admin already.", who=them)
        case Role.ADMIN:
            return t("✅ {who} is an admin now, and is told so.", who=them)
        case Role.BUYER if facts.before is Role.BUYER:
            return t("✅ {who} is a buyer already.", who=them)
        case Role.BUYER:
            return t("✅ {who} is a buyer now, and is told so.", who=them)
        case _:
            return t("⛔ {who} is no admin, and is kept out. /allow ID lets them in.", who=them)


def turned(t: Translator, *, admin: bool) -> Screen:
    """To the person themselves."""
    if admin:
        return Screen(
            t("🛠 You are an admin of this shop now. Tap Admin to see what you can do."),
            rows([button("🛠 " + t.plain("Admin"), ToAdmin()), menu(t)]),
        )
    return Screen(t("You are no admin of this shop any more. You can buy as before."), rows([menu(t)]))
