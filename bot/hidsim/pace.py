"""When a request may leave: one pace for all calls, and lines in which the more urgent ones stand in front.

HidSim publishes no limit. So the rate is ours to set and is cut by a 429, and a `Retry-After` holds everybody
(contract: "back off and retry later").
"""

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from bot.hidsim.bucket import Bucket, Urgency
from bot.hidsim.errors import TooManyRequests
from bot.hidsim.learned_rate import LearnedRate

__all__ = ["Pace", "Turn", "Urgency"]

LONGEST_WAIT = 5.0
"""Seconds that a call waits for a pause to end: longer, and its caller had better be told."""

LONGEST_QUEUE = 30.0
"""Seconds that a call stands in the queue before it is told to come back."""

POLLS_TO_ONE_FILL = 20
"""So many polls go before one that fills the catalog, so that it does not wait for ever."""

_Line = deque["asyncio.Future[Turn]"]


@dataclass(frozen=True, slots=True)
class Turn:
    """One request may leave. `at` is the clock's time at which that was so; it is worth nothing much later."""

    at: float


class Pace:
    """Lets requests start. It does not limit how many are in flight."""

    def __init__(self, rate: float, clock: Callable[[], float], *, longest_queue: float = LONGEST_QUEUE) -> None:
        self._rate = LearnedRate(rate, clock)
        self._bucket = Bucket(self._rate, clock)
        self._longest_queue = longest_queue
        self._clock = clock
        self._lines: tuple[_Line, ...] = tuple(deque() for _ in Urgency)
        self._passed_over = 0
        self._timer: asyncio.TimerHandle | None = None

    @property
    def rate(self) -> float:
        """Requests a second at present."""
        return self._rate.now

    @property
    def paused(self) -> float:
        """Seconds for which nothing starts."""
        return self._bucket.paused

    @property
    def queue(self) -> int:
        """How many stand in line."""
        return sum(not waiting.done() for line in self._lines for waiting in line)

    async def turn(self, urgency: Urgency) -> Turn:
        """Waits for one's turn. Raises TooManyRequests when that would take long."""
        if self._bucket.paused > LONGEST_WAIT:
            raise _paused(self._bucket.paused)
        first = self._first()
        if first is None or first > urgency:
            at = self._bucket.take(urgency)
            if at is not None:
                return self._given(urgency, at)
        return await self._queue(urgency)

    def give_back(self, turn: Turn) -> None:
        """For a turn that nobody needs: the next in line has it."""
        self._bucket.put_back(turn.at)
        self._serve()

    def holds(self, turn: Turn) -> bool:
        """Whether a turn that was given before may be used still: not in a pause, nor a second later."""
        return self._clock() - turn.at < 1 and not self._bucket.paused

    def granted(self, asked_at: float) -> None:
        """HidSim answered something else than 429 to a request whose turn was at `asked_at`."""
        self._bucket.granted(asked_at)

    def refused(self, asked_at: float, retry_after: float | None) -> None:
        """HidSim answered 429 to a request whose turn was at `asked_at`."""
        self._bucket.refused(asked_at, retry_after)
        self._stand_still()

    def hold(self, seconds: float) -> None:
        """Nothing starts for so long, five minutes at most."""
        self._bucket.pause(seconds)
        self._stand_still()

    def _stand_still(self) -> None:
        if self._bucket.paused > LONGEST_WAIT:
            self._send_everybody_home()
        self._serve()

    def close(self) -> None:
        """Ends the queue: those who wait get TooManyRequests, nothing of theirs was sent."""
        self._send_everybody_home()
        self._wake_later(None)

    def _first(self) -> Urgency | None:
        """The line whose turn is next, None when nobody waits."""
        for urgency in (Urgency.PURCHASE, Urgency.TAP):
            if self._waits(urgency):
                return urgency
        polls, fills = self._waits(Urgency.POLL), self._waits(Urgency.FILL)
        if fills and (not polls or self._passed_over >= POLLS_TO_ONE_FILL):
            return Urgency.FILL
        return Urgency.POLL if polls else None

    def _waits(self, urgency: Urgency) -> bool:
        line = self._lines[urgency]
        while line and line[0].done():
            line.popleft()
        return bool(line)

    def _given(self, urgency: Urgency, at: float) -> Turn:
        if urgency is Urgency.FILL:
            self._passed_over = 0
        elif urgency is Urgency.POLL and self._lines[Urgency.FILL]:
            self._passed_over += 1
        return Turn(at)

    def _terms(self, first: Urgency) -> Urgency:
        """How the first in line goes: one that was passed over for long goes as a poll does."""
        return Urgency.POLL if self._passed_over >= POLLS_TO_ONE_FILL and first is Urgency.FILL else first

    async def _queue(self, urgency: Urgency) -> Turn:
        waiting: asyncio.Future[Turn] = asyncio.get_running_loop().create_future()
        self._lines[urgency].append(waiting)
        self._serve()
        try:
            async with asyncio.timeout(self._longest_queue):
                return await waiting
        except (TimeoutError, asyncio.CancelledError) as gone:
            self._leave(waiting)
            if isinstance(gone, TimeoutError):
                raise _paused(self._bucket.wait(urgency)) from None
            raise

    def _leave(self, waiting: "asyncio.Future[Turn]") -> None:
        """Whoever goes away just as the turn came leaves it to the next."""
        if waiting.done() and not waiting.cancelled() and waiting.exception() is None:
            self._bucket.put_back(waiting.result().at)
        waiting.cancel()
        self._serve()

    def _serve(self) -> None:
        """Gives turns to those in front while there are places, then sleeps until the next one."""
        while (first := self._first()) is not None:
            at = self._bucket.take(self._terms(first))
            if at is None:
                break
            self._lines[first].popleft().set_result(self._given(first, at))
        self._wake_later(first)

    def _wake_later(self, first: Urgency | None) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if first is not None:
            wait = self._bucket.wait(self._terms(first))
            self._timer = asyncio.get_running_loop().call_later(wait, self._serve)

    def _send_everybody_home(self) -> None:
        for line in self._lines:
            for waiting in line:
                if not waiting.done():
                    waiting.set_exception(_paused(self._bucket.paused))
            line.clear()


def _paused(seconds: float) -> TooManyRequests:
    return TooManyRequests(429, "our own pace is paused, nothing was sent", retry_after=seconds)
