"""What the screens of money show. Amounts in micro-units."""

from dataclasses import dataclass
from datetime import timedelta

from bot.domain.credit_requests import CreditRequest
from bot.domain.figures import SpendingPace
from bot.domain.orders import Order
from bot.domain.people import Person, Purse
from bot.domain.wallets import Credit
from bot.facts.pages import Page

_NO_PACE = SpendingPace(0, timedelta(0))


@dataclass(frozen=True, slots=True)
class WalletFacts:
    """A page of a wallet, newest first."""

    purse: Purse
    lines: tuple[Order | Credit, ...]
    page: Page


@dataclass(frozen=True, slots=True)
class CreditAsk:
    """Credit to be given (or taken, when negative), asked back under `number`. `balance` is the wallet's now.

    `before`: what the wallet held before this was booked; None while it is asked back, and when it was booked earlier.
    `answers`: the request for credit that this was the answer to. The person's role counts once it is booked.
    """

    number: int
    person: Person
    amount: int
    balance: int
    currency: str
    note: str
    before: int | None = None
    answers: CreditRequest | None = None


@dataclass(frozen=True, slots=True)
class CreditDesk:
    """Somebody's wallet before an admin, with amounts to give, or to take. `request`: what they wait for."""

    person: Person
    balance: int
    held: int
    currency: str
    amounts: tuple[int, ...]
    taken: bool
    request: CreditRequest | None


@dataclass(frozen=True, slots=True)
class AskingFacts:
    """Before somebody asks for credit. `missing`: what the basket lacks, 0 for nothing. `waiting`: asked already.

    `answered`: what an admin answered lately, where nothing waits.
    """

    purse: Purse
    missing: int
    amounts: tuple[int, ...]
    waiting: CreditRequest | None
    answered: CreditRequest | None = None


@dataclass(frozen=True, slots=True)
class RequestFacts:
    """A request after an admin's tap. `by`: who answered it, if an admin did; `fresh`: this tap did.

    `balance`: the wallet's now; `before`: the same before a grant of this tap. `waiting`: another request of this
    person's that waits.
    """

    request: CreditRequest
    person: Person
    balance: int
    currency: str
    by: Person | None
    fresh: bool
    before: int | None = None
    waiting: CreditRequest | None = None


@dataclass(frozen=True, slots=True)
class HidSimBalance:
    """The operator's account. `balance` None: HidSim gives none; all else are our own books.

    `spent_*`: at the prices that people pay. `cost_*` and `pace`: at HidSim's, which is what the balance loses.
    `owed`: what lies in people's wallets; None where they have none. `apart`: how much more HidSim holds than our books
    say (less, when negative); None while that can't be compared.
    """

    balance: int | None
    currency: str
    held: int
    spent_today: int
    spent_week: int
    cost_today: int = 0
    cost_week: int = 0
    pace: SpendingPace = _NO_PACE
    owed: int | None = None
    apart: int | None = None

    @property
    def lasts(self) -> timedelta | None:
        """How long the balance lasts at this pace; None where nobody can tell."""
        return None if self.balance is None else self.pace.lasts(self.balance)
