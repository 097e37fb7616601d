"""People for admins: the list, its search, Telegram's picker and a person's page."""

from aiogram import F, Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message, UsersShared

from bot.domain.access import Right
from bot.domain.people import Among, Person
from bot.facts.people import Picked
from bot.i18n import Translator
from bot.screens.callbacks_of_admins import AskStanding, PickPerson, ToPeople, ToPerson
from bot.screens.desk import person as person_screens
from bot.screens.people import listed, picker
from bot.screens.screen import Screen
from bot.services.desk.persons import Persons
from bot.telegram.having import having
from bot.telegram.standing import standing_on


async def typed(_message: Message, command: CommandObject, person: Person, t: Translator, persons: Persons) -> Screen:
    """Everybody; with a name, a username or an ID behind the command, whom it finds."""
    if command.args:
        return listed.people(await persons.search(person, command.args), t)
    return listed.people(await persons.listed(person, Among.ALL, 0, ""), t)


async def some(_tap: CallbackQuery, callback_data: ToPeople, person: Person, t: Translator, persons: Persons) -> Screen:
    wanted = callback_data
    return listed.people(await persons.listed(person, wanted.among, wanted.number, wanted.words), t)


async def search(message: Message, person: Person, t: Translator, persons: Persons) -> Screen:
    return listed.people(await persons.search(person, message.text or ""), t)


async def page(_tap: CallbackQuery, callback_data: ToPerson, person: Person, t: Translator, persons: Persons) -> Screen:
    at = callback_data
    behind = ToPeople(number=at.number, among=at.among, words=at.words)
    return person_screens.person(await persons.page(person, at.person), behind, t, looking=person)


async def ask(
    _tap: CallbackQuery, callback_data: AskStanding, person: Person, t: Translator, persons: Persons
) -> Screen:
    return listed.confirm(await persons.person(person, callback_data.person), callback_data.standing, t)


async def pick(_tap: CallbackQuery, t: Translator) -> Screen:
    return picker.picker(t)


async def picked(message: Message, person: Person, t: Translator, persons: Persons) -> Screen:
    """A picker of any age: what it asks for says the same in every release."""
    shared = _shared(message.users_shared)
    if len(shared) != 1:
        return listed.people(await persons.listed(person, Among.ALL, 0, ""), t, putting_away=picker.too_many(t))
    facts = await persons.picked(person, shared[0])
    away = picker.picked(shared[0], t)
    return person_screens.person(facts, ToPeople(), t, looking=person, putting_away=away)


def _shared(users: UsersShared | None) -> list[Picked]:
    return [
        Picked(one.user_id, " ".join(name for name in (one.first_name, one.last_name) if name), one.username)
        for one in (users.users if users is not None else ())
    ]


async def cancel(_message: Message, person: Person, t: Translator, persons: Persons) -> Screen:
    return listed.people(await persons.listed(person, Among.ALL, 0, ""), t, putting_away=picker.cancelled(t))


async def _is_cancel(message: Message, t: Translator) -> bool:
    """The picker's second button sends its label, wherever one is by then."""
    return message.text == picker.cancel_label(t)


def build() -> Router:
    router = Router(name="people listed")
    message, tap = router.message, router.callback_query
    sees = having(Right.SEE_PEOPLE)
    message.register(typed, sees, Command("users"))
    message.register(picked, sees, F.users_shared.request_id == picker.REQUEST)
    message.register(cancel, sees, _is_cancel)
    message.register(search, sees, standing_on(ToPeople))
    tap.register(some, sees, ToPeople.filter())
    tap.register(page, sees, ToPerson.filter())
    tap.register(pick, sees, PickPerson.filter())
    tap.register(ask, having(Right.LET_IN), AskStanding.filter())
    return router
