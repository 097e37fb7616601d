"""Groups that the bot was put into: each is answered once, for ever."""

from bot.db import switches
from bot.db.database import Database
from bot.db.switches import Switch

_REMEMBERED = 5_000


def _answered(chat_id: int) -> Switch[str]:
    return Switch(f"group:{chat_id}", str, str)


class Groups:
    def __init__(self, database: Database) -> None:
        self._database = database
        self._answered: set[int] = set()

    async def first_time(self, chat_id: int) -> bool:
        """True exactly once for each group. A lively one is looked for in the database once."""
        if chat_id in self._answered:
            return False
        first = await self._note(_answered(chat_id))
        if len(self._answered) >= _REMEMBERED:
            self._answered.clear()
        self._answered.add(chat_id)
        return first

    async def _note(self, answered: Switch[str]) -> bool:
        async with self._database.read() as tx:
            if await switches.value(tx, answered) is not None:
                return False
        async with self._database.write() as tx:
            if await switches.value(tx, answered) is not None:
                return False  # another message of the same moment was quicker
            await switches.put(tx, answered, "answered")
        return True
