"""The admins' menu: what each of them may do, and nothing else."""

from aiogram.filters.callback_data import CallbackData

from bot.domain.access import Right
from bot.domain.people import Person
from bot.i18n import Translator
from bot.screens.callbacks import ToHome
from bot.screens.callbacks_of_admins import Invite, ToBalance, ToBuying, ToPeople, ToUnconfirmed
from bot.screens.navigation import back, menu
from bot.screens.screen import Screen, button, lines, rows

COMMANDS = (
    ("/balance", Right.SEE_BALANCE),
    ("/users", Right.SEE_PEOPLE),
    ("/allow ID", Right.LET_IN),
    ("/block ID", Right.LET_IN),
    ("/role ID admin", Right.APPOINT),
    ("/invite", Right.INVITE),
    ("/pause", Right.PAUSE),
    ("/resume", Right.PAUSE),
    ("/unconfirmed", Right.JUDGE),
)
OF_WALLETS = (("/credit ID AMOUNT note", Right.GIVE_CREDIT), ("/debit ID AMOUNT note", Right.GIVE_CREDIT))
"""Each with the right that stands before it."""


def admin_menu(person: Person, t: Translator) -> Screen:
    """`person`: whose menu it is."""
    shown = [button(label, leads_to) for label, leads_to, right in _buttons(t) if person.may(right)]
    return Screen(
        lines(
            t("<b>Admin</b>"),
            t("Commands: {commands}", commands=_allowed(COMMANDS, person)),
            t("Prepaid wallets: {commands}", commands=_allowed(OF_WALLETS, person)),
        ),
        rows(*(shown[first : first + 2] for first in range(0, len(shown), 2)), [back(t, ToHome()), menu(t)]),
    )


def _buttons(t: Translator) -> list[tuple[str, CallbackData, Right]]:
    return [
        ("🏦 " + t.plain("Balance"), ToBalance(), Right.SEE_BALANCE),
        ("👥 " + t.plain("People"), ToPeople(), Right.SEE_PEOPLE),
        ("⏯ " + t.plain("Buying"), ToBuying(), Right.PAUSE),
        ("⚠️ " + t.plain("Unconfirmed"), ToUnconfirmed(), Right.JUDGE),
        ("✉️ " + t.plain("Invite"), Invite(), Right.INVITE),
    ]


def _allowed(commands: tuple[tuple[str, Right], ...], person: Person) -> str:
    return ", ".join(usage for usage, right in commands if person.may(right))
