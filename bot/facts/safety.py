"""What the screens of safety show."""

from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.pausing import PauseCause


@dataclass(frozen=True, slots=True)
class Pausing:
    """Buying is paused. `since` UTC. `by`: the name of the admin who did it, empty for our own checks."""

    why: PauseCause
    since: datetime
    by: str = field(default="", repr=False)
