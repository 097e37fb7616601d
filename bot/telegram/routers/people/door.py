"""The way in: strangers who ask, invitations, and who is an admin."""

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from bot.domain.access import Right, Role
from bot.domain.people import Person
from bot.i18n import Translator
from bot.screens.callbacks_of_admins import AnswerEntry, Appoint, Invite, RevokeInvitation, ToInvitations
from bot.screens.people import entry as screens
from bot.screens.people import roles as role_screens
from bot.screens.screen import Screen
from bot.services.people.entry import Entry
from bot.services.people.invitations import Invitations
from bot.services.people.roles import Roles
from bot.telegram.having import having
from bot.telegram.strangers import INVITATION


async def answer(
    _tap: CallbackQuery, callback_data: AnswerEntry, person: Person, t: Translator, entry: Entry
) -> Screen:
    return screens.answered(await entry.answer(person, callback_data.person, allow=callback_data.allow), t)


async def invite(event: Message | CallbackQuery, person: Person, t: Translator, invitations: Invitations) -> Screen:
    made = await invitations.invite(person)
    me = await event.bot.me() if event.bot else None
    link = f"https://t.me/{me.username if me else ''}?start={INVITATION}{made.code}"
    return screens.invitation(made, link, t)


async def listed(_event: object, person: Person, t: Translator, invitations: Invitations) -> Screen:
    return screens.invitations(await invitations.listed(person), t)


async def revoke(
    _tap: CallbackQuery, callback_data: RevokeInvitation, person: Person, t: Translator, invitations: Invitations
) -> Screen:
    if not callback_data.confirmed:
        return screens.revoke(callback_data.code, t)
    toast = screens.revoked_toast(await invitations.revoke(person, callback_data.code), t)
    return screens.invitations(await invitations.listed(person), t, toast)


async def typed_role(_message: Message, command: CommandObject, person: Person, t: Translator, roles: Roles) -> Screen:
    whom, role = await roles.wished(person, command.args, command.command)
    return role_screens.confirm(whom, t, admin=role is Role.ADMIN)


async def appoint(_tap: CallbackQuery, callback_data: Appoint, person: Person, t: Translator, roles: Roles) -> Screen:
    whom, admin = callback_data.person, callback_data.admin
    if not callback_data.confirmed:
        return role_screens.confirm(await roles.of(person, whom), t, admin=admin)
    return role_screens.appointed(await roles.appoint(person, whom, admin=admin), t)


def build() -> Router:
    router = Router(name="door")
    message, tap = router.message, router.callback_query
    tap.register(answer, having(Right.LET_IN), AnswerEntry.filter())
    message.register(invite, having(Right.INVITE), Command("invite"))
    tap.register(invite, having(Right.INVITE), Invite.filter())
    tap.register(listed, having(Right.INVITE), ToInvitations.filter())
    tap.register(revoke, having(Right.INVITE), RevokeInvitation.filter())
    message.register(typed_role, having(Right.APPOINT), Command("role"))
    tap.register(appoint, having(Right.APPOINT), Appoint.filter())
    return router
