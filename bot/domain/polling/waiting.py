"""One live order as the plan sees it."""

from dataclasses import dataclass
from math import inf

from bot.domain.polling.learning import Awaited


@dataclass(slots=True)
class Waiting:
    """Moments are seconds of a clock that runs on.

    `since`: the moment from which its age counts. `asked`: that of the last ask that was answered, when nothing had
    come; for one that was never asked about, `since`. `old_at`: the moment from which it is far beyond its end.
    """

    order_id: int
    service_id: int
    awaited: Awaited
    since: float
    asked: float
    old_at: float = inf
