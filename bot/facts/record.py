"""What the record of the shop shows: every order's story, and what admins did. No number and no code is in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.domain.acts import Act
from bot.domain.notices import NoticeKind
from bot.domain.orders import Order
from bot.domain.outcomes import Outcome
from bot.facts.pages import Page

Names = Mapping[int, str]
"""Of people by their ids, as they are called today; without those who were never written down."""


@dataclass(frozen=True, slots=True)
class Done:
    """A line of the audit. `act` None: `word` is another release's. `detail`: as it was written, so of any shape."""

    number: int
    at: datetime
    act: Act | None
    word: str
    actor_id: int | None
    order_id: int | None
    person_id: int | None
    detail: Mapping[str, Any] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Moved:
    """A transfer of an order's. `what`: the first word of its ref, such as hold. Micro-units."""

    at: datetime
    what: str
    amount: int


@dataclass(frozen=True, slots=True)
class Told:
    """A push: written at `at`; `done_at`: when Telegram took it, None when it has not yet. `kind` None: of another
    release. `taken`: False when it was settled without a message of its own.
    """

    at: datetime
    kind: NoticeKind | None
    person_id: int
    done_at: datetime | None
    taken: bool
    tries: int


Happening = Done | Moved | Told


@dataclass(frozen=True, slots=True)
class OrderRecord:
    """An order without its number; `digits`: the number's last two, None before there is one.

    `sms` and `codes`: how many came. `cost`: what HidSim kept for it in the end, micro-units; None: not known.
    `happenings`: those of the page, in their order; `names` as `Names`.
    """

    order: Order
    digits: str | None
    outcome: Outcome
    sms: int
    codes: int
    cost: int | None
    happenings: Sequence[Happening]
    total: int
    page: Page
    names: Names


@dataclass(frozen=True, slots=True)
class RecordRow:
    """`order` is without its number."""

    order: Order
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class RecordPage:
    """Orders of everybody, newest first; `person_id`: of this person alone."""

    rows: Sequence[RecordRow]
    page: Page
    total: int
    person_id: int | None
    names: Names


@dataclass(frozen=True, slots=True)
class AuditPage:
    """What admins did, newest first; `person_id`: what they did about this person alone. `currency`: of all amounts."""

    lines: Sequence[Done]
    page: Page
    total: int
    person_id: int | None
    names: Names
    currency: str
