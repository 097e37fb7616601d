"""A filter by rights: to who has them not, a command or a button does not exist."""

from collections.abc import Awaitable, Callable

from bot.domain.access import Right
from bot.domain.people import Person


def having(right: Right) -> Callable[[object, Person], Awaitable[bool]]:
    """For messages and taps alike. Stands before a handler's own filter: most people have no right of admins."""

    async def has(_event: object, person: Person) -> bool:
        return person.may(right)

    return has
