"""What is known of a purchase whose answer was lost: HidSim's balance around it, for an admin to judge by."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Evidence:
    """Balances in micro-units, None where HidSim gave none. Times are UTC.

    `read_at`: when the balance before was read, None while it never was; `read_after`: the same for the one after.
    """

    balance_before: int | None
    read_at: datetime | None
    balance_after: int | None = None
    read_after: datetime | None = None
