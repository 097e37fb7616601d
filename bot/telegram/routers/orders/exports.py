"""Own orders as a file."""

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.domain.access import Right
from bot.domain.people import Person
from bot.i18n import Translator
from bot.screens.callbacks_of_orders import ExportOwn
from bot.screens.orders import export as screens
from bot.screens.screen import Screen
from bot.services.orders.exports import Exports
from bot.telegram.exporting import Exporter
from bot.telegram.having import having


async def export(_tap: CallbackQuery, person: Person, t: Translator, exports: Exports, exporter: Exporter) -> Screen:
    exporter.start(person, t, await exports.begin_own(person))
    return screens.begun(t)


def build() -> Router:
    router = Router(name="own export")
    router.callback_query.register(export, having(Right.SEE_OWN), ExportOwn.filter())
    return router
