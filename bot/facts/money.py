"""What the screens of money show. Amounts in micro-units."""

from dataclasses import dataclass

from bot.domain.orders import Order
from bot.domain.people import Person, Purse
from bot.domain.wallets import Credit
from bot.facts.pages import Page


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
    """The operator's account. `balance` None: HidSim gives none; `held` and `spent_*` are our own books."""

    balance: int | None
    currency: str
    held: int
    spent_today: int
    spent_week: int
