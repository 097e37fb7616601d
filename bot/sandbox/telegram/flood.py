"""Telegram's limits on sending, behind a switch: one message a second in a chat (after 3), 30 a second overall."""

import math

from bot.sandbox.telegram.clock import Clock
from bot.sandbox.telegram.errors import too_many_requests


class Bucket:
    """A token bucket on the sandbox's clock."""

    def __init__(self, rate: float, burst: int, at: float) -> None:
        self._rate, self._burst, self._tokens, self._at = rate, burst, float(burst), at

    def wait(self, now: float) -> float:
        """Seconds until a token is there; 0 takes none yet."""
        self._tokens = min(self._burst, self._tokens + (now - self._at) * self._rate)
        self._at = now
        return 0.0 if self._tokens >= 1 else (1 - self._tokens) / self._rate

    def take(self) -> None:
        self._tokens -= 1


class Flood:
    """Refuses with 429 what comes too fast. A refused call costs nothing."""

    def __init__(self, clock: Clock, *, on: bool) -> None:
        self._clock = clock
        self.on = on
        self._chats: dict[int, Bucket] = {}
        self._all = Bucket(30, 30, clock.seconds())

    def pass_or_refuse(self, chat_id: int) -> None:
        """Raises ApiError 429 with whole seconds to wait."""
        if not self.on:
            return
        now = self._clock.seconds()
        chat = self._chats.setdefault(chat_id, Bucket(1, 3, now))
        if wait := max(chat.wait(now), self._all.wait(now)):
            raise too_many_requests(math.ceil(wait))
        chat.take()
        self._all.take()
