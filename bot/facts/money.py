"""What the screens of money show. Amounts in micro-units."""

from dataclasses import dataclass
from datetime import timedelta

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
    """Credit to be given (or taken, when negative), asked back under `number`. `balance` is the wallet's."""

    number: int
    person: Person
    amount: int
    balance: int
    currency: str
    note: str


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
