"""Closing all orders that are in progress."""

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.domain.access import Right
from bot.domain.people import Person
from bot.i18n import Translator
from bot.screens.callbacks_of_orders import AskCloseAll
from bot.screens.callbacks_of_orders import CloseAll as CloseAllButton
from bot.screens.orders import close_all as screens
from bot.screens.screen import Screen
from bot.services.orders.close_all import CloseAll
from bot.telegram.having import having


async def ask(_tap: CallbackQuery, person: Person, t: Translator, close_all: CloseAll) -> Screen:
    return screens.ask(await close_all.facts(person.id), t)


async def close(
    _tap: CallbackQuery, callback_data: CloseAllButton, person: Person, t: Translator, close_all: CloseAll
) -> Screen:
    return screens.closed(await close_all.close(person.id, callback_data.order), t)


def build() -> Router:
    router = Router(name="close all")
    tap = router.callback_query
    tap.filter(having(Right.SEE_OWN))
    tap.register(ask, AskCloseAll.filter())
    tap.register(close, CloseAllButton.filter())
    return router
