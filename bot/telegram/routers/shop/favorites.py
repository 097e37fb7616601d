"""Favorites: saved, listed, removed in place."""

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.domain.access import Right
from bot.domain.people import Person
from bot.domain.price_window import Window
from bot.i18n import Translator
from bot.screens.callbacks import Forget, Save, SaveBack, ToFavorites, ToRemoving, Unsave
from bot.screens.screen import Screen
from bot.screens.shop import favorites as favorite_screens
from bot.screens.shop import price
from bot.services.shop.favorites import Favorites
from bot.services.shop.pricing import Pricing
from bot.telegram.having import having


async def save(
    _tap: CallbackQuery, callback_data: Save, person: Person, t: Translator, favorites: Favorites, pricing: Pricing
) -> Screen:
    wanted, window = callback_data, Window(callback_data.low, callback_data.high)
    await favorites.save(person.id, wanted.service, wanted.country, window)
    if wanted.via is None:
        return favorite_screens.saved(t)
    facts = await pricing.facts(person.id, wanted.service, wanted.country, window)
    shown = price.planned(facts, wanted.plan)
    return price.price(shown, wanted.via, t, toast=favorite_screens.saved_toast(t))


async def forget(
    _tap: CallbackQuery, callback_data: Forget, person: Person, t: Translator, favorites: Favorites, pricing: Pricing
) -> Screen:
    wanted, window = callback_data, Window(callback_data.low, callback_data.high)
    await favorites.forget(person.id, wanted.service, wanted.country)
    facts = await pricing.facts(person.id, wanted.service, wanted.country, window)
    shown = price.planned(facts, wanted.plan)
    return price.price(shown, wanted.via, t, toast=favorite_screens.forgotten_toast(t))


async def listed(
    _tap: CallbackQuery, callback_data: ToFavorites, person: Person, t: Translator, favorites: Favorites
) -> Screen:
    return favorite_screens.favorites(await favorites.page(person.id, callback_data.number), t)


async def removing(
    _tap: CallbackQuery, callback_data: ToRemoving, person: Person, t: Translator, favorites: Favorites
) -> Screen:
    return favorite_screens.favorites(await favorites.page(person.id, callback_data.number), t, removing=True)


async def unsave(
    _tap: CallbackQuery, callback_data: Unsave, person: Person, t: Translator, favorites: Favorites
) -> Screen:
    removed = await favorites.remove(person.id, callback_data.favorite)
    return favorite_screens.favorites(await favorites.page(person.id, callback_data.number, removed), t, removing=True)


async def save_back(
    _tap: CallbackQuery, callback_data: SaveBack, person: Person, t: Translator, favorites: Favorites
) -> Screen:
    wanted = callback_data
    await favorites.save(person.id, wanted.service, wanted.country, Window(wanted.low, wanted.high))
    return favorite_screens.favorites(
        await favorites.page(person.id, wanted.number), t, toast=favorite_screens.saved_toast(t)
    )


def build() -> Router:
    router = Router(name="favorites")
    tap = router.callback_query
    tap.filter(having(Right.SEE_OWN))
    tap.register(save, Save.filter())
    tap.register(forget, Forget.filter())
    tap.register(listed, ToFavorites.filter())
    tap.register(removing, ToRemoving.filter())
    tap.register(unsave, Unsave.filter())
    tap.register(save_back, SaveBack.filter())
    return router
