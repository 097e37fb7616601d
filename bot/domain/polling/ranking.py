"""Whose state is likeliest to be out of date, of those who may be asked: found without looking at everybody."""

from collections.abc import Mapping
from heapq import nlargest

from bot.domain.polling.learning import Curves
from bot.domain.polling.lines import Line
from bot.domain.polling.waiting import Waiting

_BATCH_SECONDS, _MOST = 0.05, 32
"""So long is a ranking good for; so many asks at most."""
_FEWEST, _POOL, _SPARE = 6, 4, 24
"""Candidates are at least so many more than a batch, and should be no more than 4 batches and 24."""
_LOOKS = 256
"""Candidates at most: after a restart thousands are ripe at once."""
_STEP = 1.1
"""By so much the price goes up, or down, for the next ranking."""
_LOWEST = 0.1
"""The price is no less than this part of the staleness at which orders are asked."""


class Ranking:
    """Orders ripen until their staleness reaches a price; ripe ones alone are compared, a short batch at a time.

    The price goes up while too many are ripe, and down while too few are. Who is found to be below a price that has
    gone up ripens anew; where too few are ripe the next ones are taken, so that no turn is lost to a wrong price.
    """

    def __init__(self, waiting: Mapping[int, Waiting], curves: Curves) -> None:
        self._waiting, self._curves = waiting, curves
        self._ripening = Line()
        self._candidates: dict[int, None] = {}
        self._batch: list[int] = []
        self._ranked_at = 0.0
        self.price = 0.0

    def __len__(self) -> int:
        return len(self._ripening) + len(self._candidates)

    def add(self, waiting: Waiting) -> None:
        """One that may be asked from now on, or whose facts have changed."""
        self._candidates.pop(waiting.order_id, None)
        curve = self._curves.of(waiting.awaited, waiting.service_id)
        after = curve.ripe_after(waiting.asked - waiting.since, self.price)
        self._ripening.put(waiting.order_id, waiting.asked + after)

    def leave(self, order_id: int) -> None:
        """It is under way, or live no more."""
        self._ripening.leave(order_id)
        self._candidates.pop(order_id, None)

    def best(self, now: float, rate: float) -> int | None:
        """The stalest; None when nobody may be asked. It stays until it leaves."""
        if now - self._ranked_at > _BATCH_SECONDS:
            self._batch.clear()
        for _ in range(2):
            while self._batch:
                if (order_id := self._batch.pop()) in self._candidates:
                    return order_id
            self._rank(now, rate)
        return None

    def _rank(self, now: float, rate: float) -> None:
        batch = round(min(_MOST, max(1, rate * _BATCH_SECONDS)))
        self._fill(now, batch)
        ranked = nlargest(len(self._candidates), ((self._staleness(one, now), one) for one in self._candidates))
        self._batch = [order_id for _, order_id in reversed(ranked[:batch])]
        self._ranked_at = now
        if ranked:
            self.price = max(self.price, _LOWEST * ranked[min(batch, len(ranked)) // 2][0])
        for staleness, order_id in ranked[batch:]:
            if staleness < self.price:
                self.add(self._waiting[order_id])

    def _fill(self, now: float, batch: int) -> None:
        """Makes candidates of the ripe ones, and of the next ones if these are too few."""
        while len(self._candidates) < _LOOKS and self._ripening.smallest() <= now:
            self._candidates[self._ripening.pop()] = None
        if len(self._candidates) > _POOL * batch + _SPARE:
            self.price *= _STEP
        elif len(self._candidates) < batch + _FEWEST:
            self.price /= _STEP
        while len(self._ripening) and len(self._candidates) < batch + _FEWEST:
            self._candidates[self._ripening.pop()] = None

    def _staleness(self, order_id: int, now: float) -> float:
        one = self._waiting[order_id]
        return self._curves.of(one.awaited, one.service_id).staleness(now - one.since, now - one.asked)
