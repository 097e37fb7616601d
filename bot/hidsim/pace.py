"""How fast we ask: one bucket for all calls, and a queue in which the more urgent ones stand in front.

HidSim publishes no limit. So the rate is ours to set, halves with a 429 and climbs back slowly, and a `Retry-After`
holds everybody (contract: "back off and retry later").
"""

import asyncio
import heapq
import itertools
from collections.abc import Callable

from bot.hidsim.bucket import Bucket, Urgency
from bot.hidsim.errors import TooManyRequests

__all__ = ["Pace", "Urgency"]

LONGEST_PAUSE = 300.0
"""Seconds. Whatever `Retry-After` says, after this we try again."""

PAUSE_WITHOUT_A_WORD = 1.0
LONGEST_WAIT = 5.0
"""Seconds that a call waits for a pause to end: longer, and its caller had better be told."""

LONGEST_QUEUE = 30.0
"""Seconds that a call stands in the queue before it is told to come back."""

_Waiter = tuple[Urgency, int, "asyncio.Future[None]"]


class Pace:
    """Lets requests start. It does not limit how many are in flight."""

    def __init__(self, rate: float, clock: Callable[[], float], *, longest_queue: float = LONGEST_QUEUE) -> None:
        self._bucket = Bucket(rate, clock)
        self._longest_queue = longest_queue
        self._clock = clock
        self._waiting: list[_Waiter] = []
        self._order = itertools.count()
        self._timer: asyncio.TimerHandle | None = None

    @property
    def rate(self) -> float:
        return self._bucket.rate

    @property
    def budget(self) -> int:
        """How many polls may start right now, those of purchases and taps left in."""
        ahead = sum(1 for urgency, _, turn in self._waiting if urgency <= Urgency.POLL and not turn.done())
        return max(0, int(self._bucket.spare(Urgency.POLL) + 1e-9) - ahead)

    async def turn(self, urgency: Urgency) -> float:
        """Waits for one's turn and returns the clock's time of it. Raises TooManyRequests when that would take long."""
        if self._bucket.paused > LONGEST_WAIT:
            raise _paused(self._bucket.paused)
        if self._nobody_before(urgency) and self._bucket.take(urgency):
            return self._clock()
        await self._queue(urgency)
        return self._clock()

    def refused(self, asked_at: float, retry_after: float | None) -> None:
        """HidSim answered 429 to a request whose turn was at `asked_at`."""
        self._bucket.halve(asked_at)
        self.hold(PAUSE_WITHOUT_A_WORD if retry_after is None else retry_after)

    def hold(self, seconds: float) -> None:
        """Nothing starts for so long, five minutes at most."""
        self._bucket.pause(min(max(0.0, seconds), LONGEST_PAUSE))
        if self._bucket.paused > LONGEST_WAIT:
            self._send_everybody_home()
        self._serve()

    def close(self) -> None:
        """Ends the queue: those who wait get TooManyRequests, nothing of theirs was sent."""
        self._send_everybody_home()
        self._wake_later()

    def _nobody_before(self, urgency: Urgency) -> bool:
        return not any(waiter <= urgency and not turn.done() for waiter, _, turn in self._waiting)

    async def _queue(self, urgency: Urgency) -> None:
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._waiting, (urgency, next(self._order), turn))
        self._serve()
        try:
            async with asyncio.timeout(self._longest_queue):
                await turn
        except (TimeoutError, asyncio.CancelledError) as gone:
            self._leave(turn)
            if isinstance(gone, TimeoutError):
                raise _paused(self._bucket.wait(urgency)) from None
            raise

    def _leave(self, turn: asyncio.Future[None]) -> None:
        """Whoever goes away just as the turn came leaves it to the next."""
        if turn.done() and not turn.cancelled() and turn.exception() is None:
            self._bucket.put_back()
        turn.cancel()
        self._serve()

    def _serve(self) -> None:
        """Gives turns to those at the front while there are tokens, then sleeps until the next one."""
        while self._waiting:
            urgency, _, turn = self._waiting[0]
            if not turn.done():
                if not self._bucket.take(urgency):
                    break
                turn.set_result(None)
            heapq.heappop(self._waiting)
        self._wake_later()

    def _wake_later(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._waiting:
            wait = self._bucket.wait(self._waiting[0][0])
            self._timer = asyncio.get_running_loop().call_later(wait, self._serve)

    def _send_everybody_home(self) -> None:
        for _, _, turn in self._waiting:
            if not turn.done():
                turn.set_exception(_paused(self._bucket.paused))
        self._waiting.clear()


def _paused(seconds: float) -> TooManyRequests:
    return TooManyRequests(429, "our own pace is paused, nothing was sent", retry_after=seconds)
