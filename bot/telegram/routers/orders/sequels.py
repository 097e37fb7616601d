"""Another number after one without a code, and time limits."""

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.domain.access import Right
from bot.domain.people import Person
from bot.facts.shop import Unsold
from bot.i18n import Translator
from bot.screens import origin
from bot.screens.callbacks_of_sequels import (
    AnotherNumber,
    KeepNumber,
    SetTimeLimit,
    ToNextCountry,
    ToTimeLimit,
    ToTurnDown,
    TurnDown,
)
from bot.screens.orders import sequels as screens
from bot.screens.orders.cards import order_card, waiting_card
from bot.screens.screen import Screen
from bot.screens.shop import price
from bot.services.orders.own_orders import OwnOrders
from bot.services.orders.sequels import Sequels
from bot.services.orders.time_limits import TimeLimits
from bot.telegram.having import having


async def another(
    _tap: CallbackQuery,
    callback_data: AnotherNumber,
    person: Person,
    t: Translator,
    sequels: Sequels,
    own_orders: OwnOrders,
) -> Screen:
    wanted = callback_data
    sold = await sequels.another(person.id, wanted.order, wanted.country)
    if isinstance(sold, Unsold):
        return price.unsold(sold, origin.order(wanted.order, wanted.via), t)
    return waiting_card(await own_orders.placed(sold), t)


async def next_country(
    _tap: CallbackQuery, callback_data: ToNextCountry, person: Person, t: Translator, sequels: Sequels
) -> Screen:
    return screens.next_country(await sequels.onward(person.id, callback_data.order), callback_data.via, t)


async def to_turn_down(
    _tap: CallbackQuery, callback_data: ToTurnDown, person: Person, t: Translator, sequels: Sequels
) -> Screen:
    return screens.turn_down(await sequels.onward(person.id, callback_data.order), callback_data.via, t)


async def turn_down(
    _tap: CallbackQuery, callback_data: TurnDown, person: Person, t: Translator, sequels: Sequels
) -> Screen:
    card = await sequels.turn_down(person.id, callback_data.order, callback_data.country)
    return order_card(card, t, via=callback_data.via, toast=screens.turned_down_toast(card, t))


async def keep(
    _tap: CallbackQuery, callback_data: KeepNumber, person: Person, t: Translator, sequels: Sequels
) -> Screen:
    card = await sequels.keep(person.id, callback_data.order)
    return order_card(card, t, via=callback_data.via, toast=t.plain("Nothing more is bought by itself."))


async def to_time_limit(
    _tap: CallbackQuery, callback_data: ToTimeLimit, person: Person, t: Translator, own_orders: OwnOrders
) -> Screen:
    return screens.time_limit(await own_orders.card(person.id, callback_data.order), callback_data.via, t)


async def set_time_limit(
    _tap: CallbackQuery, callback_data: SetTimeLimit, person: Person, t: Translator, time_limits: TimeLimits
) -> Screen:
    card = await time_limits.set(person.id, callback_data.order, callback_data.seconds)
    return order_card(card, t, via=callback_data.via, toast=screens.limited_toast(card, t))


def build() -> Router:
    router = Router(name="sequels")
    tap = router.callback_query
    tap.filter(having(Right.BUY))
    tap.register(another, AnotherNumber.filter())
    tap.register(next_country, ToNextCountry.filter())
    tap.register(to_turn_down, ToTurnDown.filter())
    tap.register(turn_down, TurnDown.filter())
    tap.register(keep, KeepNumber.filter())
    tap.register(to_time_limit, ToTimeLimit.filter())
    tap.register(set_time_limit, SetTimeLimit.filter())
    return router
