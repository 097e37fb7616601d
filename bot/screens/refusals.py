"""One text for every reason: what is wrong, and what to do next."""

from aiogram.types import InlineKeyboardButton

from bot.domain.refusals import Reason, RefusalFacts, Step
from bot.i18n import Html, Translator, clean
from bot.screens.asking import admin_row
from bot.screens.callbacks import ToMine, ToServices, ToWallet
from bot.screens.callbacks_of_admins import ToRecords
from bot.screens.callbacks_of_watches import ToWatches
from bot.screens.contact import ask_for_credit, contact_button
from bot.screens.navigation import menu
from bot.screens.refusals_of_admins import OF_ADMINS, OF_AMOUNTS, take_all
from bot.screens.refusals_of_buyers import OF_BUYERS
from bot.screens.screen import Row, Screen, button, lines, rows

_SAID = 200
TEXTS = {**OF_BUYERS, **OF_ADMINS}


def refusal(facts: RefusalFacts, t: Translator) -> Screen:
    """A refusal as a message of its own; the screen it belongs to stays as it is."""
    if facts.reason in OF_AMOUNTS and facts.command is None:
        return Screen(text(facts, t), rows([menu(t)]))
    if facts.reason is Reason.NO_RECORD:
        return Screen(text(facts, t), rows([button("🧾 " + t.plain("Orders"), ToRecords())], *admin_row(t)))
    if facts.reason is Reason.NOT_IN_WALLET:
        return Screen(text(facts, t), rows([take_all(facts, t)], *admin_row(t)))
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
        case Step.WATCHES:
            return button("🔔 " + t.plain("Watches"), ToWatches())


def next_step(facts: RefusalFacts, t: Translator) -> Row:
    """What helps after this refusal, as buttons."""
    mine = _way(Step.MY_NUMBERS, t)
    match facts.reason:
        case Reason.BAD_LABEL | Reason.LABEL_GONE:
            return [mine]
        case Reason.TOO_MANY_OPEN | Reason.BUYING_PAUSED | Reason.BUYING_SLOWED | Reason.ORDERS_OPEN:
            return [mine]
        case Reason.TOO_MANY_PURCHASES | Reason.TOO_MANY_CLOSES | Reason.CODES_COMING:
            return [mine]
        case Reason.TOO_MANY_WATCHES:
            return [_way(Step.WATCHES, t)]
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


def fault(number: str, t: Translator) -> Screen:
    """Our own mistake. Says what it means for the person; the number finds it in the log."""
    shown = Html("<code>{}</code>").format(number)
    if t.shop.contact:
        told = t("If it happens again, send this number to {contact}: {number}", contact=t.shop.contact, number=shown)
    else:
        told = t("The number of this mistake: {number}", number=shown)
    return Screen(
        lines(t("🛠 Something went wrong here. Your orders go on: look under My numbers."), told),
        rows([_way(Step.MY_NUMBERS, t), contact_button(t)], [menu(t)]),
    )


def telegram_waits(seconds: int, t: Translator) -> str:
    """Telegram's own limit on messages, as a toast."""
    return t.plain("Telegram asks to wait. Tap again in {wait}.", wait=t.wait(seconds))
