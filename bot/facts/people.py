"""What is shown to a person about themselves, and to admins about people."""

from dataclasses import dataclass

from bot.domain.access import AccessMode
from bot.domain.orders import Order
from bot.domain.people import Person, Purse


@dataclass(frozen=True, slots=True)
class HomeFacts:
    """What the first screen says. `in_progress` counts orders."""

    person: Person
    purse: Purse
    in_progress: int


@dataclass(frozen=True, slots=True)
class ForgettingFacts:
    """What deleting their data means to a person. `in_progress`: the orders that have to end before.

    `let_in_again`: whether they are a stranger afterwards.
    """

    person: Person
    purse: Purse
    in_progress: tuple[Order, ...]
    let_in_again: bool


@dataclass(frozen=True, slots=True)
class PeopleFacts:
    """Who is here: the newest people, under the operator's access mode."""

    mode: AccessMode
    people: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """What an admin decided about somebody. `was_in`: they could use the bot before, too."""

    person: Person
    was_in: bool

    @property
    def met(self) -> bool:
        """Whether they ever wrote to the bot while it knew them; others may not be within its reach."""
        return bool(self.person.name)
