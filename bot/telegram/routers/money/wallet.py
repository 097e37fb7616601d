"""Wallets for everybody; HidSim's balance for its owners."""

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery

from bot.domain.access import Right
from bot.domain.people import Person
from bot.i18n import Translator
from bot.screens.callbacks import ToWallet
from bot.screens.callbacks_of_admins import ToBalance
from bot.screens.money import balance as balance_screens
from bot.screens.money import wallet as wallet_screens
from bot.screens.screen import Screen
from bot.services.money.balance import Balance
from bot.services.money.credit import Credit
from bot.telegram.having import having


async def wallet(_tap: CallbackQuery, callback_data: ToWallet, person: Person, t: Translator, credit: Credit) -> Screen:
    return wallet_screens.wallet(await credit.wallet(person.id, callback_data.number), t)


async def balance(_event: object, person: Person, t: Translator, balance: Balance) -> Screen:
    facts, refused = await balance.facts(person)
    return balance_screens.balance(facts, refused, t)


def build() -> Router:
    router = Router(name="money")
    message, tap = router.message, router.callback_query
    tap.register(wallet, having(Right.SEE_OWN), ToWallet.filter())
    message.register(balance, having(Right.SEE_BALANCE), Command("balance"))
    tap.register(balance, having(Right.SEE_BALANCE), ToBalance.filter())
    return router
