"""The bot at work: from the first look at what a dead process left, through polling, to the end of the drain."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

import structlog
from aiogram import Bot, Dispatcher
from aiogram.exceptions import TelegramAPIError

from bot.db.database import Database, DatabaseFault
from bot.domain.no_answer import CredentialsRefused
from bot.i18n import Catalogs
from bot.jobs.clock import Clock
from bot.jobs.ticks import Tempo
from bot.services.catalog import Catalog
from bot.services.checkout import Checkout
from bot.services.outbox import Outbox
from bot.services.partner import Partner
from bot.services.processes import Processes
from bot.services.takeover import Takeover
from bot.services.tracker import Tracker
from bot.services.unconfirmed import Unconfirmed
from bot.services.unreadable import UnreadableUpdates
from bot.tasks import Nursery
from bot.telegram.commands import CommandMenus
from bot.telegram.intake import Intake
from bot.telegram.pacing import Limits
from bot.telegram.polling import Polling
from bot.telegram.push import Pusher

_log = structlog.get_logger(__name__)

_DEAF = 120
"""Seconds without an answer of Telegram's after which the health page says that we hear nobody. A poll takes 30."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast everything goes; tests tell their stories in milliseconds. Seconds.

    `clock`: monotonic, for waits that no wall clock may make longer.
    """

    tempo: Tempo = field(default_factory=Tempo)
    limits: Limits = field(default_factory=Limits)
    taps: float = 5
    taps_burst: int = 15
    drain: float = 15
    purchase_drain: float = 65
    polling_timeout: int = 30
    spinner: float = 0.7
    beat: float = 5
    hidsim_reads: float = 10
    hidsim_taps: float = 8
    hidsim_purchases: float = 60
    clock: Callable[[], float] = time.monotonic


class Stopped(Exception):
    """The bot can't go on; its message is for the operator."""


@dataclass
class App:
    """An open bot. `run()` polls Telegram until `stop()`; closing is the business of `open_app`."""

    bot: Bot
    polling: Polling
    unreadable: UnreadableUpdates
    clock: Clock
    database: Database
    catalog: Catalog
    partner: Partner
    checkout: Checkout
    unconfirmed: Unconfirmed
    processes: Processes
    takeover: Takeover
    tracker: Tracker
    outbox: Outbox
    pusher: Pusher
    intake: Intake
    dispatcher: Dispatcher
    nursery: Nursery
    purchases: Nursery
    catalogs: Catalogs
    menus: CommandMenus
    pace: Pace
    now: Callable[[], datetime]
    ready: asyncio.Event = field(default_factory=asyncio.Event)
    _stop: asyncio.Event = field(default_factory=asyncio.Event)
    _fatal: list[str] = field(default_factory=list)

    def stop(self) -> None:
        self._stop.set()

    def alarm(self, why: str) -> None:
        """Something that waiting does not mend: stop, and say why."""
        self._fatal.append(why)
        self._stop.set()

    async def run(self) -> None:
        """Works until stopped, then drains. `ready` is set when HidSim was read or did not answer.

        Raises Stopped when it can't go on.
        """
        await self.begin()
        polling = self.nursery.start(self._poll(), "poll Telegram")
        await self._stop.wait()
        await self.drain(polling)
        if self._fatal:
            raise Stopped(self._fatal[0])

    async def begin(self) -> None:
        """What goes before the first update, from our own database alone: nothing here waits for HidSim or Telegram."""
        if left := await self.takeover.take_over():
            _log.warning("purchases of a process that died are unconfirmed now", orders=left)
        await self.catalog.load()
        self.clock.start()
        self.nursery.start(self._read_hidsim(), "first read of HidSim")

    async def _read_hidsim(self) -> None:
        try:
            await self._first_look_at_the_account()
            await self.catalog.refresh()
        finally:
            self.ready.set()

    async def _first_look_at_the_account(self) -> None:
        """HidSim being down is waited out; refused credentials don't mend themselves."""
        try:
            await self.partner.try_balance(self.now())
        except CredentialsRefused as refused:
            self.alarm(
                f"HidSim refuses the sign-in ({refused.status}): HIDSIM_IDENTIFIER or HIDSIM_PASSWORD is wrong. "
                "Put the right ones into the settings (hidsim-bot check tries them) and start again"
            )

    async def _poll(self) -> None:
        if await self.polling.reach():
            self.catalogs.name_the_shop((await self.bot.me()).first_name)
            self.nursery.start(self.menus.publish(), "command menus")
            await self.polling.run()

    async def drain(self, polling: "asyncio.Task[object]") -> None:
        """Stops intake, waits for handlers and purchases, sends what is due. Nothing begun is thrown away."""
        _log.info("stopping: finishing what has begun")
        ends = time.monotonic() + self.pace.drain
        polling.cancel()
        await asyncio.wait([polling], timeout=5)
        self.clock.stop()
        self.catalog.prices.stop_filling()
        await self.intake.idle(max(1.0, ends - time.monotonic()))
        if cut := await self.purchases.drain(self.pace.purchase_drain):
            _log.error("purchases were cut off; the next start calls them unconfirmed", purchases=cut)
        try:
            async with asyncio.timeout(max(1.0, ends - time.monotonic())):
                await self.pusher.push()
                await self.pusher.redraw()
        except (TelegramAPIError, DatabaseFault, TimeoutError) as error:
            _log.warning("not all notices went out; the next start sends them", error=type(error).__name__)
        await self.nursery.drain(max(0.5, ends - time.monotonic()))

    async def figures(self) -> dict[str, object]:
        silent = self.polling.outage.silent
        return {
            "ok": silent < _DEAF,
            "telegram_silent_seconds": round(silent),
            "unreadable_updates": self.unreadable.count,
            "failed_updates": self.polling.failed,
            "waiting_notices": await self.outbox.waiting(),
            "purchases_in_flight": len(self.purchases),
            "catalog_services": len(self.catalog.services),
        }
