"""Guards the account at HidSim, which limits whoever gets few codes or closes much: the shop slows down before.

The level is a switch, so that a restart keeps it and all processes obey one; the tick that judges is the same for all.
"""

from datetime import datetime, timedelta

import structlog

from bot.db import audit, switches
from bot.db.database import Database, Tx
from bot.db.orders import ended, figures
from bot.db.switches import Switch
from bot.domain.access import Right
from bot.domain.acts import Act
from bot.domain.alerts import Alert, AlertKind, Shares
from bot.domain.guarding import LOOKED_AT, Guarding, GuardLevel, Sample, Thresholds, judged
from bot.domain.pausing import PauseCause
from bot.domain.people import Person
from bot.domain.refusals import Reason, Refusal
from bot.services.safety.pause import Pause
from bot.services.telling.alerts import Alerts
from bot.ticks import every

_log = structlog.get_logger(__name__)

LEVEL = Switch("guard_level", str, GuardLevel)
EVERY = timedelta(seconds=20)
"""While it is slow: between two purchases of the whole shop."""
_DAY = timedelta(days=1)
_NEVER = datetime.fromisoformat("1970-01-01T00:00:00+00:00")
_TOLD = {
    GuardLevel.WARNING: AlertKind.GUARD_WARNS,
    GuardLevel.SLOW: AlertKind.GUARD_SLOWS,
    GuardLevel.PAUSED: AlertKind.GUARD_WARNS,  # somebody else has paused it: that it is as bad is all that is new
}


class Guard:
    """Orders in progress go on at every level; what is bought, or closed by its person, is never hindered by it."""

    def __init__(self, database: Database, pause: Pause, alerts: Alerts, thresholds: Thresholds) -> None:
        self._database = database
        self._pause = pause
        self._alerts = alerts
        self._thresholds = thresholds

    async def check(self, tx: Tx, order_id: int) -> None:
        """For an order that is being placed. Raises Refusal while buying is slowed down and it is not time yet."""
        if wait := await self.wait(tx, before=order_id):
            raise Refusal(Reason.BUYING_SLOWED, wait=wait)

    async def wait(self, tx: Tx, before: int | None = None) -> int:
        """Whole seconds until somebody may buy; 0 for at once. `before`: an order that does not count itself."""
        if await self._level(tx) is not GuardLevel.SLOW:
            return 0
        last = await figures.last_placed(tx, before)
        left = timedelta(0) if last is None else last + EVERY - tx.now
        return -(-left // timedelta(seconds=1)) if timedelta(0) < left <= EVERY else 0  # more: the clock was set back

    @every(30, "guard")
    async def watch(self) -> None:
        """The clock's tick: judges the last orders, and does what the level asks for when it changes."""
        async with self._database.read() as tx:
            level, found = await self._judge(tx)
        if found is level:
            return
        async with self._database.write() as tx:
            level, found = await self._judge(tx)
            if found is not level:
                await self._become(tx, level, found)

    async def _judge(self, tx: Tx) -> tuple[GuardLevel, GuardLevel]:
        """The level, and what it should be. Paused by the guard stays so: an admin resumes buying, nothing else.

        Who resumes what they had paused themselves has not said that this is mended: it is paused once more.
        """
        level, cause = await self._level(tx), await self._pause.cause(tx)
        if level is GuardLevel.PAUSED and cause is PauseCause.GUARD:
            return level, level
        found = judged(await self._sample(tx), level, self._thresholds)
        resumed_over = cause is None and level is found is GuardLevel.PAUSED
        return GuardLevel.SLOW if resumed_over else level, found

    async def _level(self, tx: Tx) -> GuardLevel:
        return await switches.value(tx, LEVEL) or GuardLevel.CALM

    async def _sample(self, tx: Tx) -> Sample:
        """What was placed before an admin resumed the guard's own pause is forgiven, else it would stop at once."""
        resumed = await audit.last(tx, Act.BUYING_RESUMED, PauseCause.GUARD.value)
        return await ended.sample(tx, tx.now - _DAY, resumed or _NEVER, LOOKED_AT)

    async def _become(self, tx: Tx, was: GuardLevel, level: GuardLevel) -> None:
        sample = await self._sample(tx)
        shares = Shares(sample.ended, sample.success, sample.closes)
        _log.warning("the account guard", was=was.value, became=level.value, ended=sample.ended)
        await switches.put(tx, LEVEL, level)
        detail = {"before": was.value, "after": level.value, "success": sample.success, "closes": sample.closes}
        await audit.write(tx, Act.GUARD_LEVEL, detail={**detail, "ended": sample.ended})
        if level is GuardLevel.PAUSED:
            await self._pause.pause(tx, PauseCause.GUARD, facts=shares)
        await self._tell(tx, was, level, shares)

    async def _tell(self, tx: Tx, was: GuardLevel, level: GuardLevel, shares: Shares) -> None:
        """Each level once when it is reached, and once that it is over. Of a pause its own alert and its end tell."""
        if level is GuardLevel.PAUSED and await self._pause.cause(tx) is PauseCause.GUARD:
            return
        if level.rank > was.rank:
            await self._alerts.raise_in(tx, Alert(_TOLD[level], tx.now.isoformat(), facts=shares))
        elif was is not GuardLevel.PAUSED:
            await self._alerts.raise_in(tx, Alert(AlertKind.GUARD_EASED, tx.now.isoformat(), facts=shares))

    async def seen(self, actor: Person) -> Guarding:
        """How the account does, for admins. Raises Refusal when the actor may not know."""
        actor.must_have(Right.PAUSE)
        async with self._database.read() as tx:
            level, sample = await self._level(tx), await self._sample(tx)
        return Guarding(level, sample, self._thresholds, int(EVERY.total_seconds()))
