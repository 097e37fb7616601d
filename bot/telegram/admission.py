"""Who comes in, for every kind of update: private chats only, access, language, and not faster than is human."""

from collections import Counter
from collections.abc import Awaitable, Callable, Hashable
from typing import Any

import structlog
from aiogram import BaseMiddleware
from aiogram.types import Chat, TelegramObject, Update, User

from bot.domain.entry import Opening
from bot.domain.people import Person
from bot.domain.refusals import Reason, RefusalFacts
from bot.faults import DatabaseFault
from bot.i18n import Languages, Translator
from bot.screens import home, refusals
from bot.screens.screen import Screen
from bot.services.people.groups import Groups
from bot.services.people.people import People
from bot.telegram.commands import CommandMenus
from bot.telegram.doorman import Doorman
from bot.telegram.messenger import Messenger
from bot.telegram.strangers import Strangers
from bot.telegram.throttle import Throttle

_log = structlog.get_logger(__name__)

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]

_AT_ONCE = 60
"""Updates of one person under way: more, and they alone wait for what they asked before."""


class Admission(BaseMiddleware):
    """Outer middleware of every update. Puts `person` and `t` into the handlers' data; without them nobody passes."""

    def __init__(
        self,
        messenger: Messenger,
        doorman: Doorman,
        strangers: Strangers,
        people: People,
        groups: Groups,
        languages: Languages,
        throttle: Throttle,
        menus: CommandMenus,
    ) -> None:
        self._messenger = messenger
        self._doorman = doorman
        self._strangers = strangers
        self._people = people
        self._groups = groups
        self._languages = languages
        self._throttle = throttle
        self._menus = menus
        self._under_way: Counter[int] = Counter()

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        user: User | None = data.get("event_from_user")
        chat: Chat | None = data.get("event_chat")
        if not isinstance(event, Update) or user is None or user.is_bot:
            return None
        try:
            if chat is not None and chat.type != "private":
                await self._in_group(event, chat, user)
                return None
            return await self._in_private(handler, event, data, user)
        except DatabaseFault as error:
            _log.critical("the database can't be used", error=type(error).__name__)
            self._refuse(event, user, Reason.NOT_SAVED, self._languages.translator(user.language_code))
            return None

    async def _in_private(self, handler: Handler, event: Update, data: dict[str, Any], user: User) -> Any:
        if event.my_chat_member is not None:
            return await handler(event, data) if await self._people.get(user.id) is not None else None
        person, opening = await self._meet(event, user)
        t = self._languages.translator(person.language if person else user.language_code)
        if person is None:
            await self._strangers.turn_away(event, user, opening, t)
            return None
        if self._under_way[user.id] >= _AT_ONCE or not self._throttle.admits(_key(event, user)):
            self._slow_down(event, user, t)
            return None
        self._menus.meets(person)
        data["person"], data["t"] = person, t
        return await self._counted(handler, event, data, user.id)

    async def _counted(self, handler: Handler, event: Update, data: dict[str, Any], person_id: int) -> Any:
        self._under_way[person_id] += 1
        try:
            return await handler(event, data)
        finally:
            self._under_way[person_id] -= 1
            if not self._under_way[person_id]:
                del self._under_way[person_id]

    async def _meet(self, event: Update, user: User) -> tuple[Person | None, Opening]:
        """Who it is, if they may enter, and what an invitation did for that."""
        here = event.inline_query is None
        person = await self._people.meet(user.id, user.full_name, user.language_code, user.username, here=here)
        if person is not None or event.message is None or not self._throttle.admits(user.id):
            return person, Opening.NOTHING
        opening = await self._strangers.opens(event.message, user)
        if opening is not Opening.NOTHING:  # another update of their own may have used it up
            person = await self._people.meet(user.id, user.full_name, user.language_code, user.username)
        return person, opening

    def _refuse(self, event: Update, user: User, why: Reason, t: Translator) -> None:
        facts = RefusalFacts(why)
        if event.callback_query is not None:
            self._doorman.answer(event.callback_query, refusals.toast(facts, t))
        elif event.message is not None:
            self._doorman.tell(user.id, Screen(refusals.text(facts, t)), why.value)

    def _slow_down(self, event: Update, user: User, t: Translator) -> None:
        if event.callback_query is not None:
            self._doorman.slow_down(event.callback_query, refusals.toast(RefusalFacts(Reason.SLOW_DOWN), t))
        else:
            self._refuse(event, user, Reason.SLOW_DOWN, t)

    async def _in_group(self, event: Update, chat: Chat, user: User) -> None:
        t = self._languages.translator(user.language_code)
        if event.callback_query is not None:
            self._doorman.answer(event.callback_query, home.blocked_toast(t))
        elif event.message is not None and await self._groups.first_time(chat.id):
            me = await self._messenger.bot.me()
            self._doorman.tell(chat.id, home.talk_in_private(me.username or "", t), "group")


def _key(event: Update, user: User) -> Hashable:
    """Letters typed behind the bot's name come faster than taps, and cost nobody a tap."""
    return user.id if event.inline_query is None else (user.id, "inline")
