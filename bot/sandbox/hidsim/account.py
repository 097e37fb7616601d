"""The partner's side of the money: one balance, charged at the purchase and credited by a refund."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal


@dataclass
class Account:
    """Amounts in dollars, exact. `adjusted` holds what the director changed, so the sums always meet."""

    opening: Decimal
    spent: Decimal = Decimal(0)
    refunded: Decimal = Decimal(0)
    adjusted: Decimal = Decimal(0)
    shown_decimals: int | None = None

    @property
    def balance(self) -> Decimal:
        return self.opening + self.adjusted - self.spent + self.refunded

    @property
    def shown(self) -> Decimal:
        """What the partner is told."""
        if self.shown_decimals is None:
            return self.balance
        return self.balance.quantize(Decimal(1).scaleb(-self.shown_decimals), rounding=ROUND_HALF_UP)

    def charge(self, amount: Decimal) -> bool:
        """False, and nothing done, when the balance does not cover it."""
        if amount > self.balance:
            return False
        self.spent += amount
        return True

    def credit(self, amount: Decimal) -> None:
        self.refunded += amount

    def set_balance(self, amount: Decimal) -> None:
        self.adjusted += amount - self.balance
