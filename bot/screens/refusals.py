"""One text for every reason: what is wrong, and what to do next."""

from collections.abc import Callable

from aiogram.types import InlineKeyboardButton

from bot.domain.money import to_decimal
from bot.domain.refusals import Reason, RefusalFacts, Step
from bot.i18n import Html, Translator, clean
from bot.screens.asking import admin_row
from bot.screens.callbacks import ToMine, ToServices, ToWallet
from bot.screens.contact import ask_for_credit, ask_line, contact_button
from bot.screens.navigation import menu
from bot.screens.screen import Row, Screen, button, lines, rows

_SAID = 200
OF_AMOUNTS = frozenset({Reason.BAD_AMOUNT, Reason.TWO_AMOUNTS, Reason.OTHER_CURRENCY, Reason.FINE_AMOUNT})
"""What a typed amount is refused with; behind a command, it is an admin's."""
OF_ADMINS = frozenset(
    {
        *OF_AMOUNTS,
        Reason.BAD_ID,
        Reason.NOT_IN_WALLET,
        Reason.WALLET_FULL,
        Reason.NOTHING_ASKED,
        Reason.KEPT_OUT,
        Reason.NOT_PREPAID,
        Reason.BALANCE_MOVES,
        Reason.NO_RECORD,
        Reason.BAD_PERIOD,
        Reason.NOTHING_TO_EXPORT,
        Reason.EXPORT_UNDER_WAY,
        Reason.STILL_APART,
        Reason.BAD_ID,
        Reason.BAD_AMOUNT,
        Reason.BAD_ROLE,
        Reason.NOT_IN_WALLET,
        Reason.NOT_PREPAID,
        Reason.BALANCE_MOVES,
        Reason.NO_REQUEST,
        Reason.OWNERS_ONLY,
    }
)
"""What only admins' acts are refused with."""


def refusal(facts: RefusalFacts, t: Translator) -> Screen:
    """A refusal as a message of its own; the screen it belongs to stays as it is."""
    if facts.reason in OF_AMOUNTS and facts.command is None:
        return Screen(text(facts, t), rows([menu(t)]))
    if facts.reason in OF_ADMINS:
        return Screen(text(facts, t), admin_row(t))
    lacks = [ask_for_credit(t)] if facts.reason is Reason.NO_CREDIT else []
    return Screen(text(facts, t), rows(lacks, next_step(facts, t), [menu(t)]))


def on_tap(facts: RefusalFacts, t: Translator) -> Screen | None:
    """What takes the dialog's place after a tap, with the one way on; None where a dialog says it all."""
    if facts.step is None:
        return None
    return Screen(text(facts, t), rows([_way(facts.step, t)], [menu(t)]))


def _way(step: Step, t: Translator) -> InlineKeyboardButton:
    match step:
        case Step.SHOP:
            return button("📱 " + t.plain("Buy a number"), ToServices())
        case Step.MY_NUMBERS:
            return button("📋 " + t.plain("My numbers"), ToMine())
        case Step.WALLET:
            return button("👛 " + t.plain("Wallet"), ToWallet())


def next_step(facts: RefusalFacts, t: Translator) -> Row:
    """What helps after this refusal, as buttons."""
    mine = _way(Step.MY_NUMBERS, t)
    match facts.reason:
        case Reason.TOO_MANY_OPEN | Reason.BUYING_PAUSED | Reason.BUYING_SLOWED | Reason.ORDERS_OPEN:
            return [mine]
        case Reason.TOO_MANY_PURCHASES | Reason.TOO_MANY_CLOSES:
            return [mine]
        case Reason.NO_CREDIT | Reason.ASKED_OFTEN | Reason.NOBODY_TO_ASK:
            return [_way(Step.WALLET, t), contact_button(t)]
        case Reason.DAILY_LIMIT | Reason.OPERATOR_BALANCE:
            return [mine, contact_button(t)]
        case _:
            return [_way(Step.SHOP, t), mine]


def toast(facts: RefusalFacts, t: Translator) -> str:
    """The same words for a dialog (200 characters at most, no markup)."""
    said = text(facts, t).striptags()
    return said if len(said) <= 200 else said[:199] + "…"


