"""Help, and its answers."""

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery

from bot.i18n import Translator
from bot.screens import help as screens
from bot.screens.callbacks import ToHelp
from bot.screens.callbacks_of_settings import ToAnswer
from bot.screens.screen import Screen
from bot.services.orders.retention import Retention


async def show_help(_event: object, t: Translator) -> Screen:
    return screens.help_screen(t)


async def answer(_tap: CallbackQuery, callback_data: ToAnswer, t: Translator, retention: Retention) -> Screen:
    return screens.answer(callback_data.question, retention.days, t)


def build() -> Router:
    router = Router(name="help")
    router.message.register(show_help, Command("help"))
    router.callback_query.register(show_help, ToHelp.filter())
    router.callback_query.register(answer, ToAnswer.filter())
    return router
