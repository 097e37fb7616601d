"""Watches Telegram: whether it is reached, takes messages in time, and is ours alone. Staff hears of begin and end.

Of a silence they hear afterwards: what would tell it can't leave.
"""

from collections.abc import Callable
from typing import Protocol

from bot.db.database import Database
from bot.domain.alerts import AlertKind
from bot.domain.hysteresis import Hysteresis
from bot.services.telling.outbox import Outbox
from bot.services.telling.verdicts import Verdicts
from bot.ticks import every

_SILENT = 120.0
"""Seconds without an answer to a poll, which takes half a minute, until it is a silence."""
_HEARS = 45.0
"""Seconds since the last answer for which Telegram counts as reached."""
_LATE, _SOON = 60.0, 15.0
"""Seconds for which the oldest message waits: too long, and no longer worth a word."""


class Hearing(Protocol):
    """What polling knows: seconds since Telegram's last answer, and how many there were since the start."""

    @property
    def silent(self) -> float: ...

    @property
    def answers(self) -> int: ...


class TelegramWatch:
    """Nothing is judged before Telegram was heard once: what went on before a restart goes on until then."""

    def __init__(self, database: Database, outbox: Outbox, verdicts: Verdicts, elapsed: Callable[[], float]) -> None:
        """`elapsed`: monotonic seconds."""
        self._database = database
        self._outbox = outbox
        self._verdicts = verdicts
        self._elapsed = elapsed
        self._hearing: Hearing | None = None
        self._alone = Hysteresis(0.0, 60.0)
        self._pushes = Hysteresis(30.0, 60.0)

    def follow(self, hearing: Hearing) -> None:
        """Whoever polls."""
        self._hearing = hearing

    @every(15, "watch-telegram")
    async def look(self) -> None:
        """Raises DatabaseFault: then it is looked again."""
        hearing = self._hearing
        if hearing is None:
            return
        silent, now = hearing.silent, self._elapsed()
        reached = hearing.answers > 0 and silent < _HEARS
        if silent >= _SILENT:
            await self._verdicts.take(AlertKind.SILENCE, True, ago=silent)
        elif reached:
            await self._verdicts.take(AlertKind.SILENCE, False)
        alone = self._alone.says(now, bad=False, good=reached)
        await self._verdicts.take(AlertKind.CONFLICT, alone)
        if reached:
            await self._pushes_are_late(now)
        else:
            self._pushes.unknown()

    async def _pushes_are_late(self, now: float) -> None:
        oldest = await self._outbox.oldest()
        waits = 0.0 if oldest is None else (self._database.now() - oldest).total_seconds()
        late = self._pushes.says(now, bad=waits >= _LATE, good=waits < _SOON)
        await self._verdicts.take(AlertKind.LATE_PUSHES, late, ago=waits if late else 0.0)

    async def clash(self) -> None:
        """Another program polls with this bot's token, and the bot stops for it. Raises DatabaseFault."""
        await self._verdicts.take(AlertKind.CONFLICT, True)