def text(facts: RefusalFacts, t: Translator) -> Html:
    said = clean(facts.said, _SAID) if facts.said else None
    quote = Html("<blockquote>{}</blockquote>").format(said) if said else None
    return lines(TEXTS[facts.reason](facts, t), quote)


def _price(micros: int | None, facts: RefusalFacts, t: Translator) -> str:
    return t.price(micros or 0, facts.currency or "USD")


def _balance(micros: int | None, facts: RefusalFacts, t: Translator) -> str:
    return t.balance(micros or 0, facts.currency or "USD")


def _no_match(facts: RefusalFacts, t: Translator) -> Html:
    """`limit`: the most that was to be paid; `amount`: what the cheapest costs."""
    if facts.limit is None:
        return t("😕 No number at this price right now. You paid nothing.")
    if facts.amount is not None and facts.amount <= facts.limit:
        cheapest = _price(facts.amount, facts, t)
        return t(
            "😕 No number in this price range right now. Numbers start at {cheapest}. You paid nothing.",
            cheapest=cheapest,
        )
    if facts.amount is None:
        return t("😕 No number for {high} or less right now. You paid nothing.", high=_price(facts.limit, facts, t))
    shown = t.prices([facts.limit, facts.amount], facts.currency or "USD")
    return t(
        "😕 No number for {high} or less right now. The cheapest is {cheapest}. You paid nothing.",
        high=shown[facts.limit],
        cheapest=shown[facts.amount],
    )


def _price_moved(facts: RefusalFacts, t: Translator) -> Html:
    now, before = facts.amount or 0, facts.limit or 0
    shown = t.prices([now, before], facts.currency or "USD")
    return t(
        "This offer now costs {now} instead of {before}: nothing was bought. Tap it again to buy it for that.",
        now=shown[now],
        before=shown[before],
    )


def _no_credit(facts: RefusalFacts, t: Translator) -> Html:
    given = {"left": _balance(facts.amount, facts, t), "price": _price(facts.limit, facts, t)}
    if not t.shop.contact:
        return t("Your balance is {left}, and this needs {price}. Lower the maximum, or ask for credit.", **given)
    return t(
        "Your balance is {left}, and this needs {price}. Lower the maximum, or ask {contact} for credit.",
        **given,
        contact=t.shop.contact,
    )


def _no_order(t: Translator) -> Html:
    """Somebody else's is none: whether it exists is nobody's business."""
    return t("There is no such order. Yours are under My numbers and History.")


def _busy(facts: RefusalFacts, t: Translator) -> Html:
    if facts.wait:
        return t("🚦 Too much is going on right now. Try again in {wait}.", wait=t.wait(facts.wait))
    return t("🚦 Too much is going on right now. Wait a moment, then try again.")


def _slowed(facts: RefusalFacts, t: Translator) -> Html:
    # NOTE: {wait} is a span, such as 12 seconds
    return t("🐢 Buying is slowed down for everybody right now. Try again in {wait}.", wait=t.wait(facts.wait or 1))


def _purchases(facts: RefusalFacts, t: Translator) -> Html:
    if not facts.count:
        return lines(t("You can't buy numbers for now. Your orders go on."), ask_line(t))
    return t.n(
        "You bought {n} number in the last hour, which is the most allowed. You can buy the next in {wait}.",
        "You bought {n} numbers in the last hour, which is the most allowed. You can buy the next in {wait}.",
        facts.count,
        wait=t.wait(facts.wait or 0),
    )


def _closes(facts: RefusalFacts, t: Translator) -> Html:
    """The card that stays below has the button it speaks of."""
    if not facts.count:
        return t("You can't close numbers. One that never gets a code costs nothing.")
    return t.n(
        "You closed {n} number in the last hour, which is the most allowed. The next in {wait}, or tap Close when "
        "allowed. No code, no charge.",
        "You closed {n} numbers in the last hour, which is the most allowed. The next in {wait}, or tap Close when "
        "allowed. No code, no charge.",
        facts.count,
        wait=t.wait(facts.wait or 0),
    )


