"""Labels of own orders: chosen, typed, taken off."""

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from bot.domain.access import Right
from bot.domain.people import Person
from bot.i18n import Translator
from bot.screens.callbacks_of_orders import SetLabel, ToLabel
from bot.screens.orders import label as screens
from bot.screens.orders.cards import order_card
from bot.screens.screen import Screen
from bot.services.orders.labels import Labels
from bot.services.shop.browsing import Browsing
from bot.telegram.having import having
from bot.telegram.standing import standing_on


async def choose(_tap: CallbackQuery, callback_data: ToLabel, person: Person, t: Translator, labels: Labels) -> Screen:
    return screens.choose(await labels.facts(person.id, callback_data.order), callback_data.via, t)


async def chosen(_tap: CallbackQuery, callback_data: SetLabel, person: Person, t: Translator, labels: Labels) -> Screen:
    card = await labels.choose(person.id, callback_data.order, callback_data.label)
    return order_card(card, t, via=callback_data.via, toast=screens.toast(card.order.label, t))


async def typed(message: Message, here: ToLabel, person: Person, t: Translator, labels: Labels) -> Screen:
    return order_card(await labels.name(person.id, here.order, message.text or ""), t, via=here.via)


async def is_no_search(message: Message, browsing: Browsing) -> bool:
    """Words that ask for a number are a search wherever they are typed."""
    return not await browsing.asks_for_a_number(message.text or "", named_alone=False)


def build() -> Router:
    router = Router(name="labels")
    message, tap, right = router.message, router.callback_query, having(Right.SEE_OWN)
    tap.register(choose, right, ToLabel.filter())
    tap.register(chosen, right, SetLabel.filter())
    message.register(typed, right, standing_on(ToLabel), is_no_search)
    return router
