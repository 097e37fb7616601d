"""The way in: invitations, and what their admins hear of them."""

from bot.domain.access import AccessMode
from bot.i18n import Translator
from bot.screens.asking import admin_row
from bot.screens.callbacks_of_admins import ToAdmin
from bot.screens.navigation import back, menu
from bot.screens.people.naming import who
from bot.screens.screen import Screen, lines, rows


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


def invited(person_id: int, name: str, t: Translator) -> Screen:
    """To the admin whose invitation it was."""
    return Screen(t("👤 {who} used your invitation and is in.", who=who(person_id, name, t)), admin_row(t))
