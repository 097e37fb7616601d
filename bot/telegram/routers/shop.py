"""From a service to a purchase."""

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from bot.domain.people import Person
from bot.domain.price_window import Window
from bot.i18n import Translator
from bot.screens import countries as country_screens
from bot.screens import price as price_screens
from bot.screens import services as service_screens
from bot.screens.callbacks import (
    Buy,
    BuyOffer,
    RaiseMaximum,
    ToCountries,
    ToOffers,
    ToPrice,
    ToResults,
    ToSearch,
    ToServices,
)
from bot.screens.order_card import waiting_card
from bot.screens.origin import HOME
from bot.screens.origin import order as from_order
from bot.screens.screen import Screen
from bot.services.account import Account
from bot.services.browsing import Browsing
from bot.services.catalog import Catalog
from bot.services.checkout import Checkout, Wish
from bot.services.desk import Desk
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


async def price(_tap: CallbackQuery, callback_data: ToPrice, person: Person, t: Translator, pricing: Pricing) -> Screen:
    wanted = callback_data
    window = None if wanted.low is None or wanted.high is None else Window(wanted.low, wanted.high)
    facts = await pricing.facts(person.id, wanted.service, wanted.country, window)
    return price_screens.price(facts, wanted.via, t)


async def raise_maximum(
    _tap: CallbackQuery, callback_data: RaiseMaximum, person: Person, t: Translator, pricing: Pricing, desk: Desk
) -> Screen:
    order = (await desk.card(person.id, callback_data.order)).order
    facts = await pricing.facts(person.id, order.service_id, order.country_id, order.window, raised=True)
    return price_screens.price(facts, from_order(order.id), t)


async def offers(
    _tap: CallbackQuery, callback_data: ToOffers, person: Person, t: Translator, pricing: Pricing
) -> Screen:
    wanted = callback_data
    facts = await pricing.facts(person.id, wanted.service, wanted.country, Window(wanted.low, wanted.high))
    return price_screens.offers(facts, wanted.number, wanted.via, t)


async def buy(
    _tap: CallbackQuery, callback_data: Buy, person: Person, t: Translator, checkout: Checkout, desk: Desk
) -> Screen:
    wanted = callback_data
    wish = Wish(wanted.service, wanted.country, Window(wanted.low, wanted.high), wanted.nonce)
    card, below = await desk.placed(await checkout.buy(person.id, wish))
    return waiting_card(card, t, number_below=below)


async def buy_offer(
    _tap: CallbackQuery, callback_data: BuyOffer, person: Person, t: Translator, checkout: Checkout, desk: Desk
) -> Screen:
    wanted = callback_data
    window = Window(wanted.price, wanted.price)
    wish = Wish(wanted.service, wanted.country, window, wanted.nonce, product_id=wanted.product)
    card, below = await desk.placed(await checkout.buy(person.id, wish))
    return waiting_card(card, t, number_below=below)


async def typed(message: Message, person: Person, t: Translator, browsing: Browsing, pricing: Pricing) -> Screen:
    """Any text is a search; a service with a country goes straight to the price."""
    found = await browsing.typed(message.text or "")
    if found.pair is None:
        return service_screens.results(found.page, t)
    service_id, country_id = found.pair
    window = None if found.maximum is None else await pricing.up_to(service_id, country_id, found.maximum)
    facts = await pricing.facts(person.id, service_id, country_id, window)
    return price_screens.price(facts, HOME, t)


def build() -> Router:
    router = Router(name="shop")
    tap = router.callback_query
    tap.register(services, ToServices.filter())
    tap.register(search_hint, ToSearch.filter())
    tap.register(results, ToResults.filter())
    tap.register(countries, ToCountries.filter())
    tap.register(price, ToPrice.filter())
    tap.register(raise_maximum, RaiseMaximum.filter())
    tap.register(offers, ToOffers.filter())
    tap.register(buy, Buy.filter())
    tap.register(buy_offer, BuyOffer.filter())
    return router


def build_search() -> Router:
    """Stands last among the messages: whatever is no command is a search."""
    router = Router(name="search")
    router.message.register(typed, F.text, ~F.text.startswith("/"))
    return router
