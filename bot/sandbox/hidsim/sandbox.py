"""The sandbox as others see it: an application to mount, a director and a record."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import ClassVar, Literal

from aiohttp import web

from bot.sandbox.hidsim.backend import build
from bot.sandbox.hidsim.clock import utc_now
from bot.sandbox.hidsim.director import Director
from bot.sandbox.hidsim.director_http import DirectorHttp
from bot.sandbox.hidsim.gate import Gate
from bot.sandbox.hidsim.record import Record
from bot.sandbox.hidsim.routes import Routes


class HidSimSandbox:
    """A HidSim API over real HTTP with invented data. Holds everything in memory and does nothing by itself.

    `speed` divides the times of stories only; `token_life` is in seconds, `balance` in dollars, `rate_limit` in
    requests a second. Raises ValueError for a dialect or sizes that there are not.
    """

    watchers: ClassVar[list[Callable[["HidSimSandbox"], None]]] = []
    """Hear of every sandbox that is put to work in this process, and may ask it what numbers and codes it gave out."""

    def __init__(
        self,
        *,
        dialect: Literal["canonical", "variant"] = "canonical",
        seed: int = 1,
        now: Callable[[], datetime] = utc_now,
        speed: float = 1.0,
        identifier: str = "demo@hidsim.example",
        password: str = "demo",  # noqa: S107  (of an account made of cardboard)
        balance: Decimal = Decimal(250),
        token_life: float = 3600,
        rate_limit: int | None = None,
        services: int = 1000,
        countries: int = 200,
    ) -> None:
        self._backend = build(
            dialect=dialect,
            seed=seed,
            now=now,
            speed=speed,
            identifier=identifier,
            password=password,
            balance=balance,
            token_life=token_life,
            rate_limit=rate_limit,
            services=services,
            countries=countries,
        )
        self.director = Director(self._backend)

    @property
    def record(self) -> Record:
        return self._backend.record

    def app(self) -> web.Application:
        """To be mounted under any prefix with `add_subapp`, or run as it is. Each call makes a new one of one world."""
        for watcher in self.watchers:
            watcher(self)
        app = web.Application()
        app.middlewares.append(Gate(self._backend, app).middleware())
        app.add_routes(DirectorHttp(self.director, self._backend.connections).table())
        app.add_routes(Routes(self._backend).table())
        app.on_shutdown.append(self._stop_waiting)
        return app

    async def _stop_waiting(self, app: web.Application) -> None:
        self._backend.connections.closing.set()
