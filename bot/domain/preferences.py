"""What people set for themselves."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.price_window import Preset


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

    def is_quiet(self, at: datetime) -> bool:
        """Whether this moment (UTC) is in the quiet hours, which may pass midnight."""
        if self.quiet_from is None or self.quiet_until is None:
            return False
        minute = at.hour * 60 + at.minute
        since, lasts = (minute - self.quiet_from) % 1440, (self.quiet_until - self.quiet_from) % 1440
        return since < lasts
