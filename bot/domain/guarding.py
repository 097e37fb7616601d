"""How the whole account does at HidSim, and when the shop slows down or stops before HidSim would stop it."""

from dataclasses import dataclass
from enum import StrEnum

LOOKED_AT = 200
"""So many of the orders that ended last are looked at."""
FEWEST = 50
"""The guard never gets stricter on fewer."""
STILL_ENOUGH = 25
"""With fewer than these nothing can be said any more, and the guard is calm."""
MARGIN = 5
"""Percentage points by which a share must be better again than the bound that it crossed, else the guard flaps."""


class GuardLevel(StrEnum):
    """The stored words, from the mildest on."""

    CALM = "calm"
    WARNING = "warning"  # admins are told
    SLOW = "slow"  # one purchase of the whole shop at a time
    PAUSED = "paused"  # none, until an admin resumes buying

    @classmethod
    def _missing_(cls, _value: object) -> "GuardLevel":
        return cls.CALM  # a word that another release wrote

    @property
    def rank(self) -> int:
        return list(GuardLevel).index(self)


@dataclass(frozen=True, slots=True)
class Bounds:
    """From which share on (whole percents) the guard warns, slows down and pauses."""

    warn: int
    slow: int
    pause: int


@dataclass(frozen=True, slots=True)
class Thresholds:
    """`success`: each level is reached below its bound; `closes`: above it. None: this share is not looked at."""

    success: Bounds | None = None
    closes: Bounds | None = None


@dataclass(frozen=True, slots=True)
class Sample:
    """Orders that had a number and ended: how many, how many of them with a code, how many closed by their people."""

    ended: int = 0
    codes: int = 0
    closed: int = 0

    @property
    def success(self) -> int:
        """Whole percents, rounded down: 39.9 is below a bound of 40. 0 where nothing ended."""
        return 100 * self.codes // max(self.ended, 1)

    @property
    def closes(self) -> int:
        """Whole percents, rounded up: 50.1 is above a bound of 50."""
        return -(-100 * self.closed // max(self.ended, 1))


@dataclass(frozen=True, slots=True)
class Guarding:
    """What admins see of it. `every`: seconds between two purchases of the whole shop while it is slowed down."""

    level: GuardLevel
    sample: Sample
    thresholds: Thresholds
    every: int


def judged(sample: Sample, level: GuardLevel, thresholds: Thresholds) -> GuardLevel:
    """The level after this one. It rises as soon as a bound is crossed, and falls with a margin."""
    if sample.ended < STILL_ENOUGH:
        return GuardLevel.CALM
    crossed = _crossed(sample, thresholds, margin=0)
    if crossed.rank > level.rank:
        return crossed if sample.ended >= FEWEST else level
    return min(level, _crossed(sample, thresholds, MARGIN), key=lambda one: one.rank)


def _crossed(sample: Sample, thresholds: Thresholds, margin: int) -> GuardLevel:
    """The strictest level whose bound is crossed, or would be if the share were worse by `margin`."""
    found = GuardLevel.CALM
    if (low := thresholds.success) is not None:
        bounds = (low.warn, low.slow, low.pause)
        found = _strictest(found, [100 * sample.codes < (bound + margin) * sample.ended for bound in bounds])
    if (high := thresholds.closes) is not None:
        bounds = (high.warn, high.slow, high.pause)
        found = _strictest(found, [100 * sample.closed > (bound - margin) * sample.ended for bound in bounds])
    return found


def _strictest(found: GuardLevel, crossed: list[bool]) -> GuardLevel:
    reached = [level for level, yes in zip(list(GuardLevel)[1:], crossed, strict=True) if yes]
    return max(found, *reached, key=lambda one: one.rank) if reached else found
