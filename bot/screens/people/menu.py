"""The admins' menu: what this admin may do, and nothing else."""

from aiogram.types import InlineKeyboardButton

from bot.domain.access import Right
from bot.domain.people import Person
from bot.i18n import Translator
from bot.screens.callbacks import ToHome
from bot.screens.callbacks_of_admins import (
    ToAudit,
    ToBalance,
    ToBuying,
    ToDigest,
    ToExport,
    ToInvitations,
    ToPeople,
    ToRecords,
    ToStats,
    ToStatus,
    ToUnconfirmed,
)
from bot.screens.navigation import back, menu
from bot.screens.screen import Screen, button, grid, lines, rows

_COLUMNS = 2


def admin_menu(person: Person, t: Translator, *, invites: bool = True) -> Screen:
    """`invites`: whether an invitation lets anybody in."""
    return Screen(
        lines(
            t("<b>Admin</b>"),
            t("Everything here is also a command: type / to see them all."),
        ),
        rows(*grid(_buttons(person, t, invites=invites), _COLUMNS), [back(t, ToHome()), menu(t)]),
    )


def _buttons(person: Person, t: Translator, *, invites: bool) -> list[InlineKeyboardButton]:
    all_of_them = (
        (Right.SEE_PEOPLE, button("👥 " + t.plain("People"), ToPeople())),
        (Right.SEE_ORDERS, button("🧾 " + t.plain("Orders"), ToRecords())),
        (Right.SEE_BALANCE, button("🏦 " + t.plain("Balance"), ToBalance())),
        (Right.SEE_FIGURES, button("📊 " + t.plain("Stats"), ToStats(days=7))),
        (Right.PAUSE, button("⏯ " + t.plain("Buying"), ToBuying())),
        (Right.JUDGE, button("⚠️ " + t.plain("Unconfirmed"), ToUnconfirmed())),
        (Right.SEE_FIGURES, button("🩺 " + t.plain("Status"), ToStatus())),
        (Right.SEE_AUDIT, button("📜 " + t.plain("Audit"), ToAudit())),
        (Right.EXPORT, button("📄 " + t.plain("Export"), ToExport())),
        (Right.SET_DIGEST, button("🗞 " + t.plain("Daily digest"), ToDigest())),
        (Right.INVITE, button("✉️ " + t.plain("Invite"), ToInvitations())),
    )
    rights = [right for right in Right if person.may(right) and (right is not Right.INVITE or invites)]
    return [leads for right, leads in all_of_them if right in rights]
