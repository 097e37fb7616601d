"""Favorites: saved, listed, removed in place."""

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.domain.people import Person
from bot.domain.price_window import Window
from bot.i18n import Translator
from bot.screens import favorites as screens
from bot.screens.callbacks import Save, ToFavorites, Unsave
from bot.screens.screen import Screen
from bot.services.favorites import Favorites


async def save(_tap: CallbackQuery, callback_data: Save, person: Person, t: Translator, favorites: Favorites) -> Screen:
    wanted = callback_data
    await favorites.save(person.id, wanted.service, wanted.country, Window(wanted.low, wanted.high))
    return screens.saved(t)


async def listed(
    _tap: CallbackQuery, callback_data: ToFavorites, person: Person, t: Translator, favorites: Favorites
) -> Screen:
    return screens.favorites(await favorites.page(person.id, callback_data.number), t)


async def unsave(
    _tap: CallbackQuery, callback_data: Unsave, person: Person, t: Translator, favorites: Favorites
) -> Screen:
    await favorites.remove(person.id, callback_data.favorite)
    return screens.favorites(await favorites.page(person.id, callback_data.number), t)


def build() -> Router:
    router = Router(name="favorites")
    router.callback_query.register(save, Save.filter())
    router.callback_query.register(listed, ToFavorites.filter())
    router.callback_query.register(unsave, Unsave.filter())
    return router
