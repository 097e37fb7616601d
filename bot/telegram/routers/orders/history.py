"""History: all own orders, or those that are sought by taps and by typing."""

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from bot.domain.access import Right
from bot.domain.people import Person
from bot.i18n import Translator
from bot.screens.callbacks import ToHistory
from bot.screens.callbacks_of_orders import ToChoices
from bot.screens.orders import history as screens
from bot.screens.screen import Screen
from bot.services.orders.history import History
from bot.telegram.having import having
from bot.telegram.standing import standing_on


async def page(
    _tap: CallbackQuery, callback_data: ToHistory, person: Person, t: Translator, history: History
) -> Screen:
    sought = screens.sought_of(callback_data)
    return screens.history(await history.page(person.id, callback_data.number, sought), t)


async def choices(
    _tap: CallbackQuery, callback_data: ToChoices, person: Person, t: Translator, history: History
) -> Screen:
    wanted = callback_data
    return screens.choices(await history.choices(person.id, wanted.part, wanted.number, screens.sought_of(wanted)), t)


async def typed(message: Message, here: ToHistory, person: Person, t: Translator, history: History) -> Screen:
    return screens.history(await history.page_typed(person.id, message.text or "", screens.sought_of(here)), t)


async def is_sought(message: Message, here: ToHistory, person: Person, history: History) -> bool:
    """A number's end or a label; all other words are a search for what can be bought."""
    return await history.typed(person.id, message.text or "", screens.sought_of(here)) is not None


def build() -> Router:
    router = Router(name="history")
    message, tap, right = router.message, router.callback_query, having(Right.SEE_OWN)
    tap.register(page, right, ToHistory.filter())
    tap.register(choices, right, ToChoices.filter())
    message.register(typed, right, standing_on(ToHistory), is_sought)
    return router
