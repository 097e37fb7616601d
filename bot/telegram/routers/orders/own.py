"""Own orders: lists, cards, and what is done with them."""

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.domain.access import Right
from bot.domain.people import Person
from bot.i18n import Translator
from bot.screens.callbacks import AnotherSms, Close, CloseWhenAllowed, Refresh, ShowCode, ToMine, ToOrder
from bot.screens.orders import lists
from bot.screens.orders.cards import after_another_sms, closed_toast, order_card
from bot.screens.screen import Screen
from bot.screens.telling.hidden import shown
from bot.services.orders.closing import Closing
from bot.services.orders.own_orders import OwnOrders
from bot.services.telling.hidden_codes import HiddenCodes
from bot.telegram.having import having


async def mine(
    _tap: CallbackQuery, callback_data: ToMine, person: Person, t: Translator, own_orders: OwnOrders
) -> Screen:
    return lists.mine(await own_orders.in_progress(person.id, callback_data.number), t)


async def order(
    _tap: CallbackQuery, callback_data: ToOrder, person: Person, t: Translator, own_orders: OwnOrders
) -> Screen:
    return order_card(await own_orders.card(person.id, callback_data.order), t, via=callback_data.via)


async def refresh(
    _tap: CallbackQuery, callback_data: Refresh, person: Person, t: Translator, own_orders: OwnOrders
) -> Screen:
    card = await own_orders.refresh(person.id, callback_data.order)
    return order_card(card, t, via=callback_data.via, toast=t.plain("This is up to date."))


async def close(_tap: CallbackQuery, callback_data: Close, person: Person, t: Translator, closing: Closing) -> Screen:
    card = await closing.close(person.id, callback_data.order)
    early = card.early_wait is not None
    return order_card(card, t, via=callback_data.via, toast=closed_toast(card, t), alert=early)


async def close_when_allowed(
    _tap: CallbackQuery, callback_data: CloseWhenAllowed, person: Person, t: Translator, closing: Closing
) -> Screen:
    card = await closing.close_when_allowed(person.id, callback_data.order)
    return order_card(card, t, via=callback_data.via)


async def another_sms(
    _tap: CallbackQuery, callback_data: AnotherSms, person: Person, t: Translator, own_orders: OwnOrders
) -> Screen:
    card, new = await own_orders.another_sms(person.id, callback_data.order)
    return after_another_sms(card, t, via=callback_data.via, new=new)


async def show_code(
    _tap: CallbackQuery,
    callback_data: ShowCode,
    person: Person,
    t: Translator,
    own_orders: OwnOrders,
    hidden_codes: HiddenCodes,
) -> Screen:
    await hidden_codes.show(person.id, callback_data.order)
    return shown(await own_orders.card(person.id, callback_data.order), callback_data.sms, callback_data.via, t)


def build() -> Router:
    router = Router(name="orders")
    tap = router.callback_query
    tap.filter(having(Right.SEE_OWN))
    tap.register(mine, ToMine.filter())
    tap.register(order, ToOrder.filter())
    tap.register(refresh, Refresh.filter())
    tap.register(close, Close.filter())
    tap.register(close_when_allowed, CloseWhenAllowed.filter())
    tap.register(another_sms, AnotherSms.filter())
    tap.register(show_code, ShowCode.filter())
    return router
