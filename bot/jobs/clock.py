"""The one door to APScheduler: named ticks, each at most once at a time, whose failures are said once.

APScheduler goes by the wall clock: set back by an hour, it would run nothing for an hour. So once a second, by the
loop's own monotonic clock, it is looked whether the wall clock was set, and then every tick begins anew.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextvars import Context, copy_context
from datetime import UTC, datetime

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.tasks import Nursery

_log = structlog.get_logger(__name__)


_LOOKED_AT = 1.0
_STEP = 0.25
"""Seconds from one look to the next. Less is no setting: NTP slews by so little, and no tick is hurt."""


class Clock:
    """Ticks that were due while the machine slept are run once (coalesce), and a late tick is still run."""

    def __init__(self, nursery: Nursery) -> None:
        self._nursery = nursery
        self._ticks: dict[str, _Tick] = {}
        self._context: Context | None = None
        self._offset = 0.0
        self._watch: asyncio.TimerHandle | None = None
        self._scheduler = AsyncIOScheduler(
            timezone="UTC", job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        )

    def every(self, seconds: float, name: str, work: Callable[[], Awaitable[object]]) -> None:
        tick = self._ticks[name] = _Tick(name, work)
        self._scheduler.add_job(tick.run, "interval", seconds=seconds, id=name, name=name)

    def wake(self, name: str) -> None:
        """Runs a tick now, besides its times, and one at work once more; nothing before `start`, nor after `stop`.

        After `close` neither. It runs in the context in which the clock was started, whatever its caller is about.
        """
        tick = self._ticks[name]
        if self._context is not None and not tick.woken:
            tick.woken = True
            self._context.run(self._nursery.start, tick.run_woken(), f"{name}, woken")

    def start(self) -> None:
        self._context = copy_context()
        self._scheduler.start()
        self._offset = _offset()
        self._look_again()

    def _look_again(self) -> None:
        self._watch = asyncio.get_running_loop().call_later(_LOOKED_AT, self._look)

    def _look(self) -> None:
        moved = _offset() - self._offset
        self._offset += moved
        if abs(moved) > _STEP:
            _log.warning("the machine's clock was set", by_seconds=round(moved))
            for job in self._scheduler.get_jobs():
                job.modify(next_run_time=datetime.now(UTC))
        self._look_again()

    def stop(self) -> None:
        """No tick starts any more; a running one goes on."""
        self._context = None
        if self._scheduler.running:
            self._scheduler.pause()

    def close(self) -> None:
        self._context = None
        if self._watch is not None:
            self._watch.cancel()
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)


def _offset() -> float:
    """The wall clock against the loop's, which is monotonic; it changes when somebody sets the wall clock."""
    return time.time() - asyncio.get_running_loop().time()


class _Tick:
    """One run at a time. Logs a failure when it begins and a recovery when it ends. `woken`: one is about to begin."""

    def __init__(self, name: str, work: Callable[[], Awaitable[object]]) -> None:
        self._name = name
        self._work = work
        self._failing = False
        self._turn = asyncio.Lock()
        self.woken = False

    async def run(self) -> None:
        async with self._turn:
            await self._run()

    async def run_woken(self) -> None:
        async with self._turn:
            self.woken = False
            await self._run()

    async def _run(self) -> None:
        try:
            await self._work()
        except Exception:  # noqa: BLE001 - a tick that fails is tried again by the clock
            if not self._failing:
                _log.exception("a tick fails", tick=self._name)
            self._failing = True
        else:
            if self._failing:
                _log.info("a tick works again", tick=self._name)
            self._failing = False
