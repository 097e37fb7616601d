"""One text for every reason: what is wrong, and what to do next."""

from collections.abc import Callable

from markupsafe import Markup

from bot.domain.refusals import Reason, RefusalFacts
from bot.i18n import Translator, clean
from bot.screens.asking import desk
from bot.screens.callbacks import ToHistory, ToMine, ToServices
from bot.screens.contact import ask_line, contact_button
from bot.screens.navigation import menu
from bot.screens.screen import Screen, button, lines, rows

_SAID = 200
OF_ADMINS = frozenset(
    {Reason.BAD_ID, Reason.BAD_AMOUNT, Reason.NOT_IN_WALLET, Reason.NOT_PREPAID, Reason.BALANCE_MOVES}
)
"""What only admins' acts are refused with."""


def refusal(facts: RefusalFacts, t: Translator) -> Screen:
    """A refusal as a message of its own; the screen it belongs to stays as it is."""
    if facts.reason in OF_ADMINS:
        return Screen(text(facts, t), desk(t))
    return Screen(
        text(facts, t),
        rows(
            [
                button("📱 " + t.plain("Buy a number"), ToServices()),
                button("📋 " + t.plain("My numbers"), ToMine()),
            ],
            [button("🕘 " + t.plain("History"), ToHistory()), menu(t)],
        ),
    )


def toast(facts: RefusalFacts, t: Translator) -> str:
    """The same words for a dialog (200 characters at most, no markup)."""
    said = text(facts, t).striptags()
    return said if len(said) <= 200 else said[:199] + "…"


def text(facts: RefusalFacts, t: Translator) -> Markup:
    said = clean(facts.said, _SAID) if facts.said else None
    quote = Markup("<blockquote>{}</blockquote>").format(said) if said else None
    return lines(TEXTS[facts.reason](facts, t), quote)


def _money(micros: int | None, facts: RefusalFacts, t: Translator) -> str:
    return t.money(micros or 0, facts.currency or "USD")


def _busy(facts: RefusalFacts, t: Translator) -> Markup:
    if facts.wait:
        return t("🚦 Too much is going on right now. Try again in {wait}.", wait=t.wait(facts.wait))
    return t("🚦 Too much is going on right now. Wait a moment, then try again.")


def _usage(facts: RefusalFacts, t: Translator) -> Markup:
    """The command as it is meant; an example is easier to follow than its grammar."""
    example = {
        "credit": "/credit 123456789 5 first month",
        "debit": "/debit 123456789 2.50 paid twice",
    }.get(facts.command or "", f"/{facts.command or 'allow'} 123456789")
    return t("Write it like this: {example}", example=Markup("<code>{}</code>").format(example))


