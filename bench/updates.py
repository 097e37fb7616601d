"""Taps that wait for a bot at a far end, and the long poll that hands them out."""

import asyncio
import json
from collections import deque
from typing import Any

_BATCH = 100


class Updates:
    """Of one bot. `up`: it has asked for updates and found none."""

    def __init__(self) -> None:
        self.up = asyncio.Event()
        self._waiting: deque[tuple[int, str]] = deque()
        self._news = asyncio.Event()
        self._last_id = 0

    def add(self, person: int, message: dict[str, Any], data: str) -> str:
        """A tap on a button of this message; its id. Nobody hears of it before `announce`."""
        self._last_id += 1
        user = {"id": person, "is_bot": False, "first_name": "Ann", "language_code": "en"}
        query = {"id": str(self._last_id), "from": user, "message": message, "chat_instance": "1", "data": data}
        self._waiting.append((self._last_id, json.dumps({"update_id": self._last_id, "callback_query": query})))
        return str(self._last_id)

    def announce(self) -> None:
        self._news.set()

    async def after(self, offset: int, seconds: float) -> bytes:
        """The answer to getUpdates, a hundred at most, after so many seconds at the latest."""
        while self._waiting and self._waiting[0][0] < offset:
            self._waiting.popleft()
        if not self._waiting:
            self._news.clear()
            self.up.set()
            try:
                async with asyncio.timeout(seconds):
                    await self._news.wait()
            except TimeoutError:
                pass
        batch = [self._waiting[at][1] for at in range(min(_BATCH, len(self._waiting)))]
        return ('{"ok":true,"result":[' + ",".join(batch) + "]}").encode()
