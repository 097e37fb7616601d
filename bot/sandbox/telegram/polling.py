"""getUpdates: long polling, and the conflicts of two pollers.

Rules (telegram-bot-api): a webhook, or a second poller, ends in 409; conflicts within 3 s of the last are answered
3 s later; the same offset asked again within 3 s waits at least 3 s, within half a second gets one update.
"""

import asyncio

from bot.sandbox.telegram.errors import ApiError
from bot.sandbox.telegram.params import Json, Params
from bot.sandbox.telegram.state import State

LONGEST = 50
PAUSE = 3.0
HASTE = 0.5
WEBHOOK = "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
OTHER = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
SET_WEBHOOK = "Conflict: terminated by setWebhook request"


class Poller:
    """One bot's polling. Waiting passes in real time, whatever the sandbox's clock says."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._turn = 0
        self._last: tuple[int, float] = (0, float("-inf"))
        self._next_conflict = float("-inf")
        self._closed = False

    def close(self) -> None:
        """Ends a waiting poll with no updates: the server is going down."""
        self._closed = True
        self._state.updates.bell.ring()

    async def get_updates(self, params: Params) -> list[Json]:
        """Raises ApiError 409."""
        if self._state.webhook.url:
            await self._conflict(WEBHOOK)
        offset, limit = params.integer("offset"), params.integer("limit", 100, 1, 100)
        timeout = params.integer("timeout", 0, 0, LONGEST)
        self._state.updates.allow(params.loose("allowed_updates"))
        limit, timeout = self._slow_down(offset, limit, timeout)
        self._turn += 1
        self._state.updates.bell.ring()
        return await self._wait(self._turn, offset, limit, timeout)

    def _slow_down(self, offset: int, limit: int, timeout: int) -> tuple[int, int]:
        now = asyncio.get_running_loop().time()
        before, at = self._last
        self._last = offset, now
        if before != offset:
            return limit, timeout
        return (1 if now < at + HASTE else limit), (max(3, timeout) if now < at + PAUSE else timeout)

    async def _wait(self, turn: int, offset: int, limit: int, seconds: int) -> list[Json]:
        found: list[Json] = []

        def look() -> bool:
            found[:] = self._state.updates.fetch(offset, limit) if turn == self._turn else []
            return bool(found) or self._closed or turn != self._turn or bool(self._state.webhook.url)

        await self._state.updates.bell.wait_for(look, seconds)
        if turn != self._turn:
            await self._conflict(OTHER)
        if self._state.webhook.url:
            await self._conflict(SET_WEBHOOK)
        return found

    async def _conflict(self, text: str) -> None:
        now = asyncio.get_running_loop().time()
        if now < self._next_conflict:
            await asyncio.sleep(PAUSE)
        else:
            self._next_conflict = now + PAUSE
        raise ApiError(409, text)
