"""The price of a pair, its offers, and buying."""

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.domain.access import Right
from bot.domain.people import Person
from bot.domain.price_window import Window
from bot.domain.sequels import agreed, plan_of
from bot.facts.shop import Unsold
from bot.i18n import Translator
from bot.screens.callbacks import Buy, BuyOffer, RaiseMaximum, ToOffer, ToOffers, ToPrice
from bot.screens.orders.cards import waiting_card
from bot.screens.origin import order as from_order
from bot.screens.screen import Screen
from bot.screens.shop import offers as offer_screens
from bot.screens.shop import price as price_screens
from bot.services.orders.again import Again
from bot.services.orders.checkout import Wish
from bot.services.orders.own_orders import OwnOrders
from bot.services.orders.sale import Sale
from bot.services.shop.pricing import Pricing
from bot.telegram.having import having


async def price(_tap: CallbackQuery, callback_data: ToPrice, person: Person, t: Translator, pricing: Pricing) -> Screen:
    wanted = callback_data
    window = None if wanted.low is None or wanted.high is None else Window(wanted.low, wanted.high)
    facts = await pricing.facts(person.id, wanted.service, wanted.country, window)
    return price_screens.price(price_screens.planned(facts, wanted.plan), wanted.via, t)


async def raise_maximum(
    _tap: CallbackQuery, callback_data: RaiseMaximum, person: Person, t: Translator, again: Again
) -> Screen:
    facts = await again.prices(person.id, callback_data.order, raised=True)
    return price_screens.price(facts, from_order(callback_data.order), t)


async def offers(
    _tap: CallbackQuery, callback_data: ToOffers, person: Person, t: Translator, pricing: Pricing
) -> Screen:
    wanted = callback_data
    facts = await pricing.facts(person.id, wanted.service, wanted.country, Window(wanted.low, wanted.high))
    return offer_screens.offers(facts, wanted.number, wanted.via, t)


async def offer(_tap: CallbackQuery, callback_data: ToOffer, person: Person, t: Translator, pricing: Pricing) -> Screen:
    wanted = callback_data
    facts = await pricing.facts(person.id, wanted.service, wanted.country, Window(wanted.low, wanted.high))
    return offer_screens.offer(facts, wanted.mark, wanted.number, wanted.via, t)


async def buy(
    _tap: CallbackQuery, callback_data: Buy, person: Person, t: Translator, sale: Sale, own_orders: OwnOrders
) -> Screen:
    wanted = callback_data
    agreed_to = agreed(plan_of(wanted.plan))
    wish = Wish(wanted.service, wanted.country, Window(wanted.low, wanted.high), wanted.nonce, **agreed_to)
    sold = await sale.sell(person.id, wish)
    if isinstance(sold, Unsold):
        return price_screens.unsold(sold, wanted.via, t, wanted.plan)
    return waiting_card(await own_orders.placed(sold), t)


async def buy_offer(
    _tap: CallbackQuery, callback_data: BuyOffer, person: Person, t: Translator, sale: Sale, own_orders: OwnOrders
) -> Screen:
    wanted, exactly = callback_data, Window(callback_data.price, callback_data.price)
    wish = Wish(wanted.service, wanted.country, exactly, wanted.nonce, product_id=wanted.product)
    sold = await sale.sell(person.id, wish)
    if isinstance(sold, Unsold):
        return offer_screens.unsold(sold, wanted.price, t)
    return waiting_card(await own_orders.placed(sold), t)


def build() -> Router:
    router = Router(name="purchase")
    tap = router.callback_query
    tap.filter(having(Right.BUY))
    tap.register(price, ToPrice.filter())
    tap.register(raise_maximum, RaiseMaximum.filter())
    tap.register(offers, ToOffers.filter())
    tap.register(offer, ToOffer.filter())
    tap.register(buy, Buy.filter())
    tap.register(buy_offer, BuyOffer.filter())
    return router
