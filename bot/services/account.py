"""What is remembered of the operator's account at HidSim. Asks nobody: `Partner.balance` does."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(slots=True)
class Answers:
    """How HidSim took this process's requests. `came`: how often it answered, whatever it said; `missed`: how many
    requests in a row brought no answer since; `refused`: whether its last answer was that it refuses our sign-in.
    """

    came: int = 0
    missed: int = 0
    refused: bool = False

    def one_came(self, *, refused: bool = False) -> None:
        self.came, self.missed, self.refused = self.came + 1, 0, refused

    def one_missed(self) -> None:
        self.missed += 1


@dataclass(slots=True)
class Account:
    """As it was read last. The currency, that all prices are in, is the setting's until HidSim names one.

    `readings`: how often it was read. `balance` in micro-units, None when HidSim gave none; `read_at` UTC, None before
    the first reading. `decimals`: the most that a balance was ever shown with; fewer may be a zero that was left out.
    """

    currency: str
    balance: int | None = None
    decimals: int = 0
    read_at: datetime | None = None
    readings: int = 0
    answers: Answers = field(default_factory=Answers)
