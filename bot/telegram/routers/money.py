"""Wallets for everybody; credit, pausing and unconfirmed purchases for admins."""

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from bot.domain.access import Right
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
from bot.telegram.having import having


async def wallet(_tap: CallbackQuery, callback_data: ToWallet, person: Person, t: Translator, credit: Credit) -> Screen:
    return wallets.wallet(await credit.wallet(person.id, callback_data.number), t)


async def credit_(_message: Message, command: CommandObject, person: Person, t: Translator, credit: Credit) -> Screen:
    return wallets.ask(await credit.ask(person, command.args, taken=False), t)


async def debit(_message: Message, command: CommandObject, person: Person, t: Translator, credit: Credit) -> Screen:
    return wallets.ask(await credit.ask(person, command.args, taken=True), t)


async def give(_tap: CallbackQuery, callback_data: GiveCredit, person: Person, t: Translator, credit: Credit) -> Screen:
    return wallets.given(await credit.carry_out(person, callback_data.number), t)


async def buying_(_event: object, person: Person, t: Translator, buying: Buying) -> Screen:
    return safety.buying(await buying.why_paused(person), t)


async def steer(_tap: CallbackQuery, callback_data: Steer, person: Person, t: Translator, buying: Buying) -> Screen:
    await buying.steer(person, paused=callback_data.paused)
    return safety.steered(callback_data.paused, t)


async def unconfirmed_(_event: object, person: Person, t: Translator, unconfirmed: Unconfirmed) -> Screen:
    return safety.unconfirmed(await unconfirmed.listed(person), t)


async def ask_judge(
    _tap: CallbackQuery, callback_data: AskJudge, person: Person, t: Translator, unconfirmed: Unconfirmed
) -> Screen:
    highest, currency = await unconfirmed.cost_of(person, callback_data.order)
    return safety.judge(callback_data.order, callback_data.bought, highest, currency, t)


async def judge(
    _tap: CallbackQuery, callback_data: Judge, person: Person, t: Translator, unconfirmed: Unconfirmed
) -> Screen:
    await unconfirmed.judge(person, callback_data.order, bought=callback_data.bought)
    return safety.unconfirmed(await unconfirmed.listed(person), t)


async def book_difference(
    _tap: CallbackQuery,
    callback_data: BookDifference,
    person: Person,
    t: Translator,
    bookkeeping: Bookkeeping,
    account: Account,
) -> Screen:
    amount = await bookkeeping.book_difference(person) if callback_data.confirmed else None
    return safety.difference(amount, account.currency, t)


def build() -> Router:
    router = Router(name="money")
    router.callback_query.register(wallet, ToWallet.filter())
    return router


def build_admin() -> Router:
    router = Router(name="money of admins")
    message, tap = router.message, router.callback_query
    message.register(credit_, having(Right.GIVE_CREDIT), Command("credit"))
    message.register(debit, having(Right.GIVE_CREDIT), Command("debit"))
    message.register(buying_, having(Right.PAUSE), Command("pause", "resume"))
    message.register(unconfirmed_, having(Right.JUDGE), Command("unconfirmed"))
    tap.register(give, having(Right.GIVE_CREDIT), GiveCredit.filter())
    tap.register(buying_, having(Right.PAUSE), ToBuying.filter())
    tap.register(steer, having(Right.PAUSE), Steer.filter())
    tap.register(unconfirmed_, having(Right.JUDGE), ToUnconfirmed.filter())
    tap.register(ask_judge, having(Right.JUDGE), AskJudge.filter())
    tap.register(judge, having(Right.JUDGE), Judge.filter())
    tap.register(book_difference, having(Right.BOOK_DIFFERENCE), BookDifference.filter())
    return router
