"""Who would handle an update: the dispatcher's own routers and filters, asked in its own order; nothing is called."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from aiogram import Router
from aiogram.dispatcher.event.handler import HandlerObject
from aiogram.types import CallbackQuery, Chat, InaccessibleMessage, Message, TelegramObject, User

from bot.domain.access import Role, Standing
from bot.domain.people import Person
from bot.i18n import Translator
from bot.running import App

BUYER = Person(1, "Ann", Standing.ALLOWED, "en", Role.BUYER)
ADMIN = Person(2, "Ada", Standing.ALLOWED, "en", Role.OWNER)
_USER = User(id=1, is_bot=False, first_name="Ann")
_CHAT = Chat(id=1, type="private")


def tap(data: str) -> CallbackQuery:
    shown = InaccessibleMessage(chat=_CHAT, message_id=7, date=0)
    return CallbackQuery(id="1", from_user=_USER, chat_instance="1", message=shown, data=data)


def message(text: str) -> Message:
    return Message(message_id=8, date=datetime(2030, 1, 1, tzinfo=UTC), chat=_CHAT, from_user=_USER, text=text)


def given(app: App, person: Person) -> dict[str, Any]:
    """What handlers may ask for by name: the dispatcher's own data, the middlewares' and aiogram's."""
    t: Translator = app.front.languages.translator("en")
    ours = {"person": person, "t": t}
    theirs = {"bot": app.front.bot, "event_from_user": _USER, "event_chat": _CHAT, "dispatcher": app.front.dispatcher}
    return {**app.front.dispatcher.workflow_data, **ours, **theirs}


def every_handler(app: App) -> Iterator[tuple[str, HandlerObject]]:
    """(kind of update, handler) of all routers."""
    for router in app.front.dispatcher.chain_tail:
        for kind, observer in router.observers.items():
            if kind != "update":
                yield from ((kind, handler) for handler in observer.handlers)


async def handler_of(app: App, event: TelegramObject, person: Person) -> tuple[HandlerObject, dict[str, Any]]:
    """The first handler that takes the event, and the data that it would be called with. Raises LookupError."""
    kind = "callback_query" if isinstance(event, CallbackQuery) else "message"
    found = await _ask(app.front.dispatcher, kind, event, given(app, person))
    if found is None:
        raise LookupError("nobody handles this")
    return found


async def _ask(
    router: Router, kind: str, event: TelegramObject, data: dict[str, Any]
) -> tuple[HandlerObject, dict[str, Any]] | None:
    observer = router.observers[kind]
    passes, more = await observer.check_root_filters(event, **data)
    if not passes:
        return None
    for handler in observer.handlers:
        takes, all_data = await handler.check(event, **{**data, **more})
        if takes:
            return handler, all_data
    for below in router.sub_routers:
        if found := await _ask(below, kind, event, {**data, **more}):
            return found
    return None
