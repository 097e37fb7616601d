"""Whether people may buy at all: a switch that admins and our own checks set, and that a restart keeps."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from bot.db import audit, people, switches
from bot.db.database import Database, Tx
from bot.db.switches import Switch
from bot.domain.access import Right
from bot.domain.acts import Act
from bot.domain.alerts import AlertFacts, PausedBy
from bot.domain.pausing import ALERT_OF, PauseCause, stamp
from bot.domain.people import Person
from bot.domain.refusals import Reason, Refusal
from bot.facts.safety import Pausing
from bot.services.telling.alerts import Alerts

PAUSED = Switch("buying_paused", str, PauseCause)
PAUSED_BY = Switch("buying_paused_by", str, int)
"""The admin whose act it was; nothing for our own checks."""
RESUMED = Switch("buying_resumed", str, str)
"""Put at each resume, for its time."""


class Pause:
    """Paused buying touches nothing that has begun: orders go on, codes come, closing works."""

    def __init__(self, database: Database, alerts: Alerts) -> None:
        self._database = database
        self._incidents = alerts.incidents
        self._checks: dict[PauseCause, Callable[[], Awaitable[bool]]] = {}

    def resumes_unless(self, why: PauseCause, lasts: Callable[[], Awaitable[bool]]) -> None:
        """`lasts` is asked before buying is resumed, whatever paused it: while it is true buying would be paused again.

        Behind an admin's pause it is not heard of, because a second cause does not replace the first one.
        """
        self._checks[why] = lasts

    async def check(self, tx: Tx) -> None:
        """Raises Refusal while buying is paused."""
        if await self.paused(tx):
            raise Refusal(Reason.BUYING_PAUSED)

    async def paused(self, tx: Tx) -> bool:
        return await switches.value(tx, PAUSED) is not None

    async def cause(self, tx: Tx) -> PauseCause | None:
        """Who or what paused it; None while people may buy."""
        return await switches.value(tx, PAUSED)

    async def why_paused(self, actor: Person) -> Pausing | None:
        """What paused it, since when, by whom; None while people may buy.

        Raises Refusal when the actor may not know.
        """
        actor.must_have(Right.PAUSE)
        async with self._database.read() as tx:
            why = await switches.value(tx, PAUSED)
            if why is None:
                return None
            admin_id = await switches.value(tx, PAUSED_BY)
            admin = None if admin_id is None else await people.get(tx, admin_id)
            since = await switches.since(tx, PAUSED)
            return Pausing(why, since or tx.now, admin.name if admin else "")

    async def counted_from(self, tx: Tx, since: datetime) -> datetime:
        """The later one of `since` and the last resume: what an admin has resumed after does not pause again."""
        resumed = await switches.since(tx, RESUMED)
        return since if resumed is None or resumed > tx.now else max(since, resumed)

    async def pause(
        self, tx: Tx, why: PauseCause, *, actor: Person | None = None, facts: AlertFacts | None = None
    ) -> None:
        """Once: a second cause does not replace the first one. `facts`: what the alert says beside."""
        if await self.paused(tx):
            return
        await switches.put(tx, PAUSED, why)
        if actor is not None:
            await switches.put(tx, PAUSED_BY, actor.id)
        detail = {"why": why.value, "before": None, "after": why.value}
        await audit.write(tx, Act.BUYING_PAUSED, actor_id=actor.id if actor else None, detail=detail)
        if (kind := ALERT_OF.get(why)) is not None:
            said = PausedBy(actor.name) if actor and why is PauseCause.ADMIN else facts
            await self._incidents.begin(tx, kind, facts=said, by=actor)

    async def steer(self, actor: Person, *, paused: bool, began: int | None = None) -> None:
        """An admin's act, confirmed; nothing when it is so already. `began`: the stamp of the pause that they were
        shown, None for whichever it is.

        Raises Refusal when the actor may not, when another pause stands than they were shown, and when our own check
        would pause buying again at once.
        """
        actor.must_have(Right.PAUSE)
        if paused:
            async with self._database.write() as tx:
                await self.pause(tx, PauseCause.ADMIN, actor=actor)
            return
        async with self._database.read() as tx:
            if await self._shown(tx, began) is None:
                return
        for why, lasts in self._checks.items():
            if await lasts():
                await self._take_over(why)
                raise Refusal(Reason.STILL_APART)
        async with self._database.write() as tx:
            await self._resume(tx, actor, began)

    async def _shown(self, tx: Tx, began: int | None) -> PauseCause | None:
        """What paused it. Raises Refusal when that is not the pause that somebody was shown."""
        why, since = await switches.value(tx, PAUSED), await switches.since(tx, PAUSED)
        if began is not None and since is not None and stamp(since) != began:
            raise Refusal(Reason.PAUSED_ANEW)
        return why

    async def _take_over(self, why: PauseCause) -> None:
        """An admin's pause becomes that of our own check, with its alert: what they paused for is not all any more."""
        async with self._database.write() as tx:
            if await switches.value(tx, PAUSED) is not PauseCause.ADMIN:
                return
            await switches.put(tx, PAUSED, why)
            await switches.clear(tx, PAUSED_BY)
            detail = {"why": why.value, "before": PauseCause.ADMIN.value, "after": why.value}
            await audit.write(tx, Act.BUYING_PAUSED, detail=detail)
            await self._incidents.drop(tx, ALERT_OF[PauseCause.ADMIN])
            await self._incidents.begin(tx, ALERT_OF[why])

    async def _resume(self, tx: Tx, actor: Person, began: int | None) -> None:
        why = await self._shown(tx, began)
        if why is None:
            return
        await switches.clear(tx, PAUSED)
        await switches.clear(tx, PAUSED_BY)
        await switches.put(tx, RESUMED, why)
        await audit.write(tx, Act.BUYING_RESUMED, actor_id=actor.id, detail={"before": why.value, "after": None})
        if (kind := ALERT_OF.get(why)) is not None:
            await self._incidents.end(tx, kind, by=actor)
