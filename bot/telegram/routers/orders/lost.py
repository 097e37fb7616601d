"""Lost purchases, for admins."""

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery

from bot.domain.access import Right
from bot.domain.people import Person
from bot.i18n import Translator
from bot.screens.callbacks_of_admins import AskJudge, Judge, ToUnconfirmed
from bot.screens.orders import lost as lost_screens
from bot.screens.screen import Screen
from bot.services.orders.lost import LostPurchases
from bot.telegram.having import having


async def listed(_event: object, person: Person, t: Translator, lost: LostPurchases) -> Screen:
    return lost_screens.unconfirmed(await lost.listed(person), t)


async def ask_judge(
    _tap: CallbackQuery, callback_data: AskJudge, person: Person, t: Translator, lost: LostPurchases
) -> Screen:
    highest, currency = await lost.cost_of(person, callback_data.order)
    return lost_screens.judge(callback_data.order, callback_data.bought, highest, currency, t)


async def judge(
    _tap: CallbackQuery, callback_data: Judge, person: Person, t: Translator, lost: LostPurchases
) -> Screen:
    await lost.judge(person, callback_data.order, bought=callback_data.bought)
    return lost_screens.unconfirmed(await lost.listed(person), t)


def build() -> Router:
    router = Router(name="lost purchases")
    message, tap = router.message, router.callback_query
    message.register(listed, having(Right.JUDGE), Command("unconfirmed"))
    tap.register(listed, having(Right.JUDGE), ToUnconfirmed.filter())
    tap.register(ask_judge, having(Right.JUDGE), AskJudge.filter())
    tap.register(judge, having(Right.JUDGE), Judge.filter())
    return router
