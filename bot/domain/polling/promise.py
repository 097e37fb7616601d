"""The longest that an order is left without an ask, whatever its chances are."""

from bot.domain.polling.lines import Line
from bot.domain.polling.waiting import Waiting

SHORTEST_GAP = 1.0
"""Seconds between the starts of two asks of one order, at least."""
OLD_GAP = 300.0
"""Seconds between two asks of an order that is far beyond its end, at least and at most."""
_LONGEST_GAPS = ((120.0, 10.0), (1_200.0, 30.0))
"""(below this age, at most this gap), seconds."""
_LATE_GAP = 60.0

_KEPT = 0.95
"""The part of the rate that the promise may take before it is called impossible."""
_STRETCHED = 0.5
"""The part of the rate that it takes then: the other half is for those whose code may come any moment."""
_AHEAD = 1.2
"""How much faster than it becomes overdue what is overdue may be asked; at least at half of the rate."""
_SAVED = 4.0
"""Turns that the promise may save up."""
_LONGEST_STEP = 2.0
"""Seconds. When no turn was given for longer, those of the pause count against nobody."""


def longest_gap(age: float, is_old: bool) -> float:
    """Seconds, for an order that was asked at this age."""
    if is_old:
        return OLD_GAP
    return next((gap for below, gap in _LONGEST_GAPS if age < below), _LATE_GAP)


class Promise:
    """Who has waited for longer than was promised, on a time of its own.

    When the rate does not suffice all gaps are stretched alike. So that those who are in line already need not be put
    into it anew, it is not their gaps that grow but the promise's own time that goes more slowly.
    """

    def __init__(self) -> None:
        self._due = Line()
        self._gaps: dict[int, float] = {}
        self._counts: dict[float, int] = {}
        self._time = 0.0
        self._seen: float | None = None
        self._turns = 0.0
        self.stretch = 1.0

    def counts(self, waiting: Waiting, now: float) -> None:
        """It is live, with the gap of its age."""
        gap = longest_gap(now - waiting.since, now >= waiting.old_at)
        before = self._gaps.get(waiting.order_id)
        if gap != before:
            self.forget(waiting.order_id)
            self._gaps[waiting.order_id] = gap
            self._counts[gap] = self._counts.get(gap, 0) + 1

    def forget(self, order_id: int) -> None:
        """It is live no more."""
        gap = self._gaps.pop(order_id, None)
        if gap is not None:
            self._counts[gap] -= 1
        self._due.leave(order_id)

    def wait(self, waiting: Waiting, now: float) -> None:
        """It may be asked, and is overdue from the end of its gap on."""
        self.counts(waiting, now)
        gap = longest_gap(waiting.asked - waiting.since, now >= waiting.old_at)
        self._due.put(waiting.order_id, self._time - (now - waiting.asked) / self.stretch + gap)

    def asked(self, order_id: int) -> None:
        """It is under way, or rests."""
        self._due.leave(order_id)

    def goes_on(self, now: float, rate: float) -> None:
        """To be called before every turn."""
        passed = 0.0 if self._seen is None else max(0.0, now - self._seen)
        self._seen = now
        self._time += min(passed, max(_LONGEST_STEP, 2 / rate)) / self.stretch
        demand = sum(count / gap for gap, count in self._counts.items())
        self.stretch = 1.0 if demand <= _KEPT * rate else demand / (_STRETCHED * rate)
        self._turns = min(_SAVED, self._turns + max(_STRETCHED, _AHEAD * demand / self.stretch / rate))

    def overdue(self) -> int | None:
        """Who has waited beyond the promise for longest; None also when it is the others' turn.

        After a restart or an outage everybody may be overdue at once: that takes no more than half of the turns.
        """
        found = self._due.first()
        if found is None or found[0] > self._time or self._turns < 1.0:
            return None
        self._turns -= 1.0
        return found[1]
