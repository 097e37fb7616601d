"""What is shown to a person about themselves, and to admins about people."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.access import AccessMode
from bot.domain.acts import Act
from bot.domain.catalog import Favorite
from bot.domain.limits import Limits, OwnLimits
from bot.domain.orders import Order
from bot.domain.people import Among, Person, Purse
from bot.domain.preferences import Preferences, QuietHours
from bot.facts.pages import Page


@dataclass(frozen=True, slots=True)
class HomeFacts:
    """What the first screen says. `in_progress` counts orders; `favorites`: those saved last."""

    person: Person
    purse: Purse
    in_progress: int
    favorites: tuple[Favorite, ...] = ()


@dataclass(frozen=True, slots=True)
class SettingsFacts:
    """What a person has set. `quiet`: their quiet hours of today, None without any."""

    person: Person
    preferences: Preferences
    quiet: QuietHours | None


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
    """A page of those who are here, newest first, under the operator's access mode.

    `words`: what is looked for, as it is compared; `typed`: the same as it was typed, None where it is not known.
    `limits`: everybody's, where the list is of those who have their own.
    """

    mode: AccessMode
    people: tuple[Person, ...]
    page: Page
    total: int
    currency: str
    among: Among = Among.ALL
    words: str = ""
    typed: str | None = None
    limits: Limits | None = None
    spend_is_limited: bool = True


@dataclass(frozen=True, slots=True)
class Done:
    """What was done about a person, and by whom: `by` is their name, if known. `act` None: of another release."""

    at: datetime
    actor_id: int | None
    act: Act | None
    by: str = ""


@dataclass(frozen=True, slots=True)
class Used:
    """How much of each limit is used up: orders in progress, and today's spend, purchases and closes of an hour."""

    open_orders: int
    daily_spend: int
    purchases_an_hour: int
    closes_an_hour: int


@dataclass(frozen=True, slots=True)
class LimitsFacts:
    """What limits a person: everybody's limits, what is different for them, and how much of it is used up.

    `spend_is_limited`: a day's spend is limited for everybody; not where people pay from a wallet.
    """

    person: Person
    everybodys: Limits
    own: OwnLimits
    used: Used
    currency: str
    spend_is_limited: bool


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """What admins see of one person. `since` None: they are not written down. `spent_month`: of 30 days.

    `orders`: their last ones; `with_code`: which of them got a code. `met`: they wrote to the bot while it knew them.
    `yourself`: who looks is who is looked at.
    """

    limits: LimitsFacts
    since: datetime | None
    purse: Purse
    orders: tuple[Order, ...]
    with_code: frozenset[int]
    spent_month: int
    done: tuple[Done, ...]
    met: bool
    yourself: bool

    @property
    def person(self) -> Person:
        return self.limits.person


@dataclass(frozen=True, slots=True)
class Picked:
    """Somebody whom an admin picked in Telegram, with the names that Telegram gives. They may never have written."""

    id: int
    name: str
    username: str | None


@dataclass(frozen=True, slots=True)
class Decision:
    """What an admin decided about somebody. `was_in`: they could use the bot before, too."""

    person: Person
    was_in: bool

    @property
    def met(self) -> bool:
        """Whether they ever wrote to the bot while it knew them; others may not be within its reach."""
        return bool(self.person.name)
