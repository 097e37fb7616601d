"""The bot at work: first what a dead process left, then a source of updates, and the drain at the end."""

import asyncio
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Protocol

import structlog
from aiogram.exceptions import TelegramAPIError

from bot.domain.no_answer import CredentialsRefused
from bot.facts.status import Asking, Hearing, Vitals
from bot.faults import DatabaseFault
from bot.jobs.clock import Clock
from bot.jobs.lag import LoopLag
from bot.shop import Resources, Shop
from bot.telegram.front import Front, Manners
from bot.telegram.send_pacing import SendLimits
from bot.telegram.session import CLASH

_log = structlog.get_logger(__name__)

_DEAF = 120
"""Seconds without an answer of Telegram's after which the health page says that we hear nobody. A poll takes 30."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast everything goes; tests tell their stories in milliseconds. Seconds.

    `ticks`: periods of ticks that are to be others than declared, by name. `clock`: monotonic, for waits that no wall
    clock may make longer.
    """

    ticks: Mapping[str, float] = field(default_factory=dict)
    limits: SendLimits = field(default_factory=SendLimits)
    taps: float = 5
    taps_burst: int = 15
    drain: float = 15
    purchase_drain: float = 65
    polling_timeout: int = 30
    spinner: float = 0.7
    hidsim_reads: float = 10
    hidsim_taps: float = 8
    hidsim_purchases: float = 60
    clock: Callable[[], float] = time.monotonic

    @property
    def manners(self) -> Manners:
        """Of all that, what concerns hearing and speaking."""
        return Manners(self.limits, self.taps, self.taps_burst, self.polling_timeout, self.spinner, self.clock)


class Stopped(Exception):
    """The bot can't go on; its message is for the operator."""


class Source(Protocol):
    """Where updates come from: polling is one, a webhook another."""

    async def reach(self) -> bool:
        """Waits until Telegram knows of us. False when it never will; the alarm has been raised then."""

    async def run(self) -> None:
        """Gives updates to the dispatcher until it is cancelled."""


@dataclass
class App:
    """An open bot. `run()` serves one source of updates until `stop()`; closing is the business of `open_app`."""

    shop: Shop
    resources: Resources
    front: Front
    clock: Clock
    pace: Pace
    lag: LoopLag = field(default_factory=LoopLag)
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
        """Polls until stopped, then drains. Raises Stopped when it can't go on."""
        await self.serve(self.front.polling)

    async def serve(self, source: Source) -> None:
        """Works until stopped, then drains. `ready` is set when HidSim was read or did not answer.

        Raises Stopped when it can't go on.
        """
        await self.begin()
        hearing = self.resources.nursery.start(self._hear(source), "hear Telegram")
        await self._stop.wait()
        await self.drain(hearing)
        if self._fatal:
            raise Stopped(self._fatal[0])

    async def begin(self) -> None:
        """What goes before the first update, from our own database alone: nothing here waits for HidSim or Telegram."""
        await self.shop.processes.sign_if_seen()
        left = await self.shop.takeover.take_over()
        if left:
            _log.warning("purchases of a process that died are unconfirmed now", orders=left)
        await self.shop.debts.forgive()
        await self.shop.catalog.load()
        await self.shop.learning.load()
        await asyncio.to_thread(self.shop.exports.tidy)
        self.lag.start()
        self.clock.start()
        self.resources.nursery.start(self._read_hidsim(), "first read of HidSim")

    async def _read_hidsim(self) -> None:
        try:
            await self._first_look_at_the_account()
            await self.shop.catalog.refresh()
        finally:
            self.ready.set()

    async def _first_look_at_the_account(self) -> None:
        """HidSim being down is waited out; refused credentials don't mend themselves."""
        try:
            await self.shop.partner.try_balance()
        except CredentialsRefused as refused:
            with suppress(DatabaseFault):
                await self.shop.partner_watch.refused()
            self.alarm(
                f"HidSim refuses the sign-in ({refused.status}): HIDSIM_IDENTIFIER or HIDSIM_PASSWORD is wrong. "
                "Put the right ones into the settings (hidsim-bot check tries them) and start again"
            )

    async def _hear(self, source: Source) -> None:
        if await source.reach():
            self.front.languages.name_the_shop((await self.front.bot.me()).first_name)
            self.resources.nursery.start(self.front.introduce(), "the bot's profile")
            await source.run()

    async def drain(self, hearing: "asyncio.Task[object]") -> None:
        """Stops intake, waits for handlers and purchases, sends what is due. Nothing begun is thrown away."""
        _log.info("stopping: finishing what has begun")
        ends = time.monotonic() + self.pace.drain
        hearing.cancel()
        await asyncio.wait([hearing], timeout=5)
        self.clock.stop()
        self.shop.catalog.prices.stop_filling()
        self.front.exporter.stop()
        await self.front.intake.idle(max(1.0, ends - time.monotonic()))
        if cut := await self.resources.purchases.drain(self.pace.purchase_drain):
            _log.error("purchases were cut off; the next start calls them unconfirmed", purchases=cut)
        try:
            async with asyncio.timeout(max(1.0, ends - time.monotonic())):
                if CLASH in self._fatal:
                    await self.shop.telegram_watch.clash()
                await self.front.pusher.push()
                await self.front.pusher.redraw()
                await self.shop.learning.save()
        except (TelegramAPIError, DatabaseFault, TimeoutError) as error:
            _log.warning("not all was finished; the next start goes on with it", error=type(error).__name__)
        for what, write in (
            ("what was told", self.shop.outbox.write_late),
            ("where people stand", self.shop.whereabouts.write),
        ):
            try:
                await write()
            except DatabaseFault as error:
                _log.warning("something could not be written at the stop", what=what, error=type(error).__name__)
        await self.resources.nursery.drain(max(0.5, ends - time.monotonic()))

    def vitals(self) -> Vitals:
        """What only a running bot knows of itself."""
        outage = self.front.polling.outage
        ago, trouble = outage.trouble or (None, None)
        hearing = Hearing(outage.silent, trouble, ago, self.front.polling.failed)
        return Vitals(hearing, self.lag.mean, self.lag.worst)

    async def figures(self) -> dict[str, object]:
        """The health page, which says what the admins' screen says. Raises DatabaseFault."""
        vitals, facts = self.vitals(), await self.shop.status.read()
        return {
            "ok": vitals.hearing.silent < _DEAF,
            "telegram_silent_seconds": round(vitals.hearing.silent),
            "unreadable_updates": facts.unreadable,
            "failed_updates": vitals.hearing.failed_updates,
            "waiting_notices": facts.waiting,
            "unreachable_notices": facts.unreached,
            "purchases_in_flight": facts.purchases,
            "catalog_services": facts.services,
            "loop_lag_ms": {"mean": _milliseconds(vitals.lag_mean), "worst": _milliseconds(vitals.lag_worst)},
            "polling": _polling(facts.asking),
        }


def _polling(asking: Asking) -> dict[str, object]:
    return {
        "orders": asking.orders,
        "under_way": asking.under_way,
        "longest_unasked_seconds": round(asking.longest_unasked, 1),
        "gaps_stretched_by": round(asking.stretch, 2),
        "requests_per_second": round(asking.rate, 1),
        "paused_seconds": round(asking.paused, 1),
        "requests_waiting": asking.queue,
        "code_delay_seconds": asking.delay,
    }


def _milliseconds(seconds: float) -> float:
    return round(seconds * 1000, 1)
