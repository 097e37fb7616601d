"""Whatever nothing else matched: old buttons, unknown commands, photos and stickers. Never silence."""

from dataclasses import replace

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from bot.domain.people import Person
from bot.i18n import Translator
from bot.screens import home as home_screens
from bot.screens.screen import Screen
from bot.services.home import Home


async def button(_tap: CallbackQuery, person: Person, t: Translator, home: Home) -> Screen:
    return replace(home_screens.home(await home.facts(person), t), toast=home_screens.stale_toast(t))


async def message(message: Message, t: Translator) -> Screen:
    return home_screens.unknown_command(t) if message.text else home_screens.only_text(t)


def build() -> Router:
    router = Router(name="stale")
    router.message.register(message)
    router.callback_query.register(button)
    return router
