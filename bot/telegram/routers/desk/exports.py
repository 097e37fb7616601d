"""Orders as files, for admins."""

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from bot.domain.access import Right
from bot.domain.people import Person
from bot.i18n import Translator
from bot.screens.callbacks_of_admins import Export, ToExport
from bot.screens.desk import export as export_screens
from bot.screens.screen import Screen
from bot.services.orders.exports import Exports
from bot.telegram.exporting import Exporter
from bot.telegram.having import having


async def choice(_tap: CallbackQuery, t: Translator) -> Screen:
    return export_screens.choice(None, t)


async def typed(_message: Message, command: CommandObject, person: Person, t: Translator, exports: Exports) -> Screen:
    return export_screens.choice(exports.typed(person, command.args), t)


async def export(
    _tap: CallbackQuery, callback_data: Export, person: Person, t: Translator, exports: Exports, exporter: Exporter
) -> Screen:
    exporter.start(person, t, await exports.begin(person, callback_data.days, callback_data.kind))
    return export_screens.begun(t)


def build() -> Router:
    router = Router(name="exports")
    message, tap = router.message, router.callback_query
    message.register(typed, having(Right.EXPORT), Command("export"))
    tap.register(choice, having(Right.EXPORT), ToExport.filter())
    tap.register(export, having(Right.EXPORT), Export.filter())
    return router
