"""Whose turn it is to be asked about: when each order was last asked, and how old it is by a clock that runs on."""

from collections.abc import Collection

from bot.domain.orders import WATCH, Order, end_of
from bot.domain.polling_plan import Waiting
from bot.services.orders.ages import Ages

_USUAL_LIFE = 1_200.0
"""Seconds from placing to the end of an order whose end HidSim did not tell."""
_LEASED = 5.0
"""Seconds, longer than any lease for an ask."""
_UNSURE_OF_CLOCKS = 300.0
"""Seconds. A clock that was wrong before a restart, or is wrong until NTP is heard, makes no order old at once."""


class Turns:
    """In memory: after a restart every ask was long ago."""

    def __init__(self, ages: Ages) -> None:
        self._ages = ages
        self._asked: dict[int, float] = {}

    def asked(self, order_id: int) -> None:
        self._asked[order_id] = self._ages.elapsed()

    def keep(self, order_ids: Collection[int]) -> None:
        """Forgets all others, but for those asked just now: one that is leased for its ask is in no list."""
        recent = self._ages.elapsed() - _LEASED
        self._asked = {one: at for one, at in self._asked.items() if one in order_ids or at > recent}

    def waiting(self, order: Order) -> Waiting:
        asked = self._asked.get(order.id)
        since_asked = None if asked is None else self._ages.elapsed() - asked
        if not order.live and order.watched_until is not None:
            age = WATCH.total_seconds() + self._ages.since(order.id, order.watched_until)
            return Waiting(order.id, order.state.value, max(0.0, age), since_asked, overtime=-1)
        placed = self._ages.age(order.id, order.placed_at)
        age = placed if order.number_at is None else min(placed, self._ages.age(order.id, order.number_at))
        return Waiting(order.id, order.state.value, age, since_asked, self._overtime(order, placed))

    def _overtime(self, order: Order, age: float) -> float:
        """None in the first minutes of a process: what stands in the database may be by another clock than today's."""
        end = end_of(order.placed_at, order.expires_at)
        beyond = age - _USUAL_LIFE if end is None else min(age, self._ages.since(order.id, end))
        return beyond if self._ages.running() >= _UNSURE_OF_CLOCKS else min(beyond, 0.0)

    def watch_is_over(self, order: Order) -> bool:
        if order.live:
            return False
        return order.watched_until is None or self._ages.since(order.id, order.watched_until) >= 0
