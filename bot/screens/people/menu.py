"""The admins' menu."""

from bot.i18n import Translator
from bot.screens.callbacks import ToHome
from bot.screens.callbacks_of_admins import Invite, ToBalance, ToBuying, ToPeople, ToUnconfirmed
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
            [button("✉️ " + t.plain("Invite"), Invite())],
            [back(t, ToHome()), menu(t)],
        ),
    )
