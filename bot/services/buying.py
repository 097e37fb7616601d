"""Whether people may buy at all: a switch that admins and our own checks set, and that a restart keeps."""

from collections.abc import Callable
from datetime import datetime

from bot.db import audit, switches
from bot.db.database import AsyncConnection, Database
from bot.db.switches import Switch
from bot.domain.access import Right
from bot.domain.acts import Act
from bot.domain.alerts import Alert
from bot.domain.pausing import ALERT_OF, PauseCause
from bot.domain.people import Person
from bot.domain.refusals import Reason, Refusal
from bot.services.alerts import Alerts

PAUSED = Switch("buying_paused", str, PauseCause)


class Buying:
    """Paused buying touches nothing that has begun: orders go on, codes come, closing works."""

    def __init__(self, database: Database, alerts: Alerts, now: Callable[[], datetime]) -> None:
        self._database = database
        self._alerts = alerts
        self._now = now

    async def check(self, connection: AsyncConnection) -> None:
        """Raises Refusal while buying is paused."""
        if await self.paused(connection):
            raise Refusal(Reason.BUYING_PAUSED)

    async def paused(self, connection: AsyncConnection) -> bool:
        return await switches.value(connection, PAUSED) is not None

    async def why_paused(self, actor: Person) -> PauseCause | None:
        """Who or what paused it; None while people may buy. Raises Refusal when the actor may not know."""
        actor.must_have(Right.PAUSE)
        async with self._database.read() as connection:
            return await switches.value(connection, PAUSED)

    async def pause(self, connection: AsyncConnection, why: PauseCause, *, actor_id: int | None = None) -> None:
        """Once: a second cause does not replace the first one."""
        if await self.paused(connection):
            return
        now = self._now()
        await switches.put(connection, PAUSED, why, now)
        await audit.write(connection, Act.BUYING_PAUSED, now, actor_id=actor_id, detail={"why": why.value})
        if (kind := ALERT_OF.get(why)) is not None:
            await self._alerts.raise_in(connection, Alert(kind, now.isoformat()), now)

    async def steer(self, actor: Person, *, paused: bool) -> None:
        """An admin's act, confirmed. Raises Refusal when the actor may not."""
        actor.must_have(Right.PAUSE)
        now = self._now()
        async with self._database.write() as connection:
            if paused:
                await self.pause(connection, PauseCause.ADMIN, actor_id=actor.id)
                return
            await switches.clear(connection, PAUSED)
            await audit.write(connection, Act.BUYING_RESUMED, now, actor_id=actor.id)
