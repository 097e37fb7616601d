"""How the bot is doing: one source for the health page and for the admins' screen, so that both say the same."""

import asyncio
import platform
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from bot.db.database import Database, Tx
from bot.db.desk import figures, machine
from bot.db.telling import notices
from bot.domain.access import Right
from bot.domain.people import Person
from bot.facts.status import Asking, StatusFacts, Versions, Vitals
from bot.services.desk.versions import own_version
from bot.services.orders.tracked_orders import TrackedOrders
from bot.services.partner import Partner
from bot.services.processes import SILENCE, Processes
from bot.services.safety.pause import Pause
from bot.services.shop.catalog import Catalog
from bot.services.telling.unreadable import UnreadableUpdates
from bot.tasks import Nursery


@dataclass(frozen=True, slots=True)
class Watched:
    """What is looked at. `purchases`: the nursery of those under way."""

    partner: Partner
    tracked: TrackedOrders
    catalog: Catalog
    pause: Pause
    processes: Processes
    unreadable: UnreadableUpdates
    purchases: Nursery


class Status:
    """Changes nothing. `elapsed`: monotonic seconds, from which on the bot is up."""

    def __init__(self, database: Database, watched: Watched, elapsed: Callable[[], float]) -> None:
        self._database = database
        self._watched = watched
        self._elapsed = elapsed
        self._began = elapsed()
        self._vitals: Callable[[], Vitals] | None = None

    def attach(self, vitals: Callable[[], Vitals]) -> None:
        """Whoever runs the bot tells what it alone knows."""
        self._vitals = vitals

    async def facts(self, actor: Person) -> StatusFacts:
        """Raises Refusal when the actor may not see figures."""
        actor.must_have(Right.SEE_FIGURES)
        return await self.read()

    async def read(self) -> StatusFacts:
        """The same for the health page, which has no actor. Raises DatabaseFault."""
        watched = self._watched
        room = await asyncio.to_thread(machine.room, self._database.url)
        async with self._database.read() as tx:
            unreached = await notices.out_of_reach(tx)
            return StatusFacts(
                at=tx.now,
                vitals=None if self._vitals is None else self._vitals(),
                asking=self._asking(),
                hidsim=watched.partner.last_answers,
                paused=await watched.pause.paused(tx),
                waiting=await notices.waiting(tx) - unreached,
                oldest=await notices.oldest(tx),
                unreached=unreached,
                purchases=len(watched.purchases),
                services=len(watched.catalog.services),
                unreadable=watched.unreadable.count,
                incidents=await figures.going_on(tx),
                processes=1 if watched.processes.alone else await machine.alive(tx, SILENCE),
                uptime=timedelta(seconds=self._elapsed() - self._began),
                versions=await _versions(tx),
                size=None if room is None else room.size,
                free=None if room is None else room.free,
            )

    def _asking(self) -> Asking:
        tracked, partner = self._watched.tracked, self._watched.partner
        schedule = tracked.schedule
        return Asking(
            orders=len(schedule),
            under_way=schedule.under_way,
            longest_unasked=schedule.longest_unasked(tracked.elapsed()),
            stretch=schedule.stretch,
            rate=partner.rate,
            paused=partner.paused,
            queue=partner.queue,
            delay=tracked.delay,
        )


async def _versions(tx: Tx) -> Versions:
    return Versions(
        bot=own_version(),
        python=platform.python_version(),
        database=await machine.engine(tx),
        schema=await machine.revision(tx),
    )
