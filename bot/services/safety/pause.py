"""Whether people may buy at all: a switch that admins and our own checks set, and that a restart keeps."""

from bot.db import audit, switches
from bot.db.database import Database, Tx
from bot.db.switches import Switch
from bot.domain.access import Right
from bot.domain.acts import Act
from bot.domain.alerts import Alert
from bot.domain.pausing import ALERT_OF, PauseCause
from bot.domain.people import Person
from bot.domain.refusals import Reason, Refusal
from bot.services.telling.alerts import Alerts

PAUSED = Switch("buying_paused", str, PauseCause)


class Pause:
    """Paused buying touches nothing that has begun: orders go on, codes come, closing works."""

    def __init__(self, database: Database, alerts: Alerts) -> None:
        self._database = database
        self._alerts = alerts

    async def check(self, tx: Tx) -> None:
        """Raises Refusal while buying is paused."""
        if await self.paused(tx):
            raise Refusal(Reason.BUYING_PAUSED)

    async def paused(self, tx: Tx) -> bool:
        return await switches.value(tx, PAUSED) is not None

    async def cause(self, tx: Tx) -> PauseCause | None:
        """Who or what paused it; None while people may buy."""
        return await switches.value(tx, PAUSED)

    async def why_paused(self, actor: Person) -> PauseCause | None:
        """Who or what paused it; None while people may buy. Raises Refusal when the actor may not know."""
        actor.must_have(Right.PAUSE)
        async with self._database.read() as tx:
            return await switches.value(tx, PAUSED)

    async def pause(self, tx: Tx, why: PauseCause, *, actor_id: int | None = None) -> None:
        """Once: a second cause does not replace the first one."""
        if await self.paused(tx):
            return
        await switches.put(tx, PAUSED, why)
        await audit.write(tx, Act.BUYING_PAUSED, actor_id=actor_id, detail={"why": why.value})
        if (kind := ALERT_OF.get(why)) is not None:
            await self._alerts.raise_in(tx, Alert(kind, tx.now.isoformat()))

    async def steer(self, actor: Person, *, paused: bool) -> None:
        """An admin's act, confirmed. Raises Refusal when the actor may not."""
        actor.must_have(Right.PAUSE)
        async with self._database.write() as tx:
            if paused:
                await self.pause(tx, PauseCause.ADMIN, actor_id=actor.id)
                return
            await switches.clear(tx, PAUSED)
            await audit.write(tx, Act.BUYING_RESUMED, actor_id=actor.id)
