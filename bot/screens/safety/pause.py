"""Whether people may buy, for admins."""

from aiogram.enums import ButtonStyle

from bot.domain.pausing import PauseCause, stamp
from bot.facts.safety import Pausing
from bot.i18n import Html, Translator
from bot.screens.asking import Rows, confirm_or_cancel
from bot.screens.callbacks_of_admins import Steer, ToAdmin, ToBuying, ToGuard
from bot.screens.naming import plainly
from bot.screens.navigation import back, menu
from bot.screens.screen import Screen, button, lines, rows


def buying(pausing: Pausing | None, t: Translator) -> Screen:
    """Whether people may buy, and why not; the act stands on the button and is asked back by this very screen."""
    if pausing is None:
        text = t("▶️ People can buy. Pause buying? Orders in progress go on, and their codes still come.")
        return Screen(text, (*_guard(t), *confirm_or_cancel(t, Steer(paused=True), ToAdmin(), ButtonStyle.DANGER)))
    text = lines(_why(pausing, t), _since(pausing, t), t("Let people buy again?"))
    resume = Steer(paused=False, began=stamp(pausing.since))
    return Screen(text, (*_guard(t), *confirm_or_cancel(t, resume, ToAdmin(), ButtonStyle.SUCCESS)))


def paused_already(pausing: Pausing, t: Translator) -> Screen:
    """To who wants to pause it: nothing here resumes, so that a Confirm tapped from habit does not."""
    text = lines(_why(pausing, t), _since(pausing, t), t("Buying is paused already."))
    return Screen(text, rows([button("⏯ " + t.plain("Buying"), ToBuying())], [back(t, ToAdmin()), menu(t)]))


def _since(pausing: Pausing, t: Translator) -> Html:
    # NOTE: since when buying has been paused, a date and a time
    return t("Since {moment}.", moment=t.time(pausing.since, "datetime"))


def _why(pausing: Pausing, t: Translator) -> Html:
    match pausing.why:
        case PauseCause.ADMIN if pausing.by:
            return t("⏸ Buying is paused by {name}.", name=plainly(pausing.by))
        case PauseCause.ADMIN:
            return t("⏸ Buying is paused by an admin.")
        case PauseCause.UNKNOWNS:
            return t("⏸ Buying is paused: too many purchases lost their answer. See /unconfirmed.")
        case PauseCause.GUARD:
            return t(
                "⏸ Buying is paused by the account guard: too few numbers get a code, or too many are closed. See "
                "which, and resume when you know why; the guard then counts anew."
            )
        case PauseCause.BOOKS:
            return t("⏸ Buying is paused: the books do not add up. Run <code>hidsim-bot books</code>.")
        case _:
            return t("⏸ Buying is paused.")


def _guard(t: Translator) -> Rows:
    return rows([button("🛡 " + t.plain("Account guard"), ToGuard())])


def nothing_to_resume(t: Translator) -> Screen:
    return Screen(t("▶️ People can buy. There is nothing to resume."), rows([back(t, ToAdmin()), menu(t)]))


def steered(paused: bool, t: Translator) -> Screen:
    text = t("⏸ Buying is paused now. /resume lets people buy again.") if paused else t("▶️ People can buy again.")
    return Screen(text, rows([button("⏯ " + t.plain("Buying"), ToBuying())], [back(t, ToAdmin()), menu(t)]))
