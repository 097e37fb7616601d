"""Asking the admins for credit."""

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from bot.domain.access import Right
from bot.domain.people import Person
from bot.domain.refusals import RefusalFacts
from bot.i18n import Translator
from bot.screens import refusals
from bot.screens.callbacks import AskCredit, RequestCredit, WithdrawCredit
from bot.screens.money import credit_requests as screens
from bot.screens.screen import Screen
from bot.services.account import Account
from bot.services.money.credit_requests import CreditRequests
from bot.services.shop.browsing import Browsing
from bot.telegram.having import having
from bot.telegram.standing import standing_on


async def ask(
    _tap: CallbackQuery,
    callback_data: AskCredit,
    person: Person,
    t: Translator,
    credit_requests: CreditRequests,
    account: Account,
) -> Screen:
    facts, wanted = await credit_requests.facts(person.id, callback_data.high), callback_data
    if wanted.amount:
        return screens.confirm(wanted.amount, wanted, account.currency, t)
    return screens.choose(facts, wanted, t)


async def typed(
    message: Message,
    here: AskCredit,
    person: Person,
    t: Translator,
    credit_requests: CreditRequests,
    account: Account,
) -> Screen:
    """An amount; once there is one, what it is for, unless it is another amount."""
    text = message.text or ""
    amount = credit_requests.understood(text, here.amount)
    if isinstance(amount, RefusalFacts):
        wrong = refusals.text(amount, t)
        if here.amount:
            return screens.confirm(here.amount, here, account.currency, t, wrong)
        return screens.choose(await credit_requests.facts(person.id, here.high), here, t, wrong)
    if amount is not None:
        return screens.confirm(amount, here, account.currency, t)
    made = await credit_requests.ask(person, here.amount or 0, text, screens.basket(here))
    return screens.asked(made, here, account.currency, t)


async def request(
    _tap: CallbackQuery,
    callback_data: RequestCredit,
    person: Person,
    t: Translator,
    credit_requests: CreditRequests,
    account: Account,
) -> Screen:
    made = await credit_requests.ask(person, callback_data.amount, "", screens.basket(callback_data))
    return screens.asked(made, callback_data, account.currency, t)


async def withdraw(
    _tap: CallbackQuery, person: Person, t: Translator, credit_requests: CreditRequests, account: Account
) -> Screen:
    answered = await credit_requests.answered(person.id)
    await credit_requests.withdraw(person.id)
    return screens.withdrawn(answered, account.currency, t)


async def is_no_search(message: Message, here: AskCredit, browsing: Browsing) -> bool:
    """Words that ask for a number are a search; once there is an amount, a service's name alone is a reason."""
    return not await browsing.asks_for_a_number(message.text or "", named_alone=not here.amount)


def build() -> Router:
    router = Router(name="credit_requests")
    message, tap, right = router.message, router.callback_query, having(Right.SEE_OWN)
    tap.register(ask, right, AskCredit.filter())
    tap.register(request, right, RequestCredit.filter())
    tap.register(withdraw, right, WithdrawCredit.filter())
    message.register(typed, right, standing_on(AskCredit), is_no_search)
    return router
