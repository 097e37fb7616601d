"""Watches how long codes wait at HidSim until they are read. Staff hears when that is too long, and when it ends."""

from bot.domain.alerts import AlertKind, Delay
from bot.domain.hysteresis import Hysteresis
from bot.services.orders.tracked_orders import TrackedOrders
from bot.services.telling.verdicts import Verdicts
from bot.ticks import every

_LATELY = 600.0
"""Seconds for which a code's delay counts."""


class DelayWatch:
    """Goes by codes that came, and by orders that are asked about later than was promised."""

    def __init__(self, tracked: TrackedOrders, verdicts: Verdicts, bound: float) -> None:
        """`bound`: seconds; 0: nobody wants to hear of it."""
        self._tracked = tracked
        self._verdicts = verdicts
        self._bound = bound
        self._slow = Hysteresis(30.0, 60.0)

    @every(15, "watch-codes")
    async def look(self) -> None:
        """Raises DatabaseFault: then it is looked again."""
        if not self._bound:
            await self._verdicts.drop(AlertKind.SLOW_CODES)
            return
        if self._verdicts.goes_on(AlertKind.UNREACHABLE):  # which is why, and is told
            self._slow.unknown()
            return
        now = self._tracked.elapsed()
        delay = max(self._tracked.delay_within(_LATELY) or 0.0, self._tracked.schedule.longest_overdue(now))
        slow = self._slow.says(now, bad=delay > self._bound, good=delay < self._bound / 2)
        await self._verdicts.take(AlertKind.SLOW_CODES, slow, Delay(round(delay)) if slow else None)
