"""Delivery to a webhook: one update after another for each chat, repeated until it is taken.

Rules (telegram-bot-api): 2xx takes the update; anything else is tried again after a doubling pause of at most 60 s,
or after the bot's own `Retry-After`; a method named in the answer's body is carried out, unless it asks or changes
the webhook.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp

from bot.sandbox.telegram.params import Params
from bot.sandbox.telegram.state import State
from bot.sandbox.telegram.updates import Pending
from bot.tasks import Nursery

LONGEST_PAUSE = 60.0
FIRST_PAUSE = 1.0
SECRET = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header
NEVER = ("get", "setwebhook", "deletewebhook", "close", "logout")


class Courier:
    """Carries updates while a webhook is set. `perform` carries out a method named in an answer."""

    def __init__(self, state: State, perform: Callable[[str, Params], Awaitable[Any]]) -> None:
        self._state = state
        self._perform = perform
        self._nursery = Nursery()
        self._lanes: set[int] = set()
        self._session: aiohttp.ClientSession | None = None
        self._slots = asyncio.Semaphore(40)

    async def run(self) -> None:
        """Watches the queue until it is cancelled."""
        while True:
            if self._state.webhook.url:
                self._start_lanes()
            await self._state.updates.bell.wait()

    def open(self) -> None:
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=60))
        self._nursery.start(self.run(), "webhook courier")

    async def close(self) -> None:
        await self._nursery.drain(0)
        if self._session is not None:
            await self._session.close()

    def _start_lanes(self) -> None:
        for update in self._state.updates.pending():
            if update.lane not in self._lanes:
                self._lanes.add(update.lane)
                self._nursery.start(self._carry(update.lane), "webhook lane")

    async def _carry(self, lane: int) -> None:
        generation, pause = self._state.webhook.generation, FIRST_PAUSE
        try:
            while self._is_current(generation) and (update := self._next(lane)):
                wait = await self._deliver(update, pause)
                if wait is None:
                    self._state.updates.done(update.id)
                    pause = FIRST_PAUSE
                    continue
                await self._state.updates.bell.wait_for(lambda: not self._is_current(generation), wait)
                pause = min(2 * pause, LONGEST_PAUSE)
        finally:
            self._lanes.discard(lane)
        if not self._is_current(generation):
            self._state.updates.bell.ring()

    def _is_current(self, generation: int) -> bool:
        return bool(self._state.webhook.url) and self._state.webhook.generation == generation

    def _next(self, lane: int) -> Pending | None:
        return next((update for update in self._state.updates.pending() if update.lane == lane), None)

    async def _deliver(self, update: Pending, pause: float) -> float | None:
        """None when the update was taken, else the seconds to wait before the next attempt."""
        if self._session is None:
            return pause
        generation = self._state.webhook.generation
        headers = {SECRET: self._state.webhook.secret} if self._state.webhook.secret else {}
        try:
            async with (
                self._slots,
                self._session.post(self._state.webhook.url, json=update.json(), headers=headers) as answer,
            ):
                if 200 <= answer.status < 300:
                    await self._carry_out(await answer.read())
                    return None
                self._failed(generation, f"Wrong response from the webhook: {answer.status} {answer.reason}")
                wait = answer.headers.get("Retry-After", "")
                return float(wait) if wait.isdigit() else pause
        except (aiohttp.ClientError, TimeoutError):
            self._failed(generation, "Connection refused")
            return pause

    def _failed(self, generation: int, text: str) -> None:
        if self._is_current(generation):
            self._state.webhook.error, self._state.webhook.error_at = text, self._state.clock.unix()

    async def _carry_out(self, body: bytes) -> None:
        try:
            call = json.loads(body or b"{}")
        except ValueError:
            return
        if not isinstance(call, dict) or not isinstance(call.get("method"), str):
            return
        method = call.pop("method")
        if not method.lower().startswith(NEVER):
            values = {k: v if isinstance(v, str) else json.dumps(v, ensure_ascii=False) for k, v in call.items()}
            await self._perform(method, Params(values))
