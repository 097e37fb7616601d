"""What acts of admins are refused with: what is wrong, and what to write instead."""

from collections.abc import Callable, Mapping

from aiogram.types import InlineKeyboardButton

from bot.domain.money import to_decimal
from bot.domain.refusals import Reason, RefusalFacts
from bot.i18n import Html, Translator, clean
from bot.screens.callbacks_of_admins import ProposeCredit
from bot.screens.screen import button, lines

OF_AMOUNTS = frozenset(
    {
        Reason.BAD_AMOUNT,
        Reason.TOO_MUCH,
        Reason.NOTE_OR_AMOUNT,
        Reason.TWO_AMOUNTS,
        Reason.OTHER_CURRENCY,
        Reason.FINE_AMOUNT,
    }
)
"""What a typed amount is refused with; behind a command, it is an admin's."""


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


def _note_or_amount(facts: RefusalFacts, t: Translator) -> Html:
    before = f"/{facts.command} 123456789 " if facts.command else ""
    example = Html("<code>{}</code>").format(f"{before}1500.00 first month")
    return lines(
        t("I can't tell where the amount ends and the note begins. Write the amount without spaces, with decimals."),
        t("Write it like this: {example}", example=example),
    )


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


def take_all(facts: RefusalFacts, t: Translator) -> InlineKeyboardButton | None:
    """What a wallet holds, in place of more than that."""
    if facts.person_id is None or not facts.amount or facts.amount < 0:
        return None
    label = t.plain("Take all · {amount}", amount=t.money(facts.amount, facts.currency or "USD"))
    return button(label, ProposeCredit(person=facts.person_id, amount=facts.amount, taken=True))


OF_ADMINS: Mapping[Reason, Callable[[RefusalFacts, Translator], Html]] = {
    Reason.STILL_APART: lambda f, t: t(
        "The books still don't add up, so buying stays paused. Run hidsim-bot books to see which accounts."
    ),
    Reason.PAUSED_ANEW: lambda f, t: t(
        "Buying has been paused anew since this was shown. /resume says by whom and why; then decide."
    ),
    Reason.BALANCE_MOVES: lambda f, t: t(
        "Orders are on their way, so HidSim's balance can't be compared now. Tap again when they have ended."
    ),
    Reason.BAD_ID: lambda f, t: lines(t("That is no Telegram ID."), _usage(f, t)),
    Reason.BAD_AMOUNT: _bad_amount,
    Reason.TOO_MUCH: lambda f, t: t("That is more than a million, which is the most at once."),
    Reason.NOTE_OR_AMOUNT: _note_or_amount,
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
    Reason.OWN_CREDIT: lambda f, t: t("Credit of your own is for an owner to give or take. Nothing was booked."),
    Reason.WALLET_FULL: lambda f, t: t(
        "The wallet holds {left}, and can't hold more than {limit}. Nothing was booked.",
        left=t.money(f.amount or 0, f.currency or "USD"),
        limit=t.money(f.limit or 0, f.currency or "USD"),
    ),
    Reason.NOTHING_ASKED: lambda f, t: t("Nobody asked for this credit. Nothing was booked."),
    Reason.KEPT_OUT: lambda f, t: t("They are kept out of the bot, so nothing was granted. Let them in first."),
    Reason.NOT_PREPAID: lambda f, t: t(
        "There are no wallets: BILLING is shared, so people spend your HidSim balance up to DAILY_SPEND a day. For "
        "credit set BILLING=prepaid and restart the bot."
    ),
    Reason.NO_RECORD: lambda f, t: t("There is no such order. All of them are under Orders."),
    Reason.BAD_PERIOD: lambda f, t: t(
        "I need a number of days from 1 to 3650. Write it like this: {example}", example=Html("<code>/export 30</code>")
    ),
    Reason.NOTHING_TO_EXPORT: lambda f, t: t("No orders were placed in this time. Choose a longer one."),
    Reason.NO_REQUEST: lambda f, t: t("Nobody with this ID asks to be let in any more."),
    Reason.BAD_ROLE: lambda f, t: lines(t("A role is admin or buyer."), _usage(f, t)),
    Reason.OWNERS_ONLY: lambda f, t: t("Only an owner decides about an admin. Owners stand in ADMIN_IDS."),
}
