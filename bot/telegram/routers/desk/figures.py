"""The shop's figures, how the bot is doing, and the daily digest, for admins."""

import asyncio

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from bot.domain.access import Right
from bot.domain.people import Person
from bot.i18n import Translator
from bot.screens.callbacks_of_admins import SetDigest, ToDigest, ToStats, ToStatus
from bot.screens.desk import digest as digest_screens
from bot.screens.desk import stats as stats_screens
from bot.screens.desk import status as status_screens
from bot.screens.screen import Screen
from bot.services.desk.digest import Digest
from bot.services.desk.statistics import Statistics
from bot.services.desk.status import Status
from bot.telegram.having import having


async def typed_stats(
    _message: Message, command: CommandObject, person: Person, t: Translator, statistics: Statistics
) -> Screen:
    facts = await statistics.typed(person, command.args)
    return await asyncio.to_thread(stats_screens.stats, facts, t)


async def stats(
    _tap: CallbackQuery, callback_data: ToStats, person: Person, t: Translator, statistics: Statistics
) -> Screen:
    facts = await statistics.of(person, callback_data.days)
    return await asyncio.to_thread(stats_screens.stats, facts, t, table=callback_data.table)


async def status(_event: object, person: Person, t: Translator, status: Status) -> Screen:
    return status_screens.status(await status.facts(person), t)


async def digest(_event: object, person: Person, t: Translator, digest: Digest) -> Screen:
    return digest_screens.hours(await digest.facts(person), t)


async def set_digest(
    _tap: CallbackQuery, callback_data: SetDigest, person: Person, t: Translator, digest: Digest
) -> Screen:
    return digest_screens.hours(await digest.set_hour(person, callback_data.hour), t)


def build() -> Router:
    router = Router(name="figures")
    message, tap = router.message, router.callback_query
    message.register(typed_stats, having(Right.SEE_FIGURES), Command("stats"))
    tap.register(stats, having(Right.SEE_FIGURES), ToStats.filter())
    message.register(status, having(Right.SEE_FIGURES), Command("status"))
    tap.register(status, having(Right.SEE_FIGURES), ToStatus.filter())
    message.register(digest, having(Right.SET_DIGEST), Command("digest"))
    tap.register(digest, having(Right.SET_DIGEST), ToDigest.filter())
    tap.register(set_digest, having(Right.SET_DIGEST), SetDigest.filter())
    return router
