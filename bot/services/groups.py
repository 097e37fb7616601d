"""Groups that the bot was put into: each is answered once, for ever."""

from collections.abc import Callable
from datetime import datetime

from bot.db import audit
from bot.db.database import Database


class Groups:
    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now

    async def first_time(self, chat_id: int) -> bool:
        """True exactly once for each group."""
        name = f"group:{chat_id}"
        async with self._database.read() as connection:
            if await audit.switch(connection, name) is not None:
                return False
        async with self._database.write() as connection:
            if await audit.switch(connection, name) is not None:
                return False  # another message of the same moment was quicker
            await audit.set_switch(connection, name, "answered", self._now())
        return True
