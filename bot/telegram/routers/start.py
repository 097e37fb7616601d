"""Home, and what Telegram tells about the chat itself."""

from aiogram import F, Router
from aiogram.filters import Command, CommandStart
from aiogram.types import ChatMemberUpdated

from bot.domain.people import Person
from bot.domain.shared_links import OURS
from bot.i18n import Translator
from bot.screens import home as home_screens
from bot.screens.callbacks import AskEntry, ToHome
from bot.screens.screen import Screen
from bot.services.home import Home
from bot.services.people.people import People
from bot.telegram.left_links import LeftOne
from bot.telegram.routers.sharing import came_for, opened


async def home(_event: object, person: Person, t: Translator, home: Home) -> Screen:
    return home_screens.home(await home.facts(person), t)


async def member(event: ChatMemberUpdated, people: People) -> None:
    """Blocked: pushes wait. Unblocked: they go on."""
    if event.new_chat_member.status == "kicked":
        await people.left(event.from_user.id)
    else:
        await people.came_back(event.from_user.id)


def build() -> Router:
    router = Router(name="start")
    router.message.register(opened, CommandStart(deep_link=True, magic=F.args.regexp(OURS)))
    router.message.register(home, CommandStart())
    router.message.register(home, Command("menu"))
    router.callback_query.register(came_for, ToHome.filter(), LeftOne())
    router.callback_query.register(home, ToHome.filter())
    router.callback_query.register(home, AskEntry.filter())
    router.my_chat_member.register(member, F.chat.type == "private")
    return router
