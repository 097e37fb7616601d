"""Whether people may buy, for admins."""

from aiogram.enums import ButtonStyle

from bot.domain.pausing import PauseCause
from bot.i18n import Translator
from bot.screens.asking import Rows, confirm_or_cancel
from bot.screens.callbacks_of_admins import Steer, ToAdmin, ToGuard
from bot.screens.navigation import back, menu
from bot.screens.screen import Screen, button, lines, rows


def buying(why: PauseCause | None, t: Translator) -> Screen:
    """Whether people may buy, and why not; the act stands on the button and is asked back by this very screen."""
    causes = {
        PauseCause.ADMIN: t("⏸ Buying is paused by an admin."),
        PauseCause.UNKNOWNS: t("⏸ Buying is paused: too many purchases lost their answer. See /unconfirmed."),
        PauseCause.GUARD: t(
            "⏸ Buying is paused by the account guard: too few numbers get a code, or too many are closed. See which, "
            "and resume when you know why; the guard then counts anew."
        ),
        PauseCause.BOOKS: t("⏸ Buying is paused: the books do not add up. Run <code>hidsim-bot books</code>."),
    }
    if why is None:
        text = t("▶️ People can buy. Pause buying? Orders in progress go on, and their codes still come.")
        return Screen(text, (*_guard(t), *confirm_or_cancel(t, Steer(paused=True), ToAdmin(), ButtonStyle.DANGER)))
    text = lines(causes.get(why, t("⏸ Buying is paused.")), t("Let people buy again?"))
    return Screen(text, (*_guard(t), *confirm_or_cancel(t, Steer(paused=False), ToAdmin(), ButtonStyle.SUCCESS)))


def _guard(t: Translator) -> Rows:
    return rows([button("🛡 " + t.plain("Account guard"), ToGuard())])


def steered(paused: bool, t: Translator) -> Screen:
    text = t("⏸ Buying is paused now. /resume lets people buy again.") if paused else t("▶️ People can buy again.")
    return Screen(text, rows([back(t, ToAdmin()), menu(t)]))
