"""Who may use the bot, for admins. To everybody else these commands and buttons do not exist."""

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from bot.domain.access import AccessMode, Right, Standing
from bot.domain.people import Person
from bot.i18n import Translator
from bot.screens.callbacks_of_admins import Decide, ToAdmin
from bot.screens.people import listed
from bot.screens.people.menu import admin_menu
from bot.screens.screen import Screen
from bot.services.people.people import People
from bot.telegram.having import having


async def menu(_tap: CallbackQuery, person: Person, t: Translator, people: People) -> Screen:
    return admin_menu(person, t, invites=people.mode is not AccessMode.CLOSED)


async def allow(_message: Message, command: CommandObject, person: Person, t: Translator, people: People) -> Screen:
    return listed.confirm(await people.named(person, command.args, command.command), Standing.ALLOWED, t)


async def block(_message: Message, command: CommandObject, person: Person, t: Translator, people: People) -> Screen:
    return listed.confirm(await people.named(person, command.args, command.command), Standing.BLOCKED, t)


async def decide(_tap: CallbackQuery, callback_data: Decide, person: Person, t: Translator, people: People) -> Screen:
    return listed.decided(await people.decide(person, callback_data.person, callback_data.standing), t)


def build() -> Router:
    router = Router(name="people")
    message, tap = router.message, router.callback_query
    message.register(allow, having(Right.LET_IN), Command("allow"))
    message.register(block, having(Right.LET_IN), Command("block"))
    tap.register(menu, having(Right.OPEN_ADMIN), ToAdmin.filter())
    tap.register(decide, having(Right.LET_IN), Decide.filter())
    return router
