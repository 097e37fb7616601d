"""Double-entry bookkeeping: a transfer moves a positive amount between two accounts, so books always balance.

Refs are unique, which makes repeating harmless: a second `capture:7` is the first one. Transfers are never edited;
a correction is a new transfer. Amounts in micro-units.
"""

from dataclasses import dataclass

HIDSIM = "hidsim"  # what lies at HidSim
COST = "cost"  # what HidSim took for numbers
REVENUE = "revenue"  # what people paid
FUNDING = "funding"  # where credit and the HidSim balance come from
SUSPENSE = "suspense"  # cost of unconfirmed purchases that turned out bought
LOSS = "loss"


def wallet(person_id: int) -> str:
    return f"wallet:{person_id}"


def held(person_id: int) -> str:
    return f"held:{person_id}"


@dataclass(frozen=True, slots=True)
class Transfer:
    """`source` loses, `target` gains. Raises ValueError for an amount that is not positive, or one account twice."""

    ref: str
    source: str
    target: str
    amount: int
    order_id: int | None = None

    def __post_init__(self) -> None:
        if self.amount <= 0:
            raise ValueError(f"{self.ref}: a transfer moves a positive amount")
        if self.source == self.target:
            raise ValueError(f"{self.ref}: a transfer needs two accounts")


def hold(order_id: int, person_id: int, amount: int) -> Transfer:
    return Transfer(f"hold:{order_id}", wallet(person_id), held(person_id), amount, order_id)


def release(order_id: int, person_id: int, amount: int) -> Transfer:
    return Transfer(f"release:{order_id}", held(person_id), wallet(person_id), amount, order_id)


def free(order_id: int, person_id: int, revision: int, amount: int) -> Transfer:
    """The number came and costs less than was set aside for it; the order goes on with the rest."""
    return Transfer(f"free:{order_id}:{revision}", held(person_id), wallet(person_id), amount, order_id)


def capture(order_id: int, person_id: int, held_amount: int, charged: int) -> tuple[Transfer, ...]:
    """The price paid goes to revenue, the rest of the hold back to the wallet. A free number captures nothing."""
    if not 0 <= charged <= held_amount:
        raise ValueError("a capture takes from nothing to the whole hold")
    moves: list[Transfer] = []
    if charged:
        moves.append(Transfer(f"capture:{order_id}", held(person_id), REVENUE, charged, order_id))
    if rest := held_amount - charged:
        moves.append(Transfer(f"rest:{order_id}", held(person_id), wallet(person_id), rest, order_id))
    return tuple(moves)


def charge_back(order_id: int, person_id: int, revision: int, amount: int) -> Transfer:
    """A number turned out cheaper than what was taken for it."""
    return Transfer(f"back:{order_id}:{revision}", REVENUE, wallet(person_id), amount, order_id)


def cost(order_id: int, amount: int) -> Transfer:
    return Transfer(f"cost:{order_id}", HIDSIM, COST, amount, order_id)


def cost_change(order_id: int, revision: int, difference: int) -> Transfer:
    """HidSim's price of a bought number became higher (or lower, when negative). Raises for no difference."""
    source, target = (HIDSIM, COST) if difference > 0 else (COST, HIDSIM)
    return Transfer(f"cost:{order_id}:{revision}", source, target, abs(difference), order_id)


def cost_back(order_id: int, amount: int) -> Transfer:
    return Transfer(f"cost-back:{order_id}", COST, HIDSIM, amount, order_id)


OPENING = "opening"
"""The ref of the one transfer that begins our books of HidSim's balance."""


def opening(amount: int) -> Transfer:
    return Transfer(OPENING, FUNDING, HIDSIM, amount)


def fix(number: int, difference: int) -> Transfer:
    """What HidSim holds more than our books (or less, when negative), known to an admin. Raises for no difference."""
    if difference > 0:
        return Transfer(f"fix:{number}", FUNDING, HIDSIM, difference)
    return Transfer(f"fix:{number}", HIDSIM, FUNDING, -difference)


def credit(key: str, person_id: int, amount: int) -> Transfer:
    return Transfer(f"credit:{key}", FUNDING, wallet(person_id), amount)


def debit(key: str, person_id: int, amount: int) -> Transfer:
    return Transfer(f"debit:{key}", wallet(person_id), FUNDING, amount)


@dataclass(frozen=True, slots=True)
class Books:
    """What a check of the books found. Micro-units. `holding`: what orders in progress say that they hold."""

    balances: dict[str, int]
    differences: dict[str, int]
    total: int
    held: int
    holding: int

    @property
    def sound(self) -> bool:
        return not self.differences and self.total == 0 and self.held == self.holding
