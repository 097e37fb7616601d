"""Services and countries."""

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.domain.access import Right
from bot.domain.people import Person
from bot.i18n import Translator
from bot.screens.callbacks import ToCountries, ToResults, ToSearch, ToServices
from bot.screens.screen import Screen
from bot.screens.shop import countries as country_screens
from bot.screens.shop import services as service_screens
from bot.services.account import Account
from bot.services.shop.browsing import Browsing
from bot.telegram.having import having


async def services(
    _tap: CallbackQuery, callback_data: ToServices, person: Person, t: Translator, browsing: Browsing
) -> Screen:
    return service_screens.services(await browsing.services(person.id, callback_data.number), t)


async def search_hint(_tap: CallbackQuery, t: Translator) -> Screen:
    return service_screens.search_hint(t)


async def results(
    _tap: CallbackQuery, callback_data: ToResults, person: Person, t: Translator, browsing: Browsing
) -> Screen:
    return service_screens.results(await browsing.search_again(person.id, callback_data.search), t)


async def countries(
    _tap: CallbackQuery,
    callback_data: ToCountries,
    person: Person,
    t: Translator,
    browsing: Browsing,
    account: Account,
) -> Screen:
    wanted = callback_data
    page = await browsing.countries(
        person.id, wanted.service, wanted.sort, wanted.number, country_screens.names(t), wanted.listing, wanted.high
    )
    return country_screens.countries(page, wanted.via, account.currency, t)


def build() -> Router:
    router = Router(name="shop")
    tap = router.callback_query
    tap.filter(having(Right.BUY))
    tap.register(services, ToServices.filter())
    tap.register(search_hint, ToSearch.filter())
    tap.register(results, ToResults.filter())
    tap.register(countries, ToCountries.filter())
    return router
