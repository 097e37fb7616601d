"""What people set for themselves."""

from dataclasses import dataclass

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
