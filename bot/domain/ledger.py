"""Double-entry bookkeeping: a transfer moves a positive amount between two accounts, so books always balance.

Refs are unique, which makes repeating harmless: a second `capture:7` is the first one. Transfers are never edited;
a correction is a new transfer. Amounts in micro-units.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

from bot.domain.money import Cost

Account = NewType("Account", str)
"""An account's name, as it is stored."""

Ref = NewType("Ref", str)
"""What a transfer is for, as it is stored: its cause, the order or the entry it belongs to, a revision if need be."""

HIDSIM = Account("hidsim")  # what lies at HidSim
COST = Account("cost")  # what HidSim took for numbers
REVENUE = Account("revenue")  # what people paid
FUNDING = Account("funding")  # where credit and the HidSim balance come from
SUSPENSE = Account("suspense")  # cost of unconfirmed purchases that turned out bought


class Family(StrEnum):
    """Accounts of which each person has one of their own; the value begins the names of all of them."""

    WALLET = "wallet:"
    HELD = "held:"

    def of(self, person_id: int) -> Account:
        return Account(f"{self.value}{person_id}")

    def total(self, balances: Mapping[Account, int]) -> int:
        """Of those balances that are this family's."""
        return sum(amount for name, amount in balances.items() if name.startswith(self.value))


def wallet(person_id: int) -> Account:
    return Family.WALLET.of(person_id)


def held(person_id: int) -> Account:
    return Family.HELD.of(person_id)


@dataclass(frozen=True, slots=True)
class Transfer:
    """`source` loses, `target` gains. Raises ValueError for an amount that is not positive, or one account twice."""

    ref: Ref
    source: Account
    target: Account
    amount: int
    order_id: int | None = None

    def __post_init__(self) -> None:
        if self.amount <= 0:
            raise ValueError(f"{self.ref}: a transfer moves a positive amount")
        if self.source == self.target:
            raise ValueError(f"{self.ref}: a transfer needs two accounts")


def hold(order_id: int, person_id: int, amount: int) -> Transfer:
    return Transfer(Ref(f"hold:{order_id}"), wallet(person_id), held(person_id), amount, order_id)


def release(order_id: int, person_id: int, amount: int) -> Transfer:
    return Transfer(Ref(f"release:{order_id}"), held(person_id), wallet(person_id), amount, order_id)


def free(order_id: int, person_id: int, revision: int, amount: int) -> Transfer:
    """The number came and costs less than was set aside for it; the order goes on with the rest."""
    return Transfer(Ref(f"free:{order_id}:{revision}"), held(person_id), wallet(person_id), amount, order_id)


def capture(order_id: int, person_id: int, held_amount: int, charged: int) -> tuple[Transfer, ...]:
    """The price paid goes to revenue, the rest of the hold back to the wallet. A free number captures nothing."""
    if not 0 <= charged <= held_amount:
        raise ValueError("a capture takes from nothing to the whole hold")
    moves: list[Transfer] = []
    if charged:
        moves.append(Transfer(Ref(f"capture:{order_id}"), held(person_id), REVENUE, charged, order_id))
    if rest := held_amount - charged:
        moves.append(Transfer(Ref(f"rest:{order_id}"), held(person_id), wallet(person_id), rest, order_id))
    return tuple(moves)


def charge_back(order_id: int, person_id: int, revision: int, amount: int) -> Transfer:
    """A number turned out cheaper than what was taken for it."""
    return Transfer(Ref(f"back:{order_id}:{revision}"), REVENUE, wallet(person_id), amount, order_id)


def cost(order_id: int, amount: Cost) -> Transfer:
    return Transfer(Ref(f"cost:{order_id}"), HIDSIM, COST, amount, order_id)


def cost_change(order_id: int, revision: int, difference: int) -> Transfer:
    """HidSim's price of a bought number became higher (or lower, when negative). Raises for no difference."""
    source, target = (HIDSIM, COST) if difference > 0 else (COST, HIDSIM)
    return Transfer(Ref(f"cost:{order_id}:{revision}"), source, target, abs(difference), order_id)


def cost_back(order_id: int, amount: Cost) -> Transfer:
    return Transfer(Ref(f"cost-back:{order_id}"), COST, HIDSIM, amount, order_id)


def suspense(order_id: int, amount: Cost) -> Transfer:
    """An unconfirmed purchase was bought after all, for at most so much."""
    return Transfer(Ref(f"suspense:{order_id}"), HIDSIM, SUSPENSE, amount, order_id)


OPENING = Ref("opening")
"""The ref of the one transfer that begins our books of HidSim's balance."""


def opening(amount: int) -> Transfer:
    return Transfer(OPENING, FUNDING, HIDSIM, amount)


def fix(number: int, difference: int) -> Transfer:
    """What HidSim holds more than our books (or less, when negative), known to an admin. Raises for no difference."""
    if difference > 0:
        return Transfer(Ref(f"fix:{number}"), FUNDING, HIDSIM, difference)
    return Transfer(Ref(f"fix:{number}"), HIDSIM, FUNDING, -difference)


def credit(key: str, person_id: int, amount: int) -> Transfer:
    return Transfer(Ref(f"credit:{key}"), FUNDING, wallet(person_id), amount)


def debit(key: str, person_id: int, amount: int) -> Transfer:
    return Transfer(Ref(f"debit:{key}"), wallet(person_id), FUNDING, amount)


def forgiven(number: int, owing: Account, amount: int) -> Transfer:
    """A wallet that shared billing left below zero. `number`: the audit's, so that another time is another transfer."""
    return Transfer(Ref(f"billing:{number}:{owing}"), FUNDING, owing, amount)


@dataclass(frozen=True, slots=True)
class Books:
    """What a check of the books found. Micro-units. `holding`: what orders in progress say that they hold."""

    balances: dict[Account, int]
    differences: dict[Account, int]
    total: int
    held: int
    holding: int

    @property
    def sound(self) -> bool:
        return not self.differences and self.total == 0 and self.held == self.holding
