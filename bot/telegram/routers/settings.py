"""A person's own settings, and the deletion of their data."""

from dataclasses import replace

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery

from bot.domain.access import Right
from bot.domain.people import Person
from bot.i18n import Languages, Translator
from bot.screens.callbacks import ForgetMe, ToForget, ToSettings
from bot.screens.callbacks_of_settings import (
    ChooseLanguage,
    HideCodes,
    QuietFromNow,
    QuietNumbers,
    SetQuietHours,
    ToHiding,
    ToLanguages,
    ToQuietHours,
    ToUsualPrice,
    UsualPrice,
)
from bot.screens.screen import Screen
from bot.screens.settings import choices, overview
from bot.screens.settings import forgetting as forgetting_screens
from bot.services.orders.forgetting import Forgetting
from bot.services.orders.retention import Retention
from bot.services.people.people import People
from bot.services.people.preferences import PeoplesPreferences
from bot.telegram.commands import CommandMenus
from bot.telegram.having import having


async def settings(
    _event: object, person: Person, t: Translator, preferences: PeoplesPreferences, retention: Retention
) -> Screen:
    return overview.settings(await preferences.facts(person), retention.days, t)


async def languages_to_choose(_event: object, person: Person, t: Translator, languages: Languages) -> Screen:
    return choices.languages(person.chosen_language, languages.own_names, t)


async def choose_language(
    _tap: CallbackQuery,
    callback_data: ChooseLanguage,
    person: Person,
    people: People,
    languages: Languages,
    menus: CommandMenus,
) -> Screen:
    """Answered in the new language at once. A language that is gone leaves all as it is, which the list says."""
    if callback_data.language in (None, *languages.tags):
        await people.choose_language(person.id, callback_data.language)
        person = replace(person, chosen_language=callback_data.language)
        menus.turned(person)
    return choices.languages(person.chosen_language, languages.own_names, languages.translator(person.language))


async def quiet_numbers(
    _tap: CallbackQuery,
    callback_data: QuietNumbers,
    person: Person,
    t: Translator,
    preferences: PeoplesPreferences,
    retention: Retention,
) -> Screen:
    await preferences.set(person.id, quiet_numbers=callback_data.quiet)
    return overview.settings(await preferences.facts(person), retention.days, t)


async def codes_to_hide(_tap: CallbackQuery, person: Person, t: Translator, preferences: PeoplesPreferences) -> Screen:
    return choices.hiding(await preferences.facts(person), t)


async def hide_codes(
    _tap: CallbackQuery, callback_data: HideCodes, person: Person, t: Translator, preferences: PeoplesPreferences
) -> Screen:
    await preferences.set(person.id, hide_codes_after=callback_data.after)
    return choices.hiding(await preferences.facts(person), t)


async def prices_to_choose(
    _tap: CallbackQuery, person: Person, t: Translator, preferences: PeoplesPreferences
) -> Screen:
    return choices.usual_price(await preferences.facts(person), t)


async def usual_price(
    _tap: CallbackQuery, callback_data: UsualPrice, person: Person, t: Translator, preferences: PeoplesPreferences
) -> Screen:
    await preferences.set(person.id, window=callback_data.window)
    return choices.usual_price(await preferences.facts(person), t)


async def quiet_hours(_tap: CallbackQuery, person: Person, t: Translator, preferences: PeoplesPreferences) -> Screen:
    return choices.resting(await preferences.facts(person), t)


async def quiet_from_now(_tap: CallbackQuery, person: Person, t: Translator, preferences: PeoplesPreferences) -> Screen:
    await preferences.rest_from_now(person.id)
    return choices.resting(await preferences.facts(person), t)


async def set_quiet_hours(
    _tap: CallbackQuery, callback_data: SetQuietHours, person: Person, t: Translator, preferences: PeoplesPreferences
) -> Screen:
    await preferences.set(person.id, quiet_from=callback_data.begins, quiet_until=callback_data.ends)
    return choices.resting(await preferences.facts(person), t)


async def ask(_tap: CallbackQuery, person: Person, t: Translator, forgetting: Forgetting) -> Screen:
    return forgetting_screens.forgetting(await forgetting.facts(person), t)


async def forget(_tap: CallbackQuery, person: Person, t: Translator, forgetting: Forgetting) -> Screen:
    return forgetting_screens.forgotten(await forgetting.forget(person), t)


def build() -> Router:
    router = Router(name="settings")
    tap, message = router.callback_query, router.message
    tap.filter(having(Right.SEE_OWN))
    message.register(settings, having(Right.SEE_OWN), Command("settings"))
    message.register(languages_to_choose, having(Right.SEE_OWN), Command("language"))
    tap.register(settings, ToSettings.filter())
    tap.register(languages_to_choose, ToLanguages.filter())
    tap.register(choose_language, ChooseLanguage.filter())
    tap.register(quiet_numbers, QuietNumbers.filter())
    tap.register(codes_to_hide, ToHiding.filter())
    tap.register(hide_codes, HideCodes.filter())
    tap.register(prices_to_choose, ToUsualPrice.filter())
    tap.register(usual_price, UsualPrice.filter())
    tap.register(quiet_hours, ToQuietHours.filter())
    tap.register(quiet_from_now, QuietFromNow.filter())
    tap.register(set_quiet_hours, SetQuietHours.filter())
    tap.register(ask, ToForget.filter())
    tap.register(forget, ForgetMe.filter())
    return router
