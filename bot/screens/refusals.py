"""One text for every reason: what is wrong, and what to do next."""

from collections.abc import Callable

from markupsafe import Markup

from bot.domain.refusals import Reason, RefusalFacts
from bot.i18n import Translator, clean
from bot.screens.callbacks import ToHistory, ToMine, ToServices
from bot.screens.navigation import menu
from bot.screens.screen import Screen, button, lines, rows

_SAID = 200


def refusal(facts: RefusalFacts, t: Translator) -> Screen:
    """A refusal as a message of its own; the screen it belongs to stays as it is."""
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
        return t("🚦 HidSim is busy and asks to wait {wait}. Try again then.", wait=t.duration(facts.wait))
    return t("🚦 HidSim is busy. Wait a moment, then try again.")


TEXTS: dict[Reason, Callable[[RefusalFacts, Translator], Markup]] = {
    Reason.NO_SERVICE: lambda f, t: t("This service is not on offer any more. Choose another one."),
    Reason.NO_COUNTRY: lambda f, t: t("This country is not on offer any more. Choose another one."),
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
        "🔌 HidSim does not answer at the moment. Orders in progress go on by themselves; try again in a minute."
    ),
    Reason.HIDSIM_SIGN_IN: lambda f, t: t(
        "🔑 HidSim refuses the bot's sign-in. Only the operator can mend this: tell them. Your orders are safe."
    ),
    Reason.HIDSIM_REFUSED: lambda f, t: t("HidSim refused this. Choose something else, or try again later."),
    Reason.NOT_YOURS: lambda f, t: t("This is not your order. Yours are under My numbers and History."),
    Reason.NO_ORDER: lambda f, t: t("There is no such order. Yours are under My numbers and History."),
    Reason.NOT_NOW: lambda f, t: t("That is not possible in the order's present state. Tap Refresh to see it."),
    Reason.BALANCE_MOVES: lambda f, t: t(
        "Orders are on their way, so HidSim's balance can't be compared now. Tap again when they have ended."
    ),
    Reason.BAD_ID: lambda f, t: t("That is not a Telegram ID. Give the number, for example: 123456789"),
    Reason.BAD_AMOUNT: lambda f, t: t("That is not an amount. Give it like this: 5 or 2.50"),
    Reason.NOT_PREPAID: lambda f, t: t(
        "Billing is shared: people spend the HidSim balance inside a daily limit. Set BILLING=prepaid to use credit."
    ),
    Reason.CLOSE_UNKNOWN: lambda f, t: t(
        "The answer to closing was lost. The bot asks HidSim what became of it; the card will show the end. "
        "Nothing is charged twice."
    ),
    Reason.NOT_CLOSED: lambda f, t: t(
        "The number is still open: HidSim did not close it. Wait a moment, then try again."
    ),
    Reason.NOT_SAVED: lambda f, t: t(
        "💾 The bot can't write to its database, so nothing was done. The operator has to look at the disk; try later."
    ),
    Reason.SLOW_DOWN: lambda f, t: t("Too fast: wait a second, then tap again."),
}


def fault(number: str, t: Translator) -> Screen:
    """Our own mistake. Says what it means for the person; the number finds it in the log."""
    return Screen(
        t(
            "🛠 The bot made a mistake here and stopped. This step was not finished; your orders go on and stand under "
            "My numbers. Tell the operator this number: <code>{number}</code>",
            number=number,
        ),
        rows([button("📋 " + t.plain("My numbers"), ToMine()), menu(t)]),
    )


def telegram_waits(seconds: int, t: Translator) -> str:
    """Telegram's own limit on messages, as a toast."""
    return t.plain("Telegram asks to wait. Tap again in {wait}.", wait=t.wait(seconds))
