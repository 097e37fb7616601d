"""Asking for credit: what the person sees, and what the admins do."""

from aiogram.enums import ButtonStyle
from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton

from bot.domain.amounts import around
from bot.domain.catalog import Sort
from bot.domain.credit_requests import CreditAnswer, CreditRequest
from bot.domain.details import CreditDeclined, CreditGranted, CreditRequested
from bot.facts.money import AskingFacts, RequestFacts
from bot.i18n import Html, Translator
from bot.screens import origin
from bot.screens.asking import Rows, admin_row
from bot.screens.callbacks import AskCredit, RequestCredit, ToPrice, ToWallet, WithdrawCredit
from bot.screens.callbacks_of_admins import DeclineCredit, GrantCredit
from bot.screens.contact import ask_for_credit, ask_line, contact_button
from bot.screens.home import purse_line
from bot.screens.money.credit import by, changed, grant_button, quoted, to_credit
from bot.screens.naming import to_page, who
from bot.screens.navigation import back, menu
from bot.screens.screen import Screen, button, grid, lines, packed, rows, typing_at

Asking = AskCredit | RequestCredit


def choose(facts: AskingFacts, here: AskCredit, t: Translator, wrong: Html | None = None) -> Screen:
    """How much? What is missing for the purchase stands first. `wrong`: what is wrong with an amount that was typed."""
    currency = facts.purse.currency
    amounts = [
        button(t.money(amount, currency), here.model_copy(update={"amount": amount})) for amount in facts.amounts
    ]
    missing = t.price(facts.missing, currency)
    return Screen(
        lines(
            t("🙏 <b>Ask for credit</b>"),
            purse_line(facts.purse, t),
            t("What you wanted to buy needs {amount} more.", amount=missing) if facts.missing else None,
            *_waiting(facts.waiting, currency, t),
            _answered(facts.answered, currency, t) if facts.answered else None,
            "",
            wrong,
            t("How much? Tap an amount, or type one."),
        ),
        rows(
            *grid(amounts, 3),
            [_withdraw(t) if facts.waiting else None],
            [back(t, _left(here) or ToWallet()), menu(t)],
        ),
        place=typing_at(here),
    )


def _waiting(request: CreditRequest | None, currency: str, t: Translator) -> list[Html]:
    if request is None:
        return []
    amount, when = t.money(request.amount, currency), t.time(request.asked_at, "relative")
    # NOTE: {when} is a span, for example "5 minutes ago"
    asked = t("⏳ You asked for {amount} {when}, and it waits for an answer.", amount=amount, when=when)
    return [asked, *quoted(request.reason), t("A new amount replaces this request.")]


def _answered(request: CreditRequest, currency: str, t: Translator) -> Html:
    """To whoever asked, after an admin's answer."""
    amount = t.money(request.amount, currency)
    if request.answer is CreditAnswer.GRANTED:
        return t(
            "✅ You asked for {amount}, and got {given}.", amount=amount, given=t.money(request.granted or 0, currency)
        )
    return t("👛 You asked for {amount} of credit. That isn't possible right now.", amount=amount)


def confirm(amount: int, here: AskCredit, currency: str, t: Translator, wrong: Html | None = None) -> Screen:
    """A reason may be typed here, and sends it; without one it is one more tap. `wrong`: as in `choose`."""
    shown, chosen = t.money(amount, currency), here.model_copy(update={"amount": amount})
    ask = RequestCredit(service=here.service, country=here.country, low=here.low, high=here.high, amount=amount)
    return Screen(
        lines(
            t("🙏 Ask for <b>{amount}</b>?", amount=shown),
            t("You can type what it is for: that is sent along."),
            wrong,
        ),
        rows(
            # NOTE: sends the request for this amount
            [button("✅ " + t.plain("Ask for {amount}", amount=shown), ask, ButtonStyle.PRIMARY)],
            [back(t, here.model_copy(update={"amount": None})), menu(t)],
        ),
        place=typing_at(chosen),
    )


def asked(request: CreditRequest, here: Asking, currency: str, t: Translator) -> Screen:
    again = AskCredit(service=here.service, country=here.country, low=here.low, high=here.high)
    return Screen(
        lines(
            t("✅ You asked for <b>{amount}</b>.", amount=t.money(request.amount, currency)),
            *quoted(request.reason),
            t("The answer comes here."),
        ),
        rows(
            # NOTE: leads to another amount to ask for
            [button("✏️ " + t.plain("Change"), again), _withdraw(t)],
            [back(t, _left(here) or ToWallet()), menu(t)],
        ),
    )


def withdrawn(answered: CreditRequest | None, currency: str, t: Translator) -> Screen:
    """`answered`: an admin was quicker, and this is what they answered."""
    return Screen(
        _answered(answered, currency, t) if answered else t("Your request for credit is withdrawn."),
        rows([ask_for_credit(t), button("👛 " + t.plain("Wallet"), ToWallet())], [menu(t)]),
    )


