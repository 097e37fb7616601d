"""How long HidSim's balance lasts at the pace of the last hours, and when that is too short."""

from decimal import Decimal

_ENOUGH_AGAIN = Decimal("1.2")
"""Times the bound: a balance that was too low is not enough again by a cent."""


def hours_left(balance: int, cost_in_period: int, hours: int) -> Decimal | None:
    """For how many hours `balance` lasts when each hour costs what one of the last `hours` did.

    None when nothing was spent in them. Never below 0. Both amounts in the same unit.
    """
    if cost_in_period <= 0:
        return None
    return max(Decimal(0), Decimal(balance) * hours / cost_in_period)


def too_little(value: int | Decimal | None, bound: int | Decimal) -> bool | None:
    """True: below the bound. False: enough, by a margin. None: between the two. No value is endless.

    A bound of 0 is never reached.
    """
    if value is None or bound <= 0 or value >= bound * _ENOUGH_AGAIN:
        return False
    return True if value < bound else None