def _usage(facts: RefusalFacts, t: Translator) -> Html:
    """The command as it is meant; an example is easier to follow than its grammar."""
    example = {
        "credit": "/credit 123456789 5 first month",
        "debit": "/debit 123456789 2.50 paid twice",
        "role": "/role 123456789 admin",
    }.get(facts.command or "", f"/{facts.command or 'allow'} 123456789")
    return t("Write it like this: {example}", example=Html("<code>{}</code>").format(example))


def _bad_amount(facts: RefusalFacts, t: Translator) -> Html:
    wanted = t("I need an amount above 0, up to a million.")
    if facts.command is not None:
        return lines(wanted, _usage(facts, t))
    return lines(wanted, t("Write it like this: {example}", example=Html("<code>2.50</code>")))


def _two_amounts(facts: RefusalFacts, t: Translator) -> Html:
    """Each as it is not ambiguous any more."""
    many, few = (Html("<code>{}</code>").format(_written(micros or 0)) for micros in (facts.amount, facts.limit))
    # NOTE: {many} and {few} are two readings of what was typed, for example 1500 and 1.50
    return t("That can be read in two ways. Write {many} or {few}.", many=many, few=few)


def _written(micros: int) -> str:
    """Without groups. Three decimals would look like a group: those get a zero more."""
    whole, _, part = f"{to_decimal(micros).normalize():f}".partition(".")
    if not part:
        return whole
    return f"{whole}.{part}0" if len(part) in (1, 3) else f"{whole}.{part}"


