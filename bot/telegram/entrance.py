"""Who comes in, for every kind of update: private chats only, access, language, and not faster than is human."""

import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from aiogram import BaseMiddleware
from aiogram.exceptions import TelegramAPIError
from aiogram.types import Chat, Message, TelegramObject, Update, User

from bot.db.database import DatabaseFault
from bot.domain.people import Person
from bot.domain.refusals import Reason, RefusalFacts
from bot.i18n import Catalogs, Translator
from bot.screens import home, refusals
from bot.screens.screen import Screen
from bot.services.groups import Groups
from bot.services.people import People
from bot.telegram.voice import Voice

_log = structlog.get_logger(__name__)

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]

INVITATION = "inv_"
_REMEMBERED = 10_000


class Throttle:
    """Tokens for taps and messages of one person: `rate` a second after a burst. Forgets those long gone."""

    def __init__(self, rate: float, burst: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate = rate
        self._burst = burst
        self._clock = clock
        self._people: OrderedDict[int, tuple[float, float]] = OrderedDict()

    def admits(self, person_id: int) -> bool:
        now = self._clock()
        tokens, at = self._people.pop(person_id, (float(self._burst), now))
        tokens = min(self._burst, tokens + (now - at) * self._rate)
        admitted = tokens >= 1
        self._people[person_id] = (tokens - 1 if admitted else tokens, now)
        if len(self._people) > _REMEMBERED:
            self._people.popitem(last=False)
        return admitted


class Entrance(BaseMiddleware):
    """Outer middleware of every update. Puts `person` and `t` into the handlers' data; without them nobody passes."""

    def __init__(self, voice: Voice, people: People, groups: Groups, catalogs: Catalogs, throttle: Throttle) -> None:
        self._voice = voice
        self._people = people
        self._groups = groups
        self._catalogs = catalogs
        self._throttle = throttle

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        user: User | None = data.get("event_from_user")
        chat: Chat | None = data.get("event_chat")
        if not isinstance(event, Update) or user is None or user.is_bot:
            return None
        if chat is not None and chat.type != "private":
            await self._in_group(event, chat, user)
            return None
        if event.my_chat_member is not None:
            return await handler(event, data)
        return await self._in_private(handler, event, data, user)

    async def _in_private(self, handler: Handler, event: Update, data: dict[str, Any], user: User) -> Any:
        try:
            person = await self._meet(event, user)
        except DatabaseFault as error:
            _log.critical("the database can't be used", error=type(error).__name__)
            await self._refuse(event, user, Reason.NOT_SAVED, self._catalogs.translator(user.language_code))
            return None
        t = self._catalogs.translator(person.language if person else user.language_code)
        if not self._throttle.admits(user.id):
            await self._refuse(event, user, Reason.SLOW_DOWN, t)
            return None
        if person is None:
            await self._turn_away(event, user, home.private_bot(user.id, t), home.blocked_toast(t))
            return None
        data["person"], data["t"] = person, t
        return await handler(event, data)

    async def _meet(self, event: Update, user: User) -> Person | None:
        person = await self._people.meet(user.id, user.full_name, user.language_code)
        code = _invitation(event.message)
        if person is not None or code is None:
            return person
        await self._people.accept(user.id, user.full_name, user.language_code, code)
        return await self._people.meet(user.id, user.full_name, user.language_code)

    async def _refuse(self, event: Update, user: User, why: Reason, t: Translator) -> None:
        facts = RefusalFacts(why)
        await self._turn_away(event, user, Screen(refusals.text(facts, t)), refusals.toast(facts, t))

    async def _turn_away(self, event: Update, user: User, screen: Screen, toast: str) -> None:
        """Says why, in the way of the update. Other kinds of updates are dropped: nothing waits for their answer."""
        try:
            if event.callback_query is not None:
                await event.callback_query.answer(toast, show_alert=True)
            elif event.message is not None:
                await self._voice.send(user.id, screen)
        except TelegramAPIError as error:
            _log.info("somebody could not be turned away", error=type(error).__name__)

    async def _in_group(self, event: Update, chat: Chat, user: User) -> None:
        t = self._catalogs.translator(user.language_code)
        try:
            if event.callback_query is not None:
                await event.callback_query.answer(home.blocked_toast(t))
            elif event.message is not None and await self._groups.first_time(chat.id):
                me = await self._voice.bot.me()
                await self._voice.send(chat.id, home.talk_in_private(me.username or "", t))
        except TelegramAPIError as error:
            _log.info("a group could not be answered", error=type(error).__name__)


def _invitation(message: Message | None) -> str | None:
    text = message.text if message is not None else None
    command, _, payload = (text or "").partition(" ")
    return payload.removeprefix(INVITATION) if command == "/start" and payload.startswith(INVITATION) else None
