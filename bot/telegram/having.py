"""A filter by rights: to who has them not, a command or a button does not exist."""

from aiogram.filters import Filter

from bot.domain.access import Right
from bot.domain.people import Person


class Having(Filter):
    """Who walks the handlers, as the tests of the table of rights do, reads `right`."""

    def __init__(self, right: Right) -> None:
        self.right = right

    async def __call__(self, _event: object, person: Person) -> bool:
        return person.may(self.right)


def having(right: Right) -> Having:
    """For messages and taps alike. Stands before a handler's own filter: most people have no right of admins."""
    return Having(right)
