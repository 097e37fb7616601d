"""What the screens of figures show: a stretch of time, part by part and whole."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.figures import Stretch, Tally


@dataclass(frozen=True, slots=True)
class StatsFacts:
    """`parts`: one for each day of the stretch, or each hour of a single day. `misread`: other days were asked for."""

    days: int
    stretch: Stretch
    parts: tuple[Tally, ...]
    whole: Tally
    currency: str
    misread: bool = False


@dataclass(frozen=True, slots=True)
class DigestFacts:
    """`hour`: at which the daily digest comes, by UTC; None for never. `at`: the next such hour."""

    hour: int | None
    at: datetime
