"""Several countries for one order: ticking them, their price, and buying."""

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.domain.access import Right
from bot.domain.people import Person
from bot.domain.price_window import Window
from bot.domain.sequels import agreed, plan_of
from bot.facts.shop import Unsold
from bot.i18n import Translator
from bot.screens.callbacks_of_drafts import BuyAny, SameCountries, Tick, ToPriceOfAny, ToTicks
from bot.screens.orders.cards import waiting_card
from bot.screens.screen import Screen
from bot.screens.shop import countries as country_screens
from bot.screens.shop import drafts as draft_screens
from bot.screens.shop import price as price_screens
from bot.services.orders.again import Again
from bot.services.orders.checkout import Wish
from bot.services.orders.own_orders import OwnOrders
from bot.services.orders.sale import Sale
from bot.services.shop.browsing import Browsing
from bot.services.shop.drafts import Drafts
from bot.services.shop.pricing import Pricing
from bot.telegram.having import having


async def ticks(
    _tap: CallbackQuery,
    callback_data: ToTicks | Tick,
    person: Person,
    t: Translator,
    browsing: Browsing,
    drafts: Drafts,
) -> Screen:
    at, names = callback_data, country_screens.names(t)
    page = await browsing.countries(person.id, at.service, at.sort, at.number, names, at.listing, at.high)
    return draft_screens.ticks(await drafts.page(person.id, page), at.via, t)


async def tick(
    tap: CallbackQuery, callback_data: Tick, person: Person, t: Translator, browsing: Browsing, drafts: Drafts
) -> Screen:
    change = drafts.tick if callback_data.on else drafts.untick
    await change(person.id, callback_data.service, callback_data.country)
    return await ticks(tap, callback_data, person, t, browsing, drafts)


async def price(
    _tap: CallbackQuery, callback_data: ToPriceOfAny, person: Person, t: Translator, drafts: Drafts, pricing: Pricing
) -> Screen:
    wanted = callback_data
    window = None if wanted.low is None or wanted.high is None else Window(wanted.low, wanted.high)
    ticked = [one.id for one in await drafts.wanted(person.id, wanted.service)]
    facts = await pricing.of_any(person.id, wanted.service, ticked, window)
    return price_screens.price(price_screens.planned(facts, wanted.plan), wanted.via, t)


async def same(
    _tap: CallbackQuery, callback_data: SameCountries, person: Person, t: Translator, again: Again
) -> Screen:
    return price_screens.price(await again.prices(person.id, callback_data.order), callback_data.via, t)


async def buy(
    _tap: CallbackQuery, callback_data: BuyAny, person: Person, t: Translator, sale: Sale, own_orders: OwnOrders
) -> Screen:
    wanted, window = callback_data, Window(callback_data.low, callback_data.high)
    wish = Wish(wanted.service, 0, window, wanted.nonce, **agreed(plan_of(wanted.plan)))
    sold = await sale.sell_any(person.id, wanted.ticked, wish)
    if isinstance(sold, Unsold):
        return price_screens.unsold(sold, wanted.via, t, wanted.plan)
    return waiting_card(await own_orders.placed(sold), t)


def build() -> Router:
    router = Router(name="drafts")
    tap = router.callback_query
    tap.filter(having(Right.BUY))
    tap.register(ticks, ToTicks.filter())
    tap.register(tick, Tick.filter())
    tap.register(price, ToPriceOfAny.filter())
    tap.register(same, SameCountries.filter())
    tap.register(buy, BuyAny.filter())
    return router
