"""Whose turn it is: every live order in memory, and the one to ask about next."""

from bot.domain.polling.learning import Curves
from bot.domain.polling.lines import Line
from bot.domain.polling.promise import OLD_GAP, SHORTEST_GAP, Promise, longest_gap
from bot.domain.polling.ranking import Ranking
from bot.domain.polling.waiting import Waiting

__all__ = ["Schedule", "Waiting"]

_AT_ONCE = 256
"""So many whose rest is over are looked at for one turn; thousands come back at once after a restart."""
_LONGEST_REST = 4.0
"""Seconds after an ask of an order that failed, again and again."""
_LOWEST_RATE = 1e-3


class Schedule:
    """Gives each turn to the order whose state is likeliest to be out of date, and forgets nobody.

    It has no clock, asks nobody and learns nothing: `curves` are told of answers by whoever asked. Each call costs
    O(log n), an order that waits costs nothing. `rate` is in asks per second; whoever takes turns keeps it.
    """

    def __init__(self, curves: Curves) -> None:
        self._waiting: dict[int, Waiting] = {}
        self._under_way: dict[int, float] = {}
        self._failures: dict[int, int] = {}
        self._resting = Line()
        self._promise = Promise()
        self._ranking = Ranking(self._waiting, curves)

    def __len__(self) -> int:
        return len(self._waiting)

    def __contains__(self, order_id: int) -> bool:
        return order_id in self._waiting

    def get(self, order_id: int) -> Waiting | None:
        """As it was put, with `asked` as it has become; not to be changed but by `put`."""
        return self._waiting.get(order_id)

    @property
    def under_way(self) -> int:
        """How many turns are neither answered nor failed yet."""
        return len(self._under_way)

    @property
    def stretch(self) -> float:
        """By how much the longest gaps are beyond what is promised; 1 while the rate suffices."""
        return self._promise.stretch

    def put(self, waiting: Waiting) -> None:
        """A new one, or one whose facts have changed; an ask under way stays so. The object is the schedule's then."""
        order_id = waiting.order_id
        self._waiting[order_id] = waiting
        self._promise.counts(waiting, waiting.asked)
        if order_id not in self._under_way and order_id not in self._failures:
            self._rest(waiting, waiting.asked)

    def drop(self, order_id: int) -> None:
        """It is live no more, under way or not; one that is unknown: nothing."""
        if self._waiting.pop(order_id, None) is None:
            return
        self._under_way.pop(order_id, None)
        self._failures.pop(order_id, None)
        self._resting.leave(order_id)
        self._promise.forget(order_id)
        self._ranking.leave(order_id)

    def next_at(self, now: float) -> float:
        """The moment from which `take` gives somebody, at most `now` if at once; inf when nobody waits."""
        return now if len(self._ranking) else self._resting.smallest()

    def take(self, now: float, rate: float) -> int | None:
        """Whose turn it is; None when everybody rests or is under way. It stays under way until answered or failed."""
        rate = max(rate, _LOWEST_RATE)
        self._promise.goes_on(now, rate)
        self._wake(now)
        order_id = self._promise.overdue()
        if order_id is None:
            order_id = self._ranking.best(now, rate)
        if order_id is not None:
            self._promise.asked(order_id)
            self._ranking.leave(order_id)
            self._under_way[order_id] = now
        return order_id

    def answered(self, order_id: int, now: float) -> None:
        """Nothing had come when it was taken, which is its last ask from now on. One not under way: nothing."""
        taken = self._under_way.pop(order_id, None)
        if taken is None:
            return
        self._failures.pop(order_id, None)
        waiting = self._waiting[order_id]
        waiting.asked = max(waiting.asked, taken)
        self._rest(waiting, taken)

    def failed(self, order_id: int, now: float) -> None:
        """No answer: it may be asked again after 1, 2, 4 s. One not under way: nothing.

        The first time it keeps its place. Who fails again counts as asked: many who fail for ever, such as those whom
        the partner has forgotten, take no more turns than others.
        """
        taken = self._under_way.pop(order_id, None)
        if taken is None:
            return
        if order_id in self._failures:
            self._waiting[order_id].asked = max(self._waiting[order_id].asked, taken)
        failures = self._failures[order_id] = self._failures.get(order_id, 0) + 1
        self._resting.put(order_id, now + min(_LONGEST_REST, 2.0 ** min(failures - 1, 10)))

    def longest_unasked(self, now: float) -> float:
        """Seconds since the last answered ask of the order that has waited longest; looks at all of them."""
        return max((now - waiting.asked for waiting in self._waiting.values()), default=0.0)

    def longest_overdue(self, now: float) -> float:
        """Seconds beyond the gap that was promised at first, of the order that is asked about too late by most; 0 for
        none. Looks at all of them.
        """
        late = (now - one.asked - longest_gap(now - one.since, now >= one.old_at) for one in self._waiting.values())
        return max(0.0, max(late, default=0.0))

    def _rest(self, waiting: Waiting, asked: float) -> None:
        self._promise.asked(waiting.order_id)
        self._ranking.leave(waiting.order_id)
        self._resting.put(waiting.order_id, asked + (OLD_GAP if asked >= waiting.old_at else SHORTEST_GAP))

    def _wake(self, now: float) -> None:
        for _ in range(_AT_ONCE):
            if self._resting.smallest() > now:
                return
            waiting = self._waiting[self._resting.pop()]
            self._promise.wait(waiting, now)
            self._ranking.add(waiting)
