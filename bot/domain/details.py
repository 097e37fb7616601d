"""What a notice says beside its order and its SMS: a type for each thing that there is to say."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from bot.domain.alerts import AlertFacts, AlertKind, Over
from bot.domain.outcomes import Outcome
from bot.domain.refusals import RefusalFacts
from bot.domain.watches import OfWatches


@dataclass(frozen=True, slots=True)
class NumberReplaced:
    """Of NUMBER: the person has got another number for this order before."""


@dataclass(frozen=True, slots=True)
class CodeCorrected:
    """Of CODE: the person has got another code of this SMS before."""


@dataclass(frozen=True, slots=True)
class PriceTold:
    """Of PRICED: the price came after the end. `back`: what came back with it, in micro-units, 0 for nothing."""

    back: int


@dataclass(frozen=True, slots=True)
class NotFollowed:
    """Of NOT_FOLLOWED: what the purchase of another number was refused with."""

    why: RefusalFacts


@dataclass(frozen=True, slots=True)
class SmsLate:
    """Of MESSAGE, with its order: the SMS is later than usual, and there is something its person can do."""


@dataclass(frozen=True, slots=True)
class AlertDetail:
    """Of ALERT. `over`: this is the end of it; the facts are those of its beginning."""

    kind: AlertKind
    facts: AlertFacts | None = None
    over: Over | None = None


@dataclass(frozen=True, slots=True)
class CreditMoved:
    """Of MESSAGE, to the wallet's person: credit given, or taken when negative. Micro-units."""

    amount: int
    balance: int
    currency: str


@dataclass(frozen=True, slots=True)
class CreditRequested:
    """Of MESSAGE, to an admin: somebody asks for credit. Micro-units; name and reason are theirs, and hostile."""

    request_id: int
    person_id: int
    amount: int
    balance: int
    currency: str
    name: str = field(repr=False)
    reason: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class CreditGranted:
    """Of MESSAGE, to whoever asked. `basket`: the data of the button that opens what they wanted to buy."""

    amount: int
    balance: int
    currency: str
    basket: str | None


@dataclass(frozen=True, slots=True)
class CreditDeclined:
    """Of MESSAGE, to whoever asked for this much."""

    amount: int
    currency: str


@dataclass(frozen=True, slots=True)
class LetIn:
    """Of MESSAGE: an admin let the person in."""


@dataclass(frozen=True, slots=True)
class InvitationUsed:
    """Of MESSAGE, to the admin whose invitation it was: who came in by it."""

    person_id: int
    name: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class DailyDigest:
    """Of MESSAGE, to admins: what became of a day's orders (by UTC). Amounts in micro-units, spans in seconds.

    `spent`: what people paid. `newcomers`: people whom the bot met that day. `incidents`: how many go on.
    `balance`: HidSim's, and `lasts`: how long it will do; None where it is not known, or not theirs to see.
    """

    day: date
    counts: Mapping[Outcome, int]
    spent: int
    currency: str
    median: int | None = None
    newcomers: int = 0
    incidents: int = 0
    balance: int | None = None
    lasts: int | None = None


@dataclass(frozen=True, slots=True)
class EntryAsked:
    """Of MESSAGE, to the admins: a stranger asks to be let in. `username` empty: they have none."""

    person_id: int
    name: str = field(repr=False)
    username: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class NotLetIn:
    """Of MESSAGE, to a stranger: the admins were asked and did not let them in."""


@dataclass(frozen=True, slots=True)
class RoleTurned:
    """Of MESSAGE: an owner made the person an admin, or an admin a buyer."""

    admin: bool


Door = LetIn | NotLetIn | InvitationUsed | EntryAsked | RoleTurned
"""What is told of the way in."""
OfCredit = CreditMoved | CreditRequested | CreditGranted | CreditDeclined
Detail = (
    NumberReplaced
    | CodeCorrected
    | PriceTold
    | NotFollowed
    | SmsLate
    | AlertDetail
    | OfCredit
    | OfWatches
    | Door
    | DailyDigest
)
