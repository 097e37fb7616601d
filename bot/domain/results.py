"""What numbers of a country have brought for a service lately: how many got a code, and after how long."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from math import sqrt

from bot.domain.figures import median

PERIOD = timedelta(days=30)
MOST_TRIALS = 30
"""The last of a pair within the period: what worked before says nothing about today."""
LONG_ENOUGH = timedelta(minutes=2)
"""Who gives a number back sooner has not waited for its code."""
FEWEST_TRIALS, FEWEST_PEOPLE = 8, 3
_SURE = 1.96
"""Standard deviations: the share is above the lower bound in 39 of 40 cases."""


@dataclass(slots=True)
class Trial:
    """A number that came. `seconds` until its code; None without one, and below 0 where a clock was set back.

    Not frozen: thousands are made at a tap.
    """

    country_id: int
    person_id: int
    seconds: int | None


@dataclass(frozen=True, slots=True)
class Result:
    """Of the last numbers of a pair: so many `ended`, so many of them with a code.

    `median`: from the number to its code; None where too few people got one.
    """

    codes: int
    ended: int
    median: timedelta | None = None

    @property
    def share(self) -> float:
        """From 0 to 1."""
        return self.codes / self.ended

    @property
    def percent(self) -> int:
        """The share in whole percents: all but one is not all, and one of many is not none."""
        return round(self.share * 100) if self.codes in (0, self.ended) else min(99, max(1, round(self.share * 100)))

    @property
    def lower_bound(self) -> float:
        """What the true share is hardly below (Wilson), from 0 to 1: 8 of 8 promise less than 28 of 30."""
        spread = _SURE**2 / self.ended
        centre = self.share + spread / 2
        doubt = _SURE * sqrt(self.share * (1 - self.share) / self.ended + spread / self.ended / 4)
        return (centre - doubt) / (1 + spread)


def results(trials: Iterable[Trial]) -> Mapping[int, Result]:
    """By country id, where there are enough trials of enough people: never what one person did."""
    of_country: dict[int, list[Trial]] = {}
    for trial in trials:
        of_country.setdefault(trial.country_id, []).append(trial)
    return {one: _result(found) for one, found in of_country.items() if _may_be_told(found)}


def _may_be_told(trials: list[Trial]) -> bool:
    return len(trials) >= FEWEST_TRIALS and len({one.person_id for one in trials}) >= FEWEST_PEOPLE


def _result(trials: list[Trial]) -> Result:
    took = [(one.person_id, one.seconds) for one in trials if one.seconds is not None]
    timed = [(person_id, seconds) for person_id, seconds in took if seconds >= 0]
    enough = len({person_id for person_id, _ in timed}) >= FEWEST_PEOPLE
    return Result(len(took), len(trials), median(Counter(seconds for _, seconds in timed)) if enough else None)
