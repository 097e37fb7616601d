"""Inline search, where the operator has switched it on."""

from aiogram import Bot, Router
from aiogram.enums import ChatType
from aiogram.types import InlineQuery

from bot.domain.access import Right
from bot.domain.people import Person
from bot.i18n import Translator
from bot.screens.shop import suggestions as screens
from bot.screens.shop.suggestions import Articles
from bot.services.shop.suggestions import Suggestions
from bot.telegram.having import having


async def suggest(query: InlineQuery, person: Person, t: Translator, suggestions: Suggestions, bot: Bot) -> Articles:
    facts = await suggestions.of(person.id, query.query)
    at_home = query.chat_type == ChatType.SENDER
    return screens.suggestions(facts, (await bot.me()).username or "", t, at_home=at_home)


def build() -> Router:
    router = Router(name="inline")
    router.inline_query.register(suggest, having(Right.BUY))
    return router
