"""Groups that the bot was put into: each is answered once, for ever."""

from collections.abc import Callable
from datetime import datetime

from bot.db import audit
from bot.db.database import Database

_REMEMBERED = 5_000


class Groups:
    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now
        self._answered: set[int] = set()

    async def first_time(self, chat_id: int) -> bool:
        """True exactly once for each group. A lively one is looked for in the database once."""
        if chat_id in self._answered:
            return False
        first = await self._note(f"group:{chat_id}")
        if len(self._answered) >= _REMEMBERED:
            self._answered.clear()
        self._answered.add(chat_id)
        return first

    async def _note(self, name: str) -> bool:
        async with self._database.read() as connection:
            if await audit.switch(connection, name) is not None:
                return False
        async with self._database.write() as connection:
            if await audit.switch(connection, name) is not None:
                return False  # another message of the same moment was quicker
            await audit.set_switch(connection, name, "answered", self._now())
        return True
