"""HidSim's balance beside our own figures."""

from bot.domain.refusals import Reason, RefusalFacts
from bot.facts.money import HidSimBalance
from bot.i18n import Html, Translator
from bot.screens.callbacks_of_admins import ToAdmin, ToBalance
from bot.screens.navigation import back, menu
from bot.screens.screen import Screen, button, lines, rows


def balance(facts: HidSimBalance, refused: RefusalFacts | None, t: Translator) -> Screen:
    """`refused`: why HidSim's own figure can't be read now; ours are shown all the same."""
    if facts.balance is not None:
        theirs = t("HidSim balance: <b>{amount}</b>", amount=t.money(facts.balance, facts.currency))
    elif refused is not None:
        theirs = _unread(refused, t)
    else:
        theirs = t("HidSim balance: HidSim gives none")
    return Screen(
        lines(
            t("🏦 <b>Balance</b>"),
            theirs,
            t("Set aside for orders in progress: {amount}", amount=t.money(facts.held, facts.currency)),
            t("Spent today (UTC): {amount}", amount=t.money(facts.spent_today, facts.currency)),
            t("Spent in 7 days: {amount}", amount=t.money(facts.spent_week, facts.currency)),
        ),
        rows([button("🔄 " + t.plain("Refresh"), ToBalance()), back(t, ToAdmin()), menu(t)]),
    )


def _unread(refused: RefusalFacts, t: Translator) -> Html:
    """Why HidSim's balance is not shown."""
    known = {
        Reason.HIDSIM_BUSY: t("HidSim balance: HidSim is busy (429). Tap Refresh in a moment."),
        Reason.HIDSIM_DOWN: t("HidSim balance: HidSim does not answer. Orders in progress go on by themselves."),
        Reason.HIDSIM_SIGN_IN: t("HidSim balance: HidSim refuses HIDSIM_IDENTIFIER or HIDSIM_PASSWORD."),
    }
    return known.get(refused.reason, t("HidSim balance: HidSim refuses to tell it."))
