"""What admins are shown of the way in: requests, roles, invitations."""

from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.access import AccessMode, Role
from bot.domain.entry import EntryRequest
from bot.domain.people import Person


@dataclass(frozen=True, slots=True)
class AnsweredEntry:
    """What became of a stranger's request. `mine`: the actor answered it; `by`: who did, if they are known.

    `is_in`: they may use the bot, whatever was answered.
    """

    request: EntryRequest
    mine: bool
    by: Person | None
    is_in: bool = False


@dataclass(frozen=True, slots=True)
class Appointment:
    """Somebody's role by an owner's word. `person` has the role that they have since; `before`: the one they had."""

    person: Person
    before: Role


@dataclass(frozen=True, slots=True)
class NewInvitation:
    """`code` empty: none is made in a closed bot. `until`: UTC."""

    mode: AccessMode
    code: str = field(default="", repr=False)
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class OpenInvitation:
    """One that still lets somebody in. `host`: whose it is, if they are known."""

    code: str = field(repr=False)
    host_id: int
    host: Person | None
    until: datetime


@dataclass(frozen=True, slots=True)
class OpenInvitations:
    """The ones that end first in front; `more`: there are others behind them."""

    mode: AccessMode
    found: tuple[OpenInvitation, ...]
    more: bool = False
