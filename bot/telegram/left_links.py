"""Shared links that strangers followed: whoever is let in finds behind Menu what they came for.

In memory alone, and of the last ones only: a link can be tapped again.
"""

from collections import OrderedDict

from aiogram.filters import Filter

from bot.domain.people import Person
from bot.domain.shared_links import SharedLink

_REMEMBERED = 1_000


class LeftLinks:
    """The last link of each."""

    def __init__(self) -> None:
        self._links: OrderedDict[int, SharedLink] = OrderedDict()

    def leave(self, person_id: int, payload: str) -> None:
        """What is no link of ours is forgotten at once."""
        link = SharedLink.read(payload)
        if link is None:
            return
        self._links.pop(person_id, None)
        self._links[person_id] = link
        if len(self._links) > _REMEMBERED:
            self._links.popitem(last=False)

    def holds(self, person_id: int) -> bool:
        return person_id in self._links

    def take(self, person_id: int) -> SharedLink | None:
        """Once."""
        return self._links.pop(person_id, None)


class LeftOne(Filter):
    """Whether they came by a link when they were not in yet."""

    async def __call__(self, _event: object, person: Person, left_links: LeftLinks) -> bool:
        return left_links.holds(person.id)
