"""A person's own settings, and the deletion of their data."""

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.domain.access import Right
from bot.domain.people import Person
from bot.i18n import Translator
from bot.screens import settings as screens
from bot.screens.callbacks import ForgetMe, ToForget, ToSettings
from bot.screens.screen import Screen
from bot.services.orders.forgetting import Forgetting
from bot.services.orders.retention import Retention
from bot.telegram.having import having


async def settings(_tap: CallbackQuery, t: Translator, retention: Retention) -> Screen:
    return screens.settings(retention.days, t)


async def ask(_tap: CallbackQuery, person: Person, t: Translator, forgetting: Forgetting) -> Screen:
    return screens.forgetting(await forgetting.facts(person), t)


async def forget(_tap: CallbackQuery, person: Person, t: Translator, forgetting: Forgetting) -> Screen:
    return screens.forgotten(await forgetting.forget(person), t)


def build() -> Router:
    router = Router(name="settings")
    tap = router.callback_query
    tap.filter(having(Right.SEE_OWN))
    tap.register(settings, ToSettings.filter())
    tap.register(ask, ToForget.filter())
    tap.register(forget, ForgetMe.filter())
    return router
