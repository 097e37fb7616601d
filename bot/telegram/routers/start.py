"""Home, Help, and what Telegram tells about the chat itself."""

from aiogram import F, Router
from aiogram.filters import Command, CommandStart
from aiogram.types import ChatMemberUpdated

from bot.domain.people import Person
from bot.i18n import Translator
from bot.screens import home as home_screens
from bot.screens.callbacks import AskEntry, ToHelp, ToHome
from bot.screens.screen import Screen
from bot.services.home import Home
from bot.services.people.people import People


async def home(_event: object, person: Person, t: Translator, home: Home) -> Screen:
    return home_screens.home(await home.facts(person), t)


async def show_help(_event: object, t: Translator) -> Screen:
    return home_screens.help_screen(t)


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
    router.message.register(show_help, Command("help"))
    router.callback_query.register(home, ToHome.filter())
    router.callback_query.register(home, AskEntry.filter())
    router.callback_query.register(show_help, ToHelp.filter())
    router.my_chat_member.register(member, F.chat.type == "private")
    return router
