"""Money is an integer of micro-units (1 dollar = 1,000,000) beside a currency's name; it is never a float."""

from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal
from typing import NewType

Cost = NewType("Cost", int)
"""Micro-units that HidSim takes, without the markup."""
Price = NewType("Price", int)
"""Micro-units that a person sees and pays, with the markup."""

MICROS_PER_UNIT = 1_000_000
HALF_A_MICRO = Decimal("0.0000005")
"""The most that rounding to micro-units takes from a price, or adds to it, in whole units."""
_EXACT = Context(prec=100, rounding=ROUND_HALF_EVEN)
"""Room for every amount that the wire can bring, so that it is rounded once and not twice."""


def to_micros(amount: Decimal) -> int:
    """A Decimal of whole units in micro-units, rounded half to even beyond the sixth decimal."""
    return int(_EXACT.multiply(amount, Decimal(MICROS_PER_UNIT)).to_integral_value(context=_EXACT))


def to_decimal(micros: int) -> Decimal:
    """Micro-units as an exact Decimal of whole units, the form in which the partner wants prices."""
    return Decimal(micros) / MICROS_PER_UNIT


@dataclass(frozen=True, slots=True)
class Markup:
    """What the operator adds to HidSim's price, in whole percent; prices people see include it."""

    percent: int = 0

    def shown(self, cost: Cost) -> Price:
        """The price a person sees for a cost at HidSim, rounded up so that the operator never pays a fraction."""
        return Price(-(-cost * (100 + self.percent) // 100))

    def highest_cost(self, shown: int) -> Cost:
        """The highest cost whose shown price does not exceed `shown`."""
        return Cost(shown * 100 // (100 + self.percent))

    def lowest_cost(self, shown: int) -> Cost:
        """The lowest cost whose shown price reaches `shown`."""
        return Cost(0 if shown <= 0 else (shown - 1) * 100 // (100 + self.percent) + 1)
