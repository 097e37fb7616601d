"""Wallets for everybody; credit, pausing and unconfirmed purchases for admins."""

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from bot.domain.people import Person
from bot.i18n import Translator
from bot.screens import safety
from bot.screens import wallet as wallets
from bot.screens.callbacks import AskJudge, BookDifference, GiveCredit, Judge, Steer, ToBuying, ToUnconfirmed, ToWallet
from bot.screens.screen import Screen
from bot.services.account import Account
from bot.services.bookkeeping import Bookkeeping
from bot.services.buying import Buying
from bot.services.credit import Credit
from bot.services.unconfirmed import Unconfirmed
from bot.telegram.routers.admin import is_admin


async def wallet(_tap: CallbackQuery, callback_data: ToWallet, person: Person, t: Translator, credit: Credit) -> Screen:
    return wallets.wallet(await credit.wallet(person.id, callback_data.number), t)


async def credit_(_message: Message, command: CommandObject, person: Person, t: Translator, credit: Credit) -> Screen:
    return wallets.ask(await credit.ask(person.id, command.args, taken=False), t)


async def debit(_message: Message, command: CommandObject, person: Person, t: Translator, credit: Credit) -> Screen:
    return wallets.ask(await credit.ask(person.id, command.args, taken=True), t)


async def give(_tap: CallbackQuery, callback_data: GiveCredit, person: Person, t: Translator, credit: Credit) -> Screen:
    return wallets.given(await credit.carry_out(person.id, callback_data.number), t)


async def buying_(_event: object, t: Translator, buying: Buying) -> Screen:
    return safety.buying(await buying.why_paused(), t)


async def steer(_tap: CallbackQuery, callback_data: Steer, person: Person, t: Translator, buying: Buying) -> Screen:
    await buying.steer(person.id, paused=callback_data.paused)
    return safety.steered(callback_data.paused, t)


async def unconfirmed_(_event: object, t: Translator, unconfirmed: Unconfirmed) -> Screen:
    return safety.unconfirmed(await unconfirmed.listed(), t)


async def ask_judge(_tap: CallbackQuery, callback_data: AskJudge, t: Translator, unconfirmed: Unconfirmed) -> Screen:
    highest, currency = await unconfirmed.cost_of(callback_data.order)
    return safety.judge(callback_data.order, callback_data.bought, highest, currency, t)


async def judge(
    _tap: CallbackQuery, callback_data: Judge, person: Person, t: Translator, unconfirmed: Unconfirmed
) -> Screen:
    await unconfirmed.judge(person.id, callback_data.order, bought=callback_data.bought)
    return safety.unconfirmed(await unconfirmed.listed(), t)


async def book_difference(
    _tap: CallbackQuery,
    callback_data: BookDifference,
    person: Person,
    t: Translator,
    bookkeeping: Bookkeeping,
    account: Account,
) -> Screen:
    amount = await bookkeeping.book_difference(person.id) if callback_data.confirmed else None
    return safety.difference(amount, account.currency, t)


def build() -> Router:
    router = Router(name="money")
    router.callback_query.register(wallet, ToWallet.filter())
    return router


def build_admin() -> Router:
    router = Router(name="money of admins")
    router.message.filter(is_admin)
    router.callback_query.filter(is_admin)
    router.message.register(credit_, Command("credit"))
    router.message.register(debit, Command("debit"))
    router.message.register(buying_, Command("pause", "resume"))
    router.message.register(unconfirmed_, Command("unconfirmed"))
    router.callback_query.register(give, GiveCredit.filter())
    router.callback_query.register(buying_, ToBuying.filter())
    router.callback_query.register(steer, Steer.filter())
    router.callback_query.register(unconfirmed_, ToUnconfirmed.filter())
    router.callback_query.register(ask_judge, AskJudge.filter())
    router.callback_query.register(judge, Judge.filter())
    router.callback_query.register(book_difference, BookDifference.filter())
    return router
