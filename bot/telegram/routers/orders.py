"""Own orders: lists, cards, and what is done with them."""

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.domain.people import Person
from bot.i18n import Translator
from bot.screens import order_list as lists
from bot.screens.callbacks import AnotherSms, Close, CloseWhenAllowed, Refresh, ToHistory, ToMine, ToOrder
from bot.screens.order_card import after_another_sms, closed_toast, order_card
from bot.screens.screen import Screen
from bot.services.desk import Desk


async def mine(_tap: CallbackQuery, callback_data: ToMine, person: Person, t: Translator, desk: Desk) -> Screen:
    return lists.mine(await desk.page(person.id, callback_data.number, in_progress=True), t)


async def history(_tap: CallbackQuery, callback_data: ToHistory, person: Person, t: Translator, desk: Desk) -> Screen:
    return lists.history(await desk.page(person.id, callback_data.number, in_progress=False), t)


async def order(_tap: CallbackQuery, callback_data: ToOrder, person: Person, t: Translator, desk: Desk) -> Screen:
    return order_card(await desk.card(person.id, callback_data.order), t, via=callback_data.via)


async def refresh(_tap: CallbackQuery, callback_data: Refresh, person: Person, t: Translator, desk: Desk) -> Screen:
    card = await desk.refresh(person.id, callback_data.order)
    return order_card(card, t, via=callback_data.via, toast=t.plain("This is how it stands now."))


async def close(_tap: CallbackQuery, callback_data: Close, person: Person, t: Translator, desk: Desk) -> Screen:
    card = await desk.close(person.id, callback_data.order)
    early = card.early_wait is not None
    return order_card(card, t, via=callback_data.via, toast=closed_toast(card, t), alert=early)


async def close_when_allowed(
    _tap: CallbackQuery, callback_data: CloseWhenAllowed, person: Person, t: Translator, desk: Desk
) -> Screen:
    card = await desk.close_when_allowed(person.id, callback_data.order)
    return order_card(card, t, via=callback_data.via)


async def another_sms(
    _tap: CallbackQuery, callback_data: AnotherSms, person: Person, t: Translator, desk: Desk
) -> Screen:
    card, new = await desk.another_sms(person.id, callback_data.order)
    return after_another_sms(card, t, via=callback_data.via, new=new)


def build() -> Router:
    router = Router(name="orders")
    tap = router.callback_query
    tap.register(mine, ToMine.filter())
    tap.register(history, ToHistory.filter())
    tap.register(order, ToOrder.filter())
    tap.register(refresh, Refresh.filter())
    tap.register(close, Close.filter())
    tap.register(close_when_allowed, CloseWhenAllowed.filter())
    tap.register(another_sms, AnotherSms.filter())
    return router
