"""How the bot is doing, as the health page and the admins' screen say it: counts and seconds, no id, number or code."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.refusals import Reason

_NO_ANSWERS = frozenset({Reason.HIDSIM_DOWN, Reason.HIDSIM_BUSY, Reason.HIDSIM_SIGN_IN})


class TelegramTrouble(StrEnum):
    """Why the last call to Telegram that failed did."""

    WAITS = "waits"  # Telegram asks us to wait
    CONFLICT = "conflict"  # somebody else polls with our token
    ITS_OWN = "its_own"  # Telegram's servers
    NETWORK = "network"
    REFUSED = "refused"
    UNREADABLE = "unreadable"  # an answer that nobody can read


@dataclass(frozen=True, slots=True)
class LastAnswers:
    """HidSim's. `failed_at`: when it last did not answer, was busy or refused the sign-in; `failure` says which."""

    answered_at: datetime | None = None
    failed_at: datetime | None = None
    failure: Reason | None = None

    def after(self, reason: Reason | None, at: datetime) -> "LastAnswers":
        """With what came of one more question. A refusal of what was asked is an answer, 429 and 401 are none."""
        if reason in _NO_ANSWERS:
            return replace(self, failed_at=at, failure=reason)
        return replace(self, answered_at=at)


@dataclass(frozen=True, slots=True)
class Hearing:
    """Of Telegram: seconds since it last did what it was asked, and since it last failed, where it ever did."""

    silent: float
    trouble: TelegramTrouble | None = None
    trouble_ago: float | None = None
    failed_updates: int = 0


@dataclass(frozen=True, slots=True)
class Vitals:
    """What only the running program knows. Seconds by which the event loop is late."""

    hearing: Hearing
    lag_mean: float
    lag_worst: float


@dataclass(frozen=True, slots=True)
class Asking:
    """How HidSim is asked about orders. Seconds, and requests a second; `delay` None while no code came."""

    orders: int
    under_way: int
    longest_unasked: float
    stretch: float
    rate: float
    paused: float
    queue: int
    delay: float | None


@dataclass(frozen=True, slots=True)
class Versions:
    """`database`: the engine with its version; `schema`: the newest migration."""

    bot: str
    python: str
    database: str
    schema: str


@dataclass(frozen=True, slots=True)
class StatusFacts:
    """`vitals` None: nobody runs what was opened. `oldest`: since when the notice waits that waits longest.

    `waiting`: notices to people within reach, `unreached`: those to the others.

    `size`, `free`: bytes of the database's files and of room on their disk; None where there is no file.
    """

    at: datetime
    vitals: Vitals | None
    asking: Asking
    hidsim: LastAnswers
    paused: bool
    waiting: int
    oldest: datetime | None
    unreached: int
    purchases: int
    services: int
    unreadable: int
    incidents: int
    processes: int
    uptime: timedelta
    versions: Versions
    size: int | None
    free: int | None