TEXTS: dict[Reason, Callable[[RefusalFacts, Translator], Markup]] = {
    Reason.NO_SERVICE: lambda f, t: t("This service isn't sold any more. Choose another one."),
    Reason.NO_COUNTRY: lambda f, t: t("This country isn't sold any more. Choose another one."),
    Reason.NO_OFFERS: lambda f, t: t("😕 Sold out here for now. Choose another country, or look again later."),
    Reason.NO_MATCH: lambda f, t: t(
        "😕 Nothing matched your window any more. Raise the maximum, or choose another country."
    ),
    Reason.OFFER_GONE: lambda f, t: t("😕 This offer is gone: nothing was bought. Choose another one."),
    Reason.PRICE_MOVED: lambda f, t: t(
        "This offer now costs {now} instead of {before}: nothing was bought. Open the offers again to see it.",
        now=_money(f.amount, f, t),
        before=_money(f.limit, f, t),
    ),
    Reason.TOO_MANY_OPEN: lambda f, t: t.n(
        "You have {n} order in progress, which is the most allowed. Close it or wait for it, then buy the next.",
        "You have {n} orders in progress, which is the most allowed. Close one or wait, then buy the next.",
        f.count or 0,
    ),
    Reason.DAILY_LIMIT: lambda f, t: t(
        "You can spend {left} more today (of {limit}). Lower the maximum, or go on tomorrow (UTC).",
        left=_money(f.amount, f, t),
        limit=_money(f.limit, f, t),
    ),
    Reason.NO_CREDIT: lambda f, t: t(
        "Your balance is {left}, and {price} would be reserved. Lower the maximum, or ask the operator for credit.",
        left=_money(f.amount, f, t),
        price=_money(f.limit, f, t),
    ),
    Reason.OPERATOR_BALANCE: lambda f, t: t(
        "The operator's HidSim balance does not reach for this. Choose a lower price, or ask the operator to top up."
    ),
    Reason.BUYING_PAUSED: lambda f, t: t(
        "⏸ Buying is paused by the operator. Orders in progress go on; try again later."
    ),
    Reason.HIDSIM_BUSY: _busy,
    Reason.HIDSIM_DOWN: lambda f, t: t(
        "🔌 Numbers can't be reached at the moment. Your orders go on by themselves; try again in a minute."
    ),
    Reason.HIDSIM_SIGN_IN: lambda f, t: lines(
        t("🔑 The shop can't get numbers right now. Your orders are safe; try again later."), ask_line(t)
    ),
    Reason.HIDSIM_REFUSED: lambda f, t: t("This can't be done right now. Choose something else, or try again later."),
    Reason.NOT_YOURS: lambda f, t: t("This is not your order. Yours are under My numbers and History."),
    Reason.NO_ORDER: lambda f, t: t("There is no such order. Yours are under My numbers and History."),
    Reason.NOT_NOW: lambda f, t: t("This order has moved on. Tap Refresh."),
    Reason.BALANCE_MOVES: lambda f, t: t(
        "Orders are on their way, so HidSim's balance can't be compared now. Tap again when they have ended."
    ),
    Reason.BAD_ID: lambda f, t: lines(t("That is no Telegram ID."), _usage(f, t)),
    Reason.BAD_AMOUNT: lambda f, t: lines(t("I need an amount above 0, up to a million."), _usage(f, t)),
    Reason.NOT_IN_WALLET: lambda f, t: t(
        "The wallet holds {left}, so {amount} can't be taken from it. Nothing was booked.",
        left=t.money(f.amount or 0, f.currency or "USD"),
        amount=t.money(f.limit or 0, f.currency or "USD"),
    ),
    Reason.NOT_PREPAID: lambda f, t: t(
        "There are no wallets: BILLING is shared, so people spend your HidSim balance up to DAILY_SPEND a day. For "
        "credit set BILLING=prepaid and restart the bot."
    ),
    Reason.CLOSE_UNKNOWN: lambda f, t: t("Closing… the result appears here. Nothing is charged twice."),
    Reason.NOT_CLOSED: lambda f, t: t("The number is still open. Wait a moment, then close it again."),
    Reason.NOT_SAVED: lambda f, t: lines(
        t("💾 Nothing can be saved right now, so nothing was done. Try again in a few minutes."), ask_line(t)
    ),
    Reason.SLOW_DOWN: lambda f, t: t("One moment…"),
}


def fault(number: str, t: Translator) -> Screen:
    """Our own mistake. Says what it means for the person; the number finds it in the log."""
    shown = Markup("<code>{}</code>").format(number)
    if t.shop.contact:
        told = t("If it happens again, send this number to {contact}: {number}", contact=t.shop.contact, number=shown)
    else:
        told = t("The number of this mistake: {number}", number=shown)
    return Screen(
        lines(t("🛠 Something went wrong here. Your orders go on and stand under My numbers."), told),
        rows([button("📋 " + t.plain("My numbers"), ToMine()), contact_button(t)], [menu(t)]),
    )


def telegram_waits(seconds: int, t: Translator) -> str:
    """Telegram's own limit on messages, as a toast."""
    return t.plain("Telegram asks to wait. Tap again in {wait}.", wait=t.wait(seconds))
