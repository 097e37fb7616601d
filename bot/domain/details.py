"""What a notice says beside its order and its SMS: a type for each thing that there is to say."""

from dataclasses import dataclass, field

from bot.domain.alerts import AlertFacts, AlertKind


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
class AlertDetail:
    """Of ALERT."""

    kind: AlertKind
    facts: AlertFacts | None = None


@dataclass(frozen=True, slots=True)
class CreditMoved:
    """Of MESSAGE, to the wallet's person: credit given, or taken when negative. Micro-units."""

    amount: int
    balance: int
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
Detail = NumberReplaced | CodeCorrected | PriceTold | AlertDetail | CreditMoved | Door
