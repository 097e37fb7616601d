"""Watches: begun where something is sold out or too dear, listed, stopped in place."""

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.domain.access import Right
from bot.domain.people import Person
from bot.i18n import Translator
from bot.screens.callbacks_of_watches import StopWatching, TellMe, ToWatches
from bot.screens.screen import Screen
from bot.screens.shop import watches as watch_screens
from bot.services.shop.watches import Watches
from bot.telegram.having import having


async def tell_me(
    _tap: CallbackQuery, callback_data: TellMe, person: Person, t: Translator, watches: Watches
) -> Screen:
    wanted = callback_data
    facts = await watches.begin(person.id, wanted.service, wanted.country, wanted.high)
    return watch_screens.begun(facts, watch_screens.back_from(wanted), t)


async def listed(
    _tap: CallbackQuery, callback_data: ToWatches, person: Person, t: Translator, watches: Watches
) -> Screen:
    return watch_screens.watches(await watches.page(person.id, callback_data.number), t)


async def stop(
    _tap: CallbackQuery, callback_data: StopWatching, person: Person, t: Translator, watches: Watches
) -> Screen:
    stopped = await watches.stop(person.id, callback_data.watch)
    return watch_screens.watches(await watches.page(person.id, callback_data.number, stopped), t)


def build() -> Router:
    router = Router(name="watches")
    tap = router.callback_query
    tap.filter(having(Right.BUY))
    tap.register(tell_me, TellMe.filter())
    tap.register(listed, ToWatches.filter())
    tap.register(stop, StopWatching.filter())
    return router