TEXTS: dict[Reason, Callable[[RefusalFacts, Translator], Html]] = {
    Reason.NO_SERVICE: lambda f, t: t("This service isn't sold any more. Choose another one."),
    Reason.NO_COUNTRY: lambda f, t: t("This country isn't sold any more. Choose another one."),
    Reason.SERVICE_DENIED: lambda f, t: t("This service isn't sold here. Choose another one."),
    Reason.COUNTRY_HIDDEN: lambda f, t: t("Numbers of this country aren't sold here. Choose another country."),
    Reason.NO_MATCH: _no_match,
    Reason.OFFER_GONE: lambda f, t: t("😕 This offer is gone: nothing was bought. Choose another one."),
    Reason.PRICE_MOVED: _price_moved,
    Reason.TOO_MANY_OPEN: lambda f, t: t.n(
        "You have {n} order in progress, which is the most allowed. Close it or wait for it, then buy the next.",
        "You have {n} orders in progress, which is the most allowed. Close one or wait, then buy the next.",
        f.count or 0,
    ),
    Reason.TOO_MANY_PURCHASES: lambda f, t: _purchases(f, t),
    Reason.TOO_MANY_CLOSES: lambda f, t: _closes(f, t),
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
    Reason.STILL_APART: lambda f, t: t(
        "The books still don't add up, so buying stays paused. Run hidsim-bot books to see which accounts."
    ),
    Reason.BUYING_SLOWED: _slowed,
    Reason.HIDSIM_BUSY: _busy,
    Reason.HIDSIM_DOWN: lambda f, t: t(
        "🔌 Numbers can't be reached at the moment. Your orders go on by themselves; try again in a minute."
    ),
    Reason.HIDSIM_SIGN_IN: lambda f, t: lines(
        t("🔑 The shop can't get numbers right now. Your orders are safe; try again later."), ask_line(t)
    ),
    Reason.HIDSIM_REFUSED: lambda f, t: t("This can't be done right now. Choose something else, or try again later."),
    Reason.NOT_YOURS: lambda f, t: _no_order(t),
    Reason.NO_ORDER: lambda f, t: _no_order(t),
    Reason.NOT_NOW: lambda f, t: t("This order has moved on. Tap Refresh."),
    Reason.BALANCE_MOVES: lambda f, t: t(
        "Orders are on their way, so HidSim's balance can't be compared now. Tap again when they have ended."
    ),
    Reason.BAD_ID: lambda f, t: lines(t("That is no Telegram ID."), _usage(f, t)),
    Reason.BAD_AMOUNT: _bad_amount,
    Reason.TWO_AMOUNTS: _two_amounts,
    Reason.OTHER_CURRENCY: lambda f, t: t(
        "Amounts here are in {currency}. Write it in {currency}, or as a number alone.",
        currency=clean(f.currency or "", 8),
    ),
    Reason.FINE_AMOUNT: lambda f, t: t("That amount is too fine: it can have six decimals at most."),
    Reason.NOT_IN_WALLET: lambda f, t: t(
        "The wallet holds {left}, so {amount} can't be taken from it. Nothing was booked.",
        left=t.money(f.amount or 0, f.currency or "USD"),
        amount=t.money(f.limit or 0, f.currency or "USD"),
    ),
    Reason.WALLET_FULL: lambda f, t: t(
        "The wallet holds {left}, and can't hold more than {limit}. Nothing was booked.",
        left=t.money(f.amount or 0, f.currency or "USD"),
        limit=t.money(f.limit or 0, f.currency or "USD"),
    ),
    Reason.NOTHING_ASKED: lambda f, t: t("Nobody asked for this credit. Nothing was booked."),
    Reason.KEPT_OUT: lambda f, t: t("They are kept out of the bot, so nothing was granted. Let them in first."),
    Reason.ASKED_OFTEN: lambda f, t: t(
        "You've asked a few times in the last hour. Ask again in {wait}.", wait=t.wait(f.wait or 0)
    ),
    Reason.NOBODY_TO_ASK: lambda f, t: lines(t("Nobody is here who could give credit."), ask_line(t)),
    Reason.NOT_PREPAID: lambda f, t: t(
        "There are no wallets: BILLING is shared, so people spend your HidSim balance up to DAILY_SPEND a day. For "
        "credit set BILLING=prepaid and restart the bot."
    ),
    Reason.CLOSE_UNKNOWN: lambda f, t: t("Closing… the result appears here. Nothing is charged twice."),
    Reason.NOT_CLOSED: lambda f, t: t("The number is still open. Wait a moment, then close it again."),
    Reason.NOT_SAVED: lambda f, t: lines(
        t("💾 Nothing can be saved right now, so nothing was done. Try again in a few minutes."), ask_line(t)
    ),
    Reason.NO_RECORD: lambda f, t: t("There is no such order. All of them are under Orders."),
    Reason.BAD_PERIOD: lambda f, t: t(
        "I need a number of days from 1 to 3650. Write it like this: {example}", example=Html("<code>/export 30</code>")
    ),
    Reason.NOTHING_TO_EXPORT: lambda f, t: t("No orders were placed in this time. Choose a longer one."),
    Reason.EXPORT_UNDER_WAY: lambda f, t: t("Your last file is still being made. It arrives in this chat."),
    Reason.SLOW_DOWN: lambda f, t: t("One moment…"),
    Reason.ORDERS_OPEN: lambda f, t: t.n(
        "You have {n} order in progress, and its code would be lost. Close it or wait for it, then delete your data.",
        "You have {n} orders in progress, and their codes would be lost. Close them or wait, then delete your data.",
        f.count or 0,
    ),
    Reason.NO_REQUEST: lambda f, t: t("Nobody with this ID asks to be let in any more."),
    Reason.BAD_ROLE: lambda f, t: lines(t("A role is admin or buyer."), _usage(f, t)),
    Reason.OWNERS_ONLY: lambda f, t: t("Only an owner decides about an admin. Owners stand in ADMIN_IDS."),
    Reason.NOT_ALLOWED: lambda f, t: t("This can't be done right now. Choose something else, or try again later."),
}


def fault(number: str, t: Translator) -> Screen:
    """Our own mistake. Says what it means for the person; the number finds it in the log."""
    shown = Html("<code>{}</code>").format(number)
    if t.shop.contact:
        told = t("If it happens again, send this number to {contact}: {number}", contact=t.shop.contact, number=shown)
    else:
        told = t("The number of this mistake: {number}", number=shown)
    return Screen(
        lines(t("🛠 Something went wrong here. Your orders go on and stand under My numbers."), told),
        rows([_way(Step.MY_NUMBERS, t), contact_button(t)], [menu(t)]),
    )


def telegram_waits(seconds: int, t: Translator) -> str:
    """Telegram's own limit on messages, as a toast."""
    return t.plain("Telegram asks to wait. Tap again in {wait}.", wait=t.wait(seconds))
