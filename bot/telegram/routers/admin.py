"""What admins see and steer. To everybody else these commands and buttons do not exist."""

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from bot.domain.access import Right, Standing
from bot.domain.people import Person
from bot.i18n import Translator
from bot.screens import admin as screens
from bot.screens.callbacks import Decide, Invite, ToAdmin, ToBalance, ToPeople
from bot.screens.screen import Screen
from bot.services.office import Office
from bot.telegram.entrance import INVITATION
from bot.telegram.having import having


async def menu(_tap: CallbackQuery, t: Translator) -> Screen:
    return screens.admin_menu(t)


async def balance(_event: object, person: Person, t: Translator, office: Office) -> Screen:
    facts, refused = await office.balance(person)
    return screens.balance(facts, refused, t)


async def people(_event: object, person: Person, t: Translator, office: Office) -> Screen:
    return screens.people(await office.people(person), t)


async def allow(_message: Message, command: CommandObject, person: Person, t: Translator, office: Office) -> Screen:
    return screens.confirm(await office.named(person, command.args, command.command), Standing.ALLOWED, t)


async def block(_message: Message, command: CommandObject, person: Person, t: Translator, office: Office) -> Screen:
    return screens.confirm(await office.named(person, command.args, command.command), Standing.BLOCKED, t)


async def decide(_tap: CallbackQuery, callback_data: Decide, person: Person, t: Translator, office: Office) -> Screen:
    return screens.decided(await office.decide(person, callback_data.person, callback_data.standing), t)


async def invite(event: Message | CallbackQuery, person: Person, t: Translator, office: Office) -> Screen:
    code, mode = await office.invite(person)
    me = await event.bot.me() if event.bot else None
    return screens.invitation(f"https://t.me/{me.username if me else ''}?start={INVITATION}{code}", mode, t)


def build() -> Router:
    router = Router(name="admin")
    message, tap = router.message, router.callback_query
    message.register(balance, having(Right.SEE_BALANCE), Command("balance"))
    message.register(people, having(Right.SEE_PEOPLE), Command("users"))
    message.register(allow, having(Right.LET_IN), Command("allow"))
    message.register(block, having(Right.LET_IN), Command("block"))
    message.register(invite, having(Right.INVITE), Command("invite"))
    tap.register(menu, having(Right.OPEN_DESK), ToAdmin.filter())
    tap.register(balance, having(Right.SEE_BALANCE), ToBalance.filter())
    tap.register(people, having(Right.SEE_PEOPLE), ToPeople.filter())
    tap.register(invite, having(Right.INVITE), Invite.filter())
    tap.register(decide, having(Right.LET_IN), Decide.filter())
    return router