def _withdraw(t: Translator) -> InlineKeyboardButton:
    # NOTE: takes back what was asked for
    return button("🗑 " + t.plain("Withdraw"), WithdrawCredit())


def _left(here: Asking) -> ToPrice | None:
    """The purchase that was left."""
    if here.service is None or here.country is None:
        return None
    via = origin.countries(Sort.USUAL, 0, origin.HOME)
    return ToPrice(service=here.service, country=here.country, low=here.low, high=here.high, via=via)


def basket(here: Asking) -> str | None:
    """What is kept of it until there is an answer: the data of the button that opens it."""
    left = _left(here)
    return None if left is None else packed(left)


def _opened(stored: str | None) -> CallbackData | None:
    """None also for what another release kept."""
    try:
        return None if stored is None else ToPrice.unpack(stored)
    except (TypeError, ValueError):
        return None


def granted(detail: CreditGranted, t: Translator) -> Screen:
    """To whoever asked, with the way back to what they wanted to buy."""
    left = _opened(detail.basket)
    on = None if left is None else button("📱 " + t.plain("Continue buying"), left, ButtonStyle.PRIMARY)
    return Screen(
        lines(
            t("🎉 You asked for credit, and got {amount}.", amount=t.balance(detail.amount, detail.currency)),
            t("Your balance: {balance}", balance=t.balance(detail.balance, detail.currency)),
        ),
        rows([on], [button("👛 " + t.plain("Wallet"), ToWallet()), menu(t)]),
    )


def declined(detail: CreditDeclined, t: Translator) -> Screen:
    return Screen(
        lines(
            t(
                "👛 You asked for {amount} of credit. That isn't possible right now.",
                amount=t.money(detail.amount, detail.currency),
            ),
            ask_line(t),
        ),
        rows([contact_button(t)], [button("👛 " + t.plain("Wallet"), ToWallet()), menu(t)]),
    )


def requested(detail: CreditRequested, t: Translator) -> Screen:
    """To an admin: who, what they have, how much, what for."""
    return Screen(
        lines(
            t(
                "🙏 {who} asks for <b>{amount}</b>.",
                who=who(detail.person_id, detail.name, t),
                amount=t.money(detail.amount, detail.currency),
            ),
            t("Their balance: {balance}", balance=t.money(detail.balance, detail.currency)),
            *quoted(detail.reason),
        ),
        rows(
            *_answers(detail.request_id, detail.amount, detail.currency, t),
            [to_page(detail.person_id, t)],
            *admin_row(t),
        ),
    )


def _answers(request_id: int, amount: int, currency: str, t: Translator) -> Rows:
    others = [
        button(t.money(other, currency), GrantCredit(request=request_id, amount=other)) for other in around(amount)
    ]
    return rows(
        [grant_button(request_id, amount, currency, t)],
        others,
        [button("🚫 " + t.plain("Decline"), DeclineCredit(request=request_id))],
    )


def answered(facts: RequestFacts, t: Translator) -> Screen:
    """To the admin who tapped, in the message that asked: what was done, and by whom, who may have been quicker."""
    waiting = facts.waiting
    balance = t("Their balance: {balance}", balance=t.money(facts.balance, facts.currency))
    if facts.before is not None:
        balance = changed(facts.before, facts.balance, facts.currency, t)
    return Screen(
        lines(_became(facts, t), balance, *_asks_again(facts, t)),
        rows(
            *(_answers(waiting.id, waiting.amount, facts.currency, t) if waiting else ()),
            [to_credit(facts.person.id, t), to_page(facts.person.id, t)],
            *admin_row(t),
        ),
        toast=None if facts.fresh else t.plain("This request was answered before."),
        over=True,
    )


def _asks_again(facts: RequestFacts, t: Translator) -> list[Html]:
    if facts.waiting is None:
        return []
    amount = t.money(facts.waiting.amount, facts.currency)
    return [Html(), t("🙏 They ask for {amount}.", amount=amount), *quoted(facts.waiting.reason)]


def _became(facts: RequestFacts, t: Translator) -> Html:
    request, admin = facts.request, facts.by
    named = who(facts.person.id, facts.person.name, t)
    amount = t.money(request.amount, facts.currency)
    match request.answer:
        case CreditAnswer.GRANTED if admin is not None:
            gave = t.money(request.granted or 0, facts.currency)
            return t("✅ {admin} granted {amount} to {who}.", admin=by(admin, t), amount=gave, who=named)
        case CreditAnswer.DECLINED if admin is not None:
            return t(
                "🚫 {admin} declined the request of {who} for {amount}.", admin=by(admin, t), amount=amount, who=named
            )
        case CreditAnswer.WITHDRAWN:
            return t("{who} took the request for {amount} back. Nothing was granted.", who=named, amount=amount)
        case CreditAnswer.REPLACED:
            return t("{who} asked for something else since. Nothing was granted.", who=named)
        case _:
            return t("This request of {who} was answered before.", who=named)
