"""Credit that admins give or take: by commands, on somebody's credit, and as the answer to a request."""

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from bot.domain.access import Right
from bot.domain.people import Person
from bot.i18n import Translator
from bot.screens.callbacks_of_admins import DeclineCredit, GiveCredit, GrantCredit, ProposeCredit, ToCredit
from bot.screens.money import credit as credit_screens
from bot.screens.money import credit_requests as request_screens
from bot.screens.screen import Screen
from bot.services.money.credit import Credit
from bot.services.money.credit_requests import CreditRequests
from bot.telegram.having import having
from bot.telegram.standing import standing_on


async def ask_credit(
    _message: Message, command: CommandObject, person: Person, t: Translator, credit: Credit
) -> Screen:
    return credit_screens.ask(await credit.ask(person, command.args, taken=False), t)


async def debit(_message: Message, command: CommandObject, person: Person, t: Translator, credit: Credit) -> Screen:
    return credit_screens.ask(await credit.ask(person, command.args, taken=True), t)


async def desk(_tap: CallbackQuery, callback_data: ToCredit, person: Person, t: Translator, credit: Credit) -> Screen:
    facts = await credit.desk(person, callback_data.person, taken=callback_data.taken)
    return credit_screens.desk(facts, t)


async def propose(
    _tap: CallbackQuery, callback_data: ProposeCredit, person: Person, t: Translator, credit: Credit
) -> Screen:
    wanted = callback_data
    return credit_screens.ask(await credit.propose(person, wanted.person, wanted.amount, taken=wanted.taken), t)


async def typed(message: Message, here: ToCredit, person: Person, t: Translator, credit: Credit) -> Screen:
    asked = await credit.propose_typed(person, here.person, message.text or "", taken=here.taken)
    return credit_screens.ask(asked, t)


async def give(_tap: CallbackQuery, callback_data: GiveCredit, person: Person, t: Translator, credit: Credit) -> Screen:
    return credit_screens.given(await credit.carry_out(person, callback_data.number), t)


async def grant(
    _tap: CallbackQuery,
    callback_data: GrantCredit,
    person: Person,
    t: Translator,
    credit_requests: CreditRequests,
) -> Screen:
    facts = await credit_requests.grant(person, callback_data.request, callback_data.amount)
    return request_screens.answered(facts, t)


async def decline(
    _tap: CallbackQuery,
    callback_data: DeclineCredit,
    person: Person,
    t: Translator,
    credit_requests: CreditRequests,
) -> Screen:
    return request_screens.answered(await credit_requests.decline(person, callback_data.request), t)


def build() -> Router:
    router = Router(name="credit")
    message, tap, right = router.message, router.callback_query, having(Right.GIVE_CREDIT)
    message.register(ask_credit, right, Command("credit"))
    message.register(debit, right, Command("debit"))
    message.register(typed, right, standing_on(ToCredit))
    tap.register(desk, right, ToCredit.filter())
    tap.register(propose, right, ProposeCredit.filter())
    tap.register(give, right, GiveCredit.filter())
    tap.register(grant, right, GrantCredit.filter())
    tap.register(decline, right, DeclineCredit.filter())
    return router
