"""Updates that nobody could read: counted, logged by their place in Telegram's schema, told to admins once a day."""

import time

import structlog

from bot.db.database import Database
from bot.domain.alerts import Alert, AlertKind, UnreadableUpdate
from bot.faults import DatabaseFault
from bot.services.telling.alerts import Alerts

_log = structlog.get_logger(__name__)

_QUIET = 60.0
"""Seconds in which the same place is not logged again."""
_PLACES = 200


class UnreadableUpdates:
    """What it hears are names of Telegram's, never what a person wrote."""

    def __init__(self, database: Database, alerts: Alerts) -> None:
        self._database = database
        self._alerts = alerts
        self._logged: dict[tuple[str, str], float] = {}
        self._told: tuple[str, set[str]] = ("", set())
        self.count = 0

    async def met(self, kind: str, field: str) -> None:
        """One more of a kind of update. An alert that can't be written is tried again with the next one."""
        self.count += 1
        self._log(kind, field)
        now = self._database.now()
        day = now.date().isoformat()
        if self._told[0] != day:
            self._told = (day, set())
        if kind in self._told[1]:
            return
        self._told[1].add(kind)
        try:
            async with self._database.write() as tx:
                facts = UnreadableUpdate(kind, field.rpartition(".")[2])
                alert = Alert(AlertKind.UNREADABLE, f"{kind}:{day}", facts=facts)
                await self._alerts.raise_in(tx, alert)
        except DatabaseFault as error:
            self._told[1].discard(kind)
            _log.warning("an alert could not be written", error=type(error).__name__)

    def _log(self, kind: str, field: str) -> None:
        now = time.monotonic()
        if now - self._logged.get((kind, field), float("-inf")) < _QUIET:
            return
        if len(self._logged) >= _PLACES:
            self._logged.clear()
        self._logged[kind, field] = now
        _log.warning("an update can't be read and is passed over", kind=kind, field=field, so_far=self.count)
