"""What is remembered of the operator's account at HidSim. Asks nobody: `Partner.balance` does."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(slots=True)
class Account:
    """As it was read last. The currency, that all prices are in, is the setting's until HidSim names one.

    `balance` in micro-units, None when HidSim gave none; `read_at` UTC, None before the first reading.
    `decimals`: the most that a balance was ever shown with; fewer may be a zero that was left out.
    """

    currency: str
    balance: int | None = None
    decimals: int = 0
    read_at: datetime | None = None
