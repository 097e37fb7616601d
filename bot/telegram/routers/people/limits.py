"""Limits, for admins: everybody's with those who have their own, and one person's."""

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot.domain.access import Right
from bot.domain.people import Among, Person
from bot.domain.typed_limits import read_limit
from bot.i18n import Translator
from bot.screens.callbacks_of_admins import SetLimit, ToLimits
from bot.screens.people import limits as limits_screens
from bot.screens.people import listed
from bot.screens.screen import Screen
from bot.services.account import Account
from bot.services.desk.persons import Persons
from bot.services.people.limits import PersonLimits
from bot.telegram.having import having
from bot.telegram.standing import standing_on


async def everybodys(_message: Message, person: Person, t: Translator, persons: Persons) -> Screen:
    return listed.people(await persons.listed(person, Among.LIMITED, 0, ""), t)


async def one(_tap: CallbackQuery, callback_data: ToLimits, person: Person, t: Translator, persons: Persons) -> Screen:
    facts = await persons.limits(person, callback_data.person)
    if callback_data.kind is None:
        return limits_screens.limits(facts, t)
    return limits_screens.choose(facts, callback_data.kind, t)


async def set_one(
    _tap: CallbackQuery,
    callback_data: SetLimit,
    person: Person,
    t: Translator,
    persons: Persons,
    person_limits: PersonLimits,
) -> Screen:
    wanted = callback_data
    before = await person_limits.set(person, wanted.person, wanted.kind, wanted.limit)
    return limits_screens.changed(await persons.limits(person, wanted.person), wanted, before, t)


async def typed(
    message: Message,
    here: ToLimits,
    person: Person,
    t: Translator,
    persons: Persons,
    person_limits: PersonLimits,
    account: Account,
) -> Screen:
    """What the limit at hand is to be; anything else says how it is done."""
    limit = None if here.kind is None else read_limit(here.kind, message.text or "", account.currency)
    if here.kind is None or limit is None:
        return limits_screens.unread(await persons.limits(person, here.person), here.kind, t)
    before = await person_limits.set(person, here.person, here.kind, limit)
    wanted = SetLimit(person=here.person, kind=here.kind, limit=limit)
    return limits_screens.changed(await persons.limits(person, here.person), wanted, before, t)


def build() -> Router:
    router = Router(name="limits")
    router.message.register(everybodys, having(Right.LIMIT), Command("limits"))
    router.message.register(typed, having(Right.LIMIT), standing_on(ToLimits))
    router.callback_query.register(one, having(Right.LIMIT), ToLimits.filter())
    router.callback_query.register(set_one, having(Right.LIMIT), SetLimit.filter())
    return router
