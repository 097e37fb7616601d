"""The line in which all messages to Telegram stand, moving at one rate: codes first, and nobody waits for ever.

Who is behind goes before the first one after it was passed over so often: beside codes without an end an answer to a
tap has every fifth turn, and news every twenty-fifth. A part of the burst is kept for codes, so that the first of them
goes at once however much else was sent just before.
"""

import asyncio
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from enum import IntEnum


class Errand(IntEnum):
    """What a message is sent for, the most urgent first."""

    CODE = 0
    ANSWER = 1
    """To a tap, or to what was typed: somebody looks at the chat. So they do for a number."""
    NEWS = 2
    """All else, and what those are told who are not served."""


_PASSED_OVER = {Errand.ANSWER: 4, Errand.NEWS: 24}
_KEPT = 5
"""The part of the burst that is for codes alone: a fifth."""


class SendQueue:
    """`clock`: monotonic seconds. Within an errand it is first come, first served."""

    def __init__(self, rate: float, burst: int, clock: Callable[[], float]) -> None:
        """`rate`: messages a second after `burst` at once."""
        self._gap = 1 / rate
        self._burst = burst
        self._clock = clock
        self._next = float("-inf")
        self._waiting: dict[Errand, deque[asyncio.Future[None]]] = {errand: deque() for errand in Errand}
        self._passed_over = dict.fromkeys(Errand, 0)
        self._timer: asyncio.TimerHandle | None = None

    async def turn(self, errand: Errand) -> None:
        """Returns when it is this message's turn. Who is cancelled before leaves the line."""
        place: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting[errand].append(place)
        self._move()
        try:
            await place
        finally:
            if place.cancelled():
                with suppress(ValueError):  # somebody who passed has tidied up already
                    self._waiting[errand].remove(place)
                self._move()

    def _move(self) -> None:
        """Lets pass who may pass now; the clock does the rest."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        while (errand := self._whose()) is not None:
            if (seconds := self._until(errand)) > 0:
                self._timer = asyncio.get_running_loop().call_later(seconds, self._place_reached)
                return
            self._let_pass(errand)

    def _place_reached(self) -> None:
        """As the timer says, whatever the clock does: else who has a clock that stands would wait for ever."""
        if (errand := self._whose()) is not None:
            self._let_pass(errand)
        self._move()

    def _whose(self) -> Errand | None:
        """Who was cancelled, and could not tidy up yet, is nobody."""
        for line in self._waiting.values():
            while line and line[0].done():
                line.popleft()
        waiting = [errand for errand in Errand if self._waiting[errand]]
        first = waiting[0] if waiting else None
        return next((one for one in waiting[1:] if self._passed_over[one] >= _PASSED_OVER[one]), first)

    def _until(self, errand: Errand) -> float:
        """Seconds. What is kept for codes is not kept from whoever has a turn among them."""
        codes = errand is Errand.CODE or self._waiting[Errand.CODE]
        kept = 0 if codes else self._burst // _KEPT
        return self._place() + kept * self._gap - self._clock()

    def _place(self) -> float:
        return max(self._next, self._clock() - self._gap * (self._burst - 1))

    def _let_pass(self, errand: Errand) -> None:
        self._next = self._place() + self._gap
        for other in Errand:
            if self._waiting[other]:
                self._passed_over[other] += 1
        self._passed_over[errand] = 0
        self._waiting[errand].popleft().set_result(None)
