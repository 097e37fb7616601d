"""What a notice says beside its order and its SMS: a type for each thing that there is to say."""

from dataclasses import dataclass, field

from bot.domain.alerts import AlertFacts, AlertKind, Over


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
class LetIn:
    """Of MESSAGE: an admin let the person in."""


@dataclass(frozen=True, slots=True)
class InvitationUsed:
    """Of MESSAGE, to the admin whose invitation it was: who came in by it."""

    person_id: int
    name: str = field(repr=False)


Detail = NumberReplaced | CodeCorrected | PriceTold | AlertDetail | CreditMoved | LetIn | InvitationUsed
