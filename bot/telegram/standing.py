"""A filter by the menu that the chat showed last: on it, typed words mean something of their own."""

from collections.abc import Awaitable, Callable

from aiogram.filters.callback_data import CallbackData
from aiogram.types import Message

from bot.domain.people import Person
from bot.services.shop.whereabouts import Whereabouts

Here = Callable[[Message, Person, Whereabouts], Awaitable[dict[str, CallbackData] | bool]]


def standing_on(kind: type[CallbackData]) -> Here:
    """For texts that are no command. The handler gets the menu's button as `here`.

    Such a screen names its `place` by `typing_at`; the router stands before `typed`, which takes every other text.
    """

    async def stands(message: Message, person: Person, whereabouts: Whereabouts) -> dict[str, CallbackData] | bool:
        if not message.text or message.text.startswith("/"):
            return False
        try:
            return {"here": kind.unpack(await whereabouts.last(person.id) or "")}
        except (TypeError, ValueError):
            return False

    return stands
