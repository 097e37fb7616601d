"""Services, countries, and what was typed."""

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from bot.domain.people import Person
from bot.domain.price_window import Window
from bot.i18n import Translator
from bot.screens import countries as country_screens
from bot.screens import price as price_screens
from bot.screens import services as service_screens
from bot.screens.callbacks import ToCountries, ToResults, ToSearch, ToServices
from bot.screens.screen import Screen
from bot.services.account import Account
from bot.services.browsing import Browsing
from bot.services.catalog import Catalog
from bot.services.pricing import Pricing


async def services(
    _tap: CallbackQuery, callback_data: ToServices, person: Person, t: Translator, browsing: Browsing
) -> Screen:
    return service_screens.services(await browsing.services(person.id, callback_data.number), t)


async def search_hint(_tap: CallbackQuery, t: Translator) -> Screen:
    return service_screens.search_hint(t)


async def results(_tap: CallbackQuery, callback_data: ToResults, t: Translator, browsing: Browsing) -> Screen:
    return service_screens.results(await browsing.search_again(callback_data.search), t)


async def countries(
    _tap: CallbackQuery,
    callback_data: ToCountries,
    person: Person,
    t: Translator,
    browsing: Browsing,
    catalog: Catalog,
    account: Account,
) -> Screen:
    names = {c.id: t.country(c.code, c.name, c.label) for c in catalog.countries.values()}
    wanted = callback_data
    page = await browsing.countries(person.id, wanted.service, wanted.sort, wanted.number, names)
    return country_screens.countries(page, wanted.via, account.currency, t)


async def typed(message: Message, person: Person, t: Translator, browsing: Browsing, pricing: Pricing) -> Screen:
    """Any text is a search; a service with a country goes straight to the price."""
    found = await browsing.typed(message.text or "")
    if found.pair is None:
        return service_screens.results(found.page, t)
    service_id, country_id = found.pair
    window = None if found.maximum is None else Window(0, found.maximum)
    facts = await pricing.facts(person.id, service_id, country_id, window)
    return price_screens.price(facts, price_screens.TYPED, t)


def build() -> Router:
    router = Router(name="shop")
    tap = router.callback_query
    tap.register(services, ToServices.filter())
    tap.register(search_hint, ToSearch.filter())
    tap.register(results, ToResults.filter())
    tap.register(countries, ToCountries.filter())
    return router


def build_search() -> Router:
    """Stands last among the messages: whatever is no command is a search."""
    router = Router(name="search")
    router.message.register(typed, F.text, ~F.text.startswith("/"))
    return router
