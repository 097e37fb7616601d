"""What admins see and steer. To everybody else these commands and buttons do not exist."""

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from bot.domain.access import Standing
from bot.domain.people import Person
from bot.i18n import Translator
from bot.screens import admin as screens
from bot.screens.callbacks import Decide, Invite, ToAdmin, ToBalance, ToPeople
from bot.screens.screen import Screen
from bot.services.office import Office
from bot.telegram.entrance import INVITATION


async def is_admin(_event: object, person: Person) -> bool:
    """A filter of the whole router, on messages and on taps alike."""
    return person.is_admin


async def menu(_tap: CallbackQuery, t: Translator) -> Screen:
    return screens.admin_menu(t)


async def balance(_event: object, t: Translator, office: Office) -> Screen:
    facts, refused = await office.balance()
    return screens.balance(facts, refused, t)


async def people(_event: object, t: Translator, office: Office) -> Screen:
    return screens.people(await office.people(), t)


async def allow(_message: Message, command: CommandObject, t: Translator, office: Office) -> Screen:
    return screens.confirm(await office.named(command.args, command.command), Standing.ALLOWED, t)


async def block(_message: Message, command: CommandObject, t: Translator, office: Office) -> Screen:
    return screens.confirm(await office.named(command.args, command.command), Standing.BLOCKED, t)


async def decide(_tap: CallbackQuery, callback_data: Decide, person: Person, t: Translator, office: Office) -> Screen:
    return screens.decided(await office.decide(person.id, callback_data.person, callback_data.standing), t)


async def invite(event: Message | CallbackQuery, person: Person, t: Translator, office: Office) -> Screen:
    code, mode = await office.invite(person.id)
    me = await event.bot.me() if event.bot else None
    return screens.invitation(f"https://t.me/{me.username if me else ''}?start={INVITATION}{code}", mode, t)


def build() -> Router:
    router = Router(name="admin")
    router.message.filter(is_admin)
    router.callback_query.filter(is_admin)
    router.message.register(balance, Command("balance"))
    router.message.register(people, Command("users"))
    router.message.register(allow, Command("allow"))
    router.message.register(block, Command("block"))
    router.message.register(invite, Command("invite"))
    router.callback_query.register(menu, ToAdmin.filter())
    router.callback_query.register(balance, ToBalance.filter())
    router.callback_query.register(people, ToPeople.filter())
    router.callback_query.register(invite, Invite.filter())
    router.callback_query.register(decide, Decide.filter())
    return router
