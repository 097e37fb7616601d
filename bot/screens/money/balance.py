"""HidSim's balance beside our own figures."""

from datetime import timedelta

from bot.domain.refusals import Reason, RefusalFacts
from bot.facts.money import HidSimBalance
from bot.i18n import Html, Translator
from bot.screens.callbacks_of_admins import ToAdmin, ToBalance
from bot.screens.navigation import back, menu
from bot.screens.screen import Screen, button, lines, rows

_HOUR, _YEAR = timedelta(hours=1), timedelta(days=365)
_SO_MANY_HOURS = 72
"""From so many on days are said."""


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
            _lasts(facts, t),
            _apart(facts, t),
            "",
            t("Set aside for orders in progress: {amount}", amount=t.money(facts.held, facts.currency)),
            None if facts.owed is None else t("Owed to people: {amount}", amount=t.money(facts.owed, facts.currency)),
            "",
            # NOTE: what HidSim took, at its own prices
            t("HidSim took today (UTC): {amount}", amount=t.money(facts.cost_today, facts.currency)),
            t("HidSim took in 7 days: {amount}", amount=t.money(facts.cost_week, facts.currency)),
            # NOTE: at the prices that people pay, with what is still set aside
            t("People spent today (UTC): {amount}", amount=t.money(facts.spent_today, facts.currency)),
            t("People spent in 7 days: {amount}", amount=t.money(facts.spent_week, facts.currency)),
        ),
        rows([button("🔄 " + t.plain("Refresh"), ToBalance()), back(t, ToAdmin()), menu(t)]),
    )


def _lasts(facts: HidSimBalance, t: Translator) -> Html | None:
    """How long the balance lasts at the pace of the last day."""
    if facts.balance is None:
        return None
    if facts.lasts is not None:
        return lasts(facts.lasts, t)
    if facts.pace.cost > 0:
        return t("How long it lasts: ask again when the bot has been buying for an hour.")
    return t("No purchases in the last 24 hours.")


def lasts(span: timedelta, t: Translator) -> Html:
    """For how long HidSim's balance will do."""
    if span < _HOUR:
        return t("⚠️ At this pace it lasts less than an hour.")
    if span >= _YEAR:
        return t("At this pace it lasts more than a year.")
    hours = round(span / _HOUR)
    if hours < _SO_MANY_HOURS:
        return t.n("At this pace it lasts {n} hour.", "At this pace it lasts {n} hours.", hours)
    days = hours // 24
    return t.n("At this pace it lasts {n} day.", "At this pace it lasts {n} days.", days)


def _apart(facts: HidSimBalance, t: Translator) -> Html | None:
    """How far HidSim's balance is from our books of it."""
    if facts.balance is None:
        return None
    if facts.apart is None:
        return t("It can't be compared with our books just now.")
    if facts.apart == 0:
        return t("Our books say the same.")
    amount = t.money(abs(facts.apart), facts.currency)
    if facts.apart > 0:
        return t("HidSim holds {amount} more than our books say.", amount=amount)
    return t("HidSim holds {amount} less than our books say.", amount=amount)


def _unread(refused: RefusalFacts, t: Translator) -> Html:
    """Why HidSim's balance is not shown."""
    known = {
        Reason.HIDSIM_BUSY: t("HidSim balance: HidSim is busy (429). Tap Refresh in a moment."),
        Reason.HIDSIM_DOWN: t("HidSim balance: HidSim does not answer. Orders in progress go on by themselves."),
        Reason.HIDSIM_SIGN_IN: t("HidSim balance: HidSim refuses HIDSIM_IDENTIFIER or HIDSIM_PASSWORD."),
    }
    return known.get(refused.reason, t("HidSim balance: HidSim refuses to tell it."))
