"""One text for every reason: what is wrong, and what to do next."""

from collections.abc import Callable

from markupsafe import Markup

from bot.domain.refusals import Reason, RefusalFacts
from bot.i18n import Translator, clean
from bot.screens.callbacks import ToMine, ToServices, ToWallet
from bot.screens.contact import contact_button
from bot.screens.navigation import menu
from bot.screens.screen import Row, Screen, button, lines, rows

_SAID = 200


def refusal(facts: RefusalFacts, t: Translator) -> Screen:
    """A refusal as a message of its own; the screen it belongs to stays as it is."""
    return Screen(text(facts, t), rows(next_step(facts, t), [menu(t)]))


def next_step(facts: RefusalFacts, t: Translator) -> Row:
    """What helps after this refusal, as buttons."""
    mine = button("📋 " + t.plain("My numbers"), ToMine())
    match facts.reason:
        case Reason.TOO_MANY_OPEN | Reason.BUYING_PAUSED:
            return [mine]
        case Reason.NO_CREDIT:
            return [button("👛 " + t.plain("Wallet"), ToWallet()), contact_button(t)]
        case Reason.DAILY_LIMIT | Reason.OPERATOR_BALANCE:
            return [mine, contact_button(t)]
        case _:
            return [button("📱 " + t.plain("Buy a number"), ToServices()), mine]


def toast(facts: RefusalFacts, t: Translator) -> str:
    """The same words for a dialog (200 characters at most, no markup)."""
    said = text(facts, t).striptags()
    return said if len(said) <= 200 else said[:199] + "…"


def text(facts: RefusalFacts, t: Translator) -> Markup:
    said = clean(facts.said, _SAID) if facts.said else None
    quote = Markup("<blockquote>{}</blockquote>").format(said) if said else None
    return lines(TEXTS[facts.reason](facts, t), quote)


def _price(micros: int | None, facts: RefusalFacts, t: Translator) -> str:
    return t.price(micros or 0, facts.currency or "USD")


def _balance(micros: int | None, facts: RefusalFacts, t: Translator) -> str:
    return t.balance(micros or 0, facts.currency or "USD")


def _no_match(facts: RefusalFacts, t: Translator) -> Markup:
    """`limit`: the most that was to be paid; `amount`: what the cheapest costs."""
    if facts.limit is None:
        return t("😕 No number at this price right now. You paid nothing.")
    if facts.amount is None:
        return t("😕 No number for {high} or less right now. You paid nothing.", high=_price(facts.limit, facts, t))
    shown = t.prices([facts.limit, facts.amount], facts.currency or "USD")
    return t(
        "😕 No number for {high} or less right now. The cheapest is {cheapest}. You paid nothing.",
        high=shown[facts.limit],
        cheapest=shown[facts.amount],
    )


def _price_moved(facts: RefusalFacts, t: Translator) -> Markup:
    now, before = facts.amount or 0, facts.limit or 0
    shown = t.prices([now, before], facts.currency or "USD")
    return t(
        "This offer now costs {now} instead of {before}: nothing was bought. Tap it again to buy it for that.",
        now=shown[now],
        before=shown[before],
    )


def _no_credit(facts: RefusalFacts, t: Translator) -> Markup:
    given = {"left": _balance(facts.amount, facts, t), "price": _price(facts.limit, facts, t)}
    if not t.shop.contact:
        return t("Your balance is {left}, and this needs {price}. Lower the maximum.", **given)
    return t(
        "Your balance is {left}, and this needs {price}. Lower the maximum, or ask {contact} for credit.",
        **given,
        contact=t.shop.contact,
    )


def _busy(facts: RefusalFacts, t: Translator) -> Markup:
    if facts.wait:
        return t("🚦 HidSim is busy and asks to wait {wait}. Try again then.", wait=t.duration(facts.wait))
    return t("🚦 HidSim is busy. Wait a moment, then try again.")


TEXTS: dict[Reason, Callable[[RefusalFacts, Translator], Markup]] = {
    Reason.NO_SERVICE: lambda f, t: t("This service is not on offer any more. Choose another one."),
    Reason.NO_COUNTRY: lambda f, t: t("This country is not on offer any more. Choose another one."),
    Reason.NO_MATCH: _no_match,
    Reason.OFFER_GONE: lambda f, t: t("😕 This offer is gone: nothing was bought. Choose another one."),
    Reason.PRICE_MOVED: _price_moved,
    Reason.TOO_MANY_OPEN: lambda f, t: t.n(
        "You have {n} order in progress, which is the most allowed. Close it or wait for it, then buy the next.",
        "You have {n} orders in progress, which is the most allowed. Close one or wait, then buy the next.",
        f.count or 0,
    ),
    Reason.DAILY_LIMIT: lambda f, t: t(
        "You can spend {left} more today (of {limit}). Lower the maximum, or go on tomorrow (UTC).",
        left=_balance(f.amount, f, t),
        limit=_balance(f.limit, f, t),
    ),
    Reason.NO_CREDIT: _no_credit,
    Reason.OPERATOR_BALANCE: lambda f, t: t(
        "The shop can't buy this number right now. You paid nothing, and the shop has been told."
    ),
    Reason.BUYING_PAUSED: lambda f, t: t("⏸ Buying is paused for now. Your orders go on; try again later."),
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
