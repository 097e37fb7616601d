"""Every order's story and the audit, for admins."""

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from bot.domain.access import Right
from bot.domain.people import Person
from bot.facts.record import OrderRecord
from bot.i18n import Translator
from bot.screens.callbacks_of_admins import ToAudit, ToRecord, ToRecords
from bot.screens.desk import audit as audit_screens
from bot.screens.desk import record as record_screens
from bot.screens.people import listed
from bot.screens.screen import Screen
from bot.services.desk.persons import Persons
from bot.services.desk.record import Record
from bot.telegram.having import having
from bot.telegram.standing import standing_on


async def typed(_message: Message, command: CommandObject, person: Person, t: Translator, record: Record) -> Screen:
    facts = await record.typed(person, command.args)
    return record_screens.record(facts, t) if isinstance(facts, OrderRecord) else record_screens.records(facts, t)


async def orders(
    _tap: CallbackQuery, callback_data: ToRecords, person: Person, t: Translator, record: Record
) -> Screen:
    return record_screens.records(await record.orders(person, callback_data.number, callback_data.person), t)


async def order(_tap: CallbackQuery, callback_data: ToRecord, person: Person, t: Translator, record: Record) -> Screen:
    facts = await record.order(person, callback_data.order, callback_data.number)
    return record_screens.record(facts, t, callback_data.person)


async def audit(_tap: CallbackQuery, callback_data: ToAudit, person: Person, t: Translator, record: Record) -> Screen:
    return audit_screens.audit(await record.audit(person, callback_data.number, callback_data.person), t)


async def audit_typed(_message: Message, person: Person, t: Translator, record: Record) -> Screen:
    return audit_screens.audit(await record.audit(person), t)


async def number_typed(message: Message, person: Person, t: Translator, record: Record) -> Screen:
    """On the list of orders: an order's number."""
    facts = await record.typed(person, message.text)
    return record_screens.record(facts, t) if isinstance(facts, OrderRecord) else record_screens.records(facts, t)


async def name_typed(message: Message, person: Person, t: Translator, persons: Persons) -> Screen:
    """On the audit: somebody's name, whose page leads to what was done about them."""
    return listed.people(await persons.search(person, message.text or ""), t)


def build() -> Router:
    router = Router(name="record")
    message, tap = router.message, router.callback_query
    message.register(typed, having(Right.SEE_ORDERS), Command("orders"))
    message.register(number_typed, having(Right.SEE_ORDERS), standing_on(ToRecords))
    message.register(name_typed, having(Right.SEE_PEOPLE), standing_on(ToAudit))
    tap.register(orders, having(Right.SEE_ORDERS), ToRecords.filter())
    tap.register(order, having(Right.SEE_ORDERS), ToRecord.filter())
    message.register(audit_typed, having(Right.SEE_AUDIT), Command("audit"))
    tap.register(audit, having(Right.SEE_AUDIT), ToAudit.filter())
    return router
