"""Pausing, and differences in the books, for admins."""

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery

from bot.domain.access import Right
from bot.domain.people import Person
from bot.i18n import Translator
from bot.screens.callbacks_of_admins import BookDifference, Steer, ToBuying, ToGuard
from bot.screens.safety import difference
from bot.screens.safety import guard as guard_screens
from bot.screens.safety import pause as pause_screens
from bot.screens.screen import Screen
from bot.services.account import Account
from bot.services.safety.book_check import BookCheck
from bot.services.safety.guard import Guard
from bot.services.safety.pause import Pause
from bot.telegram.having import having


async def pausing(_message: object, person: Person, t: Translator, pause: Pause) -> Screen:
    paused = await pause.why_paused(person)
    return pause_screens.paused_already(paused, t) if paused else pause_screens.buying(None, t)


async def looking(_tap: CallbackQuery, person: Person, t: Translator, pause: Pause) -> Screen:
    return pause_screens.buying(await pause.why_paused(person), t)


async def resuming(_message: object, person: Person, t: Translator, pause: Pause) -> Screen:
    paused = await pause.why_paused(person)
    return pause_screens.buying(paused, t) if paused else pause_screens.nothing_to_resume(t)


async def guarding(_tap: CallbackQuery, person: Person, t: Translator, guard: Guard) -> Screen:
    return guard_screens.guard(await guard.seen(person), t)


async def steer(_tap: CallbackQuery, callback_data: Steer, person: Person, t: Translator, pause: Pause) -> Screen:
    await pause.steer(person, paused=callback_data.paused, began=callback_data.began)
    return pause_screens.steered(callback_data.paused, t)


async def book_difference(
    _tap: CallbackQuery,
    callback_data: BookDifference,
    person: Person,
    t: Translator,
    book_check: BookCheck,
    account: Account,
) -> Screen:
    amount = await book_check.book_difference(person) if callback_data.confirmed else None
    return difference.difference(amount, account.currency, t)


def build() -> Router:
    router = Router(name="safety")
    message, tap = router.message, router.callback_query
    message.register(pausing, having(Right.PAUSE), Command("pause"))
    message.register(resuming, having(Right.PAUSE), Command("resume"))
    tap.register(looking, having(Right.PAUSE), ToBuying.filter())
    tap.register(guarding, having(Right.PAUSE), ToGuard.filter())
    tap.register(steer, having(Right.PAUSE), Steer.filter())
    tap.register(book_difference, having(Right.BOOK_DIFFERENCE), BookDifference.filter())
    return router
