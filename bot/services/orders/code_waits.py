"""How long this shop's codes took, of which the polling plan learns when the next ones are to be expected."""

from collections import deque

from bot.domain.moves import Moved
from bot.domain.orders import OrderState
from bot.domain.polling_plan import ArrivalCurve

_REMEMBERED = 500
_LONGEST = 3_600.0
"""Seconds. What took longer says more about HidSim's clocks than about codes."""


class CodeWaits:
    """Of the last completed orders of this process, by HidSim's own times. `curve`: the prior, blended with them."""

    def __init__(self) -> None:
        self.curve = ArrivalCurve()
        self._waits: deque[float] = deque(maxlen=_REMEMBERED)

    def heard(self, moved: Moved) -> None:
        """A hook of the writer's."""
        if moved.order.state is not OrderState.COMPLETED or moved.was is OrderState.COMPLETED or moved.took is None:
            return
        if 0 < (wait := moved.took.total_seconds()) < _LONGEST:
            self._waits.append(wait)
            self.curve = ArrivalCurve().learn(self._waits)
