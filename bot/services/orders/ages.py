"""How long ago a stored time was, by a clock that nobody sets.

Times are stored by the wall clock, which an operator, NTP or a dead battery may set by a minute or a day at any moment.
What is due next must not wait for that: a stored time is compared with the wall clock once, when this process first
meets it, and counted from there by the monotonic clock. Times of before a restart are believed as they stand.
"""

from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime
from math import inf

from bot.db.database import Database

_REMEMBERED = 50_000


class Ages:
    """Remembers moments by order and stored time, the last used ones. `elapsed`: monotonic seconds."""

    def __init__(self, database: Database, elapsed: Callable[[], float]) -> None:
        self._database = database
        self._elapsed = elapsed
        self._began = elapsed()
        self._moments: OrderedDict[tuple[int, datetime], float] = OrderedDict()

    def elapsed(self) -> float:
        return self._elapsed()

    @property
    def process_began(self) -> float:
        """The moment, by `elapsed`, at which this process began."""
        return self._began

    def meet(self, order_id: int, stored: datetime) -> None:
        """From here on its age is counted, whatever becomes of the wall clock."""
        self.began(order_id, stored)

    def age(self, order_id: int, stored: datetime) -> float:
        """Seconds since something that has happened to an order.

        From 0 on when its time lies ahead: then the clock was set back since, or was wrong before.
        """
        return self._elapsed() - self.began(order_id, stored)

    def since(self, order_id: int, stored: datetime) -> float:
        """Seconds since a time that stands on an order; negative while it lies ahead."""
        return self._elapsed() - self.moment(order_id, stored)

    def began(self, order_id: int, stored: datetime) -> float:
        """The moment of something that has happened to an order, by `elapsed`; never one that lies ahead."""
        return self._moment(order_id, stored, at_least=0.0)

    def moment(self, order_id: int, stored: datetime) -> float:
        """The moment of a time that stands on an order, by `elapsed`."""
        return self._moment(order_id, stored, at_least=-inf)

    def _moment(self, order_id: int, stored: datetime, at_least: float) -> float:
        key = (order_id, stored)
        if key not in self._moments:
            age = (self._database.now() - stored).total_seconds()
            self._moments[key] = self._elapsed() - max(at_least, age)
            if len(self._moments) > _REMEMBERED:
                self._moments.popitem(last=False)
        self._moments.move_to_end(key)
        return self._moments[key]
