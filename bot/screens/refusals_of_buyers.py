"""Why something was not done, to whoever wanted it: what is wrong, and what to do next."""

from collections.abc import Callable, Mapping

from bot.domain.labels import LONGEST_LABEL
from bot.domain.refusals import Reason, RefusalFacts
from bot.i18n import Html, Translator
from bot.screens.contact import ask_line
from bot.screens.screen import lines


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


def _nothing(t: Translator) -> Html:
    """By a limit of 0, which no time ends."""
    return lines(t("You can't buy numbers for now. Your orders go on."), ask_line(t))


def _open(facts: RefusalFacts, t: Translator) -> Html:
    """`limit`: how many are allowed, which may be fewer than there are, as an admin can lower it meanwhile."""
    if facts.limit == 0:
        return _nothing(t)
    count = facts.count or 0
    if facts.limit is not None and facts.limit < count:
        return t.n(
            "You have {n} order in progress, and at most {most} at once is allowed. Close it or wait for it.",
            "You have {n} orders in progress, and at most {most} at once is allowed. Close some or wait.",
            count,
            most=t.number(facts.limit),
        )
    return t.n(
        "You have {n} order in progress, which is the most allowed. Close it or wait for it, then buy the next.",
        "You have {n} orders in progress, which is the most allowed. Close one or wait, then buy the next.",
        count,
    )


def _day(facts: RefusalFacts, t: Translator) -> Html:
    if not facts.limit:
        return _nothing(t)
    return t(
        "You can spend {left} more today (of {limit}). Lower the maximum, or go on tomorrow (UTC).",
        left=_balance(facts.amount, facts, t),
        limit=_balance(facts.limit, facts, t),
    )


def _purchases(facts: RefusalFacts, t: Translator) -> Html:
    if not facts.count:
        return _nothing(t)
    return t.n(
        "You bought {n} number in the last hour, which is the most allowed. You can buy the next in {wait}.",
        "You bought {n} numbers in the last hour, which is the most allowed. You can buy the next in {wait}.",
        facts.count,
        wait=t.wait(facts.wait or 0),
    )


def _closes(facts: RefusalFacts, t: Translator) -> Html:
    """The card that stays below has the button it speaks of."""
    if not facts.count:
        return lines(t("You can't close numbers. One that never gets a code costs nothing."), ask_line(t))
    return t.n(
        "You closed {n} number in the last hour, which is the most allowed. The next in {wait}, or tap Close when "
        "allowed. No code, no charge.",
        "You closed {n} numbers in the last hour, which is the most allowed. The next in {wait}, or tap Close when "
        "allowed. No code, no charge.",
        facts.count,
        wait=t.wait(facts.wait or 0),
    )


OF_BUYERS: Mapping[Reason, Callable[[RefusalFacts, Translator], Html]] = {
    Reason.NO_SERVICE: lambda f, t: t("This service isn't sold any more. Choose another one."),
    Reason.NO_COUNTRY: lambda f, t: t("This country isn't sold any more. Choose another one."),
    Reason.SERVICE_DENIED: lambda f, t: t("This service isn't sold here. Choose another one."),
    Reason.COUNTRY_HIDDEN: lambda f, t: t("Numbers of this country aren't sold here. Choose another country."),
    Reason.TOO_MANY_COUNTRIES: lambda f, t: t.n(
        "{n} country at most. Untick it first.",
        "{n} countries at most. Untick one first.",
        f.limit or 0,
    ),
    Reason.COUNTRIES_CHANGED: lambda f, t: t(
        "These are not the countries that are ticked now. Nothing was bought: look again."
    ),
    Reason.NO_MATCH: _no_match,
    Reason.OFFER_GONE: lambda f, t: t("😕 This offer is gone: nothing was bought. Choose another one."),
    Reason.PRICE_MOVED: _price_moved,
    Reason.TOO_MANY_OPEN: _open,
    Reason.TOO_MANY_PURCHASES: lambda f, t: _purchases(f, t),
    Reason.TOO_MANY_CLOSES: lambda f, t: _closes(f, t),
    Reason.DAILY_LIMIT: _day,
    Reason.NO_CREDIT: _no_credit,
    Reason.OPERATOR_BALANCE: lambda f, t: t(
        "The shop can't buy this number right now. You paid nothing, and the shop has been told."
    ),
    Reason.BUYING_PAUSED: lambda f, t: t("⏸ Buying is paused for now. Your orders go on; try again later."),
    Reason.BUYING_SLOWED: _slowed,
    Reason.SEQUEL_LAPSED: lambda f, t: t("The number before it was not over for an hour, so no other one was bought."),
    Reason.HIDSIM_BUSY: _busy,
    Reason.HIDSIM_DOWN: lambda f, t: t(
        "🔌 The shop can't reach its numbers right now. Your orders go on by themselves; try again in a minute."
    ),
    Reason.HIDSIM_SIGN_IN: lambda f, t: lines(
        t("🔑 The shop can't get numbers right now. Your orders are safe; try again later."), ask_line(t)
    ),
    Reason.HIDSIM_REFUSED: lambda f, t: t("This can't be done right now. Choose something else, or try again later."),
    Reason.NOT_YOURS: lambda f, t: _no_order(t),
    Reason.NO_ORDER: lambda f, t: _no_order(t),
    Reason.EXPORT_UNDER_WAY: lambda f, t: t("Your last file is still being made. It arrives in this chat."),
    Reason.BAD_LABEL: lambda f, t: t(
        "A label is one line of up to {n} characters. Type a shorter one.", n=t.number(LONGEST_LABEL)
    ),
    Reason.LABEL_GONE: lambda f, t: t("This label isn't used any more. Type it again."),
    Reason.NOT_NOW: lambda f, t: t("This order has moved on. Tap Refresh."),
    Reason.ASKED_OFTEN: lambda f, t: t(
        "You've asked a few times in the last hour. Ask again in {wait}.", wait=t.wait(f.wait or 0)
    ),
    Reason.NOBODY_TO_ASK: lambda f, t: lines(t("There is no admin who could give credit."), ask_line(t)),
    Reason.TOO_MANY_WATCHES: lambda f, t: t.n(
        "You have {n} watch, which is the most. Stop it, then come back.",
        "You have {n} watches, which is the most. Stop one, then come back.",
        f.count or 0,
    ),
    Reason.CLOSE_UNKNOWN: lambda f, t: t("Closing… the result appears here. Nothing is charged twice."),
    Reason.NOT_CLOSED: lambda f, t: t("The number is still open. Wait a moment, then close it again."),
    Reason.NOT_SAVED: lambda f, t: lines(
        t("💾 Nothing can be saved right now, so nothing was done. Try again in a few minutes."), ask_line(t)
    ),
    Reason.SLOW_DOWN: lambda f, t: t("One moment…"),
    Reason.ORDERS_OPEN: lambda f, t: t.n(
        "You have {n} order in progress, and its code would be lost. Close it or wait for it, then delete your data.",
        "You have {n} orders in progress, and their codes would be lost. Close them or wait, then delete your data.",
        f.count or 0,
    ),
    Reason.CODES_COMING: lambda f, t: t.n(
        "{n} code is just on its way to you, and would be lost. Delete your data in a minute.",
        "{n} codes are just on their way to you, and would be lost. Delete your data in a minute.",
        f.count or 0,
    ),
    Reason.NOT_ALLOWED: lambda f, t: t("This can't be done right now. Choose something else, or try again later."),
}
