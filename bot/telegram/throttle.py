"""How often somebody may do something: tokens of one key each, in bounded memory."""

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable

_REMEMBERED = 10_000


class Throttle:
    """Tokens for the acts of one person (or chat): `rate` a second after a burst. Forgets those long gone."""

    def __init__(self, rate: float, burst: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate = rate
        self._burst = burst
        self._clock = clock
        self._people: OrderedDict[Hashable, tuple[float, float]] = OrderedDict()

    def admits(self, key: Hashable) -> bool:
        now = self._clock()
        tokens, at = self._people.pop(key, (float(self._burst), now))
        tokens = min(self._burst, tokens + (now - at) * self._rate)
        admitted = tokens >= 1
        self._people[key] = (tokens - 1 if admitted else tokens, now)
        if len(self._people) > _REMEMBERED:
            self._people.popitem(last=False)
        return admitted
