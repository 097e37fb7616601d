"""The one door to APScheduler: named ticks, each at most once at a time, whose failures are said once."""

from collections.abc import Awaitable, Callable

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

_log = structlog.get_logger(__name__)


class Clock:
    """Ticks that were due while the machine slept are run once (coalesce), and a late tick is still run."""

    def __init__(self) -> None:
        self._scheduler = AsyncIOScheduler(
            timezone="UTC", job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        )

    def every(self, seconds: float, name: str, work: Callable[[], Awaitable[object]]) -> None:
        self._scheduler.add_job(_Tick(name, work).run, "interval", seconds=seconds, id=name, name=name)

    def start(self) -> None:
        self._scheduler.start()

    def stop(self) -> None:
        """No tick starts any more; a running one goes on."""
        if self._scheduler.running:
            self._scheduler.pause()

    def close(self) -> None:
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)


class _Tick:
    """Logs a failure when it begins and a recovery when it ends."""

    def __init__(self, name: str, work: Callable[[], Awaitable[object]]) -> None:
        self._name = name
        self._work = work
        self._failing = False

    async def run(self) -> None:
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
