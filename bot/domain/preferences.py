"""What people set for themselves."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from bot.domain.price_window import Preset

A_DAY = 24 * 60
"""Minutes."""
_HALF_AN_HOUR = 30
_A_NIGHT = 8 * 60


@dataclass(frozen=True, slots=True)
class Preferences:
    """What is not set is as here. `hide_codes_after`: minutes; quiet hours: minutes after midnight UTC, both or none.

    `window`: what is preset for a pair that its person never bought.
    """

    quiet_numbers: bool = False
    hide_codes_after: int | None = None
    window: Preset = Preset.MEDIAN
    quiet_from: int | None = None
    quiet_until: int | None = None

    def quiet_hours(self, now: datetime) -> "QuietHours | None":
        """The quiet hours of this day (UTC), so that whoever knows the person's zone can show them in it."""
        if self.quiet_from is None or self.quiet_until is None:
            return None
        midnight = datetime.combine(now, time(), now.tzinfo)
        begins = midnight + timedelta(minutes=self.quiet_from)
        length = (self.quiet_until - self.quiet_from) % A_DAY or A_DAY
        return QuietHours(begins, begins + timedelta(minutes=length))

    def is_quiet(self, at: datetime) -> bool:
        """Whether this moment (UTC) is in the quiet hours, which may pass midnight."""
        if self.quiet_from is None or self.quiet_until is None:
            return False
        minute = at.hour * 60 + at.minute
        since, lasts = (minute - self.quiet_from) % 1440, (self.quiet_until - self.quiet_from) % 1440
        return since < lasts


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From one moment to the other (UTC), each day anew."""

    begins: datetime
    ends: datetime

    @property
    def minutes(self) -> tuple[int, int]:
        """Both ends in minutes after midnight UTC."""
        return _of_day(self.begins), _of_day(self.ends)


def from_now(now: datetime) -> QuietHours:
    """A night's length from the half hour that has begun: where midnight is for a person, nobody tells us."""
    begins = now - timedelta(minutes=now.minute % _HALF_AN_HOUR, seconds=now.second, microseconds=now.microsecond)
    return QuietHours(begins, begins + timedelta(minutes=_A_NIGHT))


def _of_day(at: datetime) -> int:
    return at.hour * 60 + at.minute
