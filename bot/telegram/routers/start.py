"""Home, Help, and what Telegram tells about the chat itself."""

from aiogram import F, Router
from aiogram.filters import Command, CommandStart
from aiogram.types import ChatMemberUpdated

from bot.domain.people import Person
from bot.i18n import Translator
from bot.screens import home as screens
from bot.screens.callbacks import ToHelp, ToHome
from bot.screens.screen import Screen
from bot.services.people import People
from bot.services.reception import Reception


async def home(_event: object, person: Person, t: Translator, reception: Reception) -> Screen:
    return screens.home(await reception.home(person), t)


async def help_(_event: object, t: Translator) -> Screen:
    return screens.help_screen(t)


async def member(event: ChatMemberUpdated, people: People) -> None:
    """Blocked: pushes wait. Unblocked: they go on."""
    if event.new_chat_member.status == "kicked":
        await people.left(event.from_user.id)
    else:
        await people.came_back(event.from_user.id)


def build() -> Router:
    router = Router(name="start")
    router.message.register(home, CommandStart())
    router.message.register(home, Command("menu"))
    router.message.register(help_, Command("help"))
    router.callback_query.register(home, ToHome.filter())
    router.callback_query.register(help_, ToHelp.filter())
    router.my_chat_member.register(member, F.chat.type == "private")
    return router
