"""TelegramSandbox: the parts put together, and mounted as one web application."""

from collections.abc import AsyncIterator, Callable
from datetime import datetime
from typing import Any

from aiohttp import web

from bot.sandbox.telegram.api import BotApi, official_errors
from bot.sandbox.telegram.clock import utc_now
from bot.sandbox.telegram.courier import Courier
from bot.sandbox.telegram.faults import Faults
from bot.sandbox.telegram.guard import sim_errors
from bot.sandbox.telegram.levers import Levers
from bot.sandbox.telegram.people import People
from bot.sandbox.telegram.records import Call, Line
from bot.sandbox.telegram.sim import Sim
from bot.sandbox.telegram.state import State

UPLOAD = 50 * 1024 * 1024
TOKEN = "1234567890:SANDBOX-no-secret-at-all-0000000000000"  # noqa: S105 - opens nothing but the sandbox


class TelegramSandbox:
    """A Bot API of one bot. Not for use beyond this machine: /sim asks nobody who they are.

    `check=False` leaves out the check against the schema (half of a call's work), for the bench. `director` is mounted
    at /sim/director, `gallery` served at /sim/gallery.
    """

    def __init__(
        self,
        *,
        token: str = TOKEN,
        username: str = "hidsim_demo_bot",
        now: Callable[[], datetime] = utc_now,
        flood: bool = False,
        seed: int = 1,
        check: bool = True,
        director: web.Application | None = None,
        gallery: list[Any] | None = None,
    ) -> None:
        self.token = token
        self.username = username
        self.state = State(token, username, now, flood=flood, seed=seed, check=check)
        self._director = director
        self._gallery = gallery if gallery is not None else []

    @property
    def people(self) -> People:
        return self.state.people

    @property
    def faults(self) -> Faults:
        return self.state.faults

    @property
    def calls(self) -> list[Call]:
        """The Bot API calls so far, oldest first."""
        return list(self.state.records.calls)

    @property
    def transcript(self) -> list[Line]:
        return list(self.state.records.lines)

    @property
    def problems(self) -> list[str]:
        """What does not fit the schema: in answers, in updates, and in calls that succeeded. Empty when all is well."""
        return self.state.problems

    async def called(self, method: str, times: int = 1, patience: float = 5.0) -> list[Call]:
        """Waits until the bot has called the method so often. Raises AssertionError after `patience` seconds."""
        found: list[Call] = []

        def look() -> bool:
            found[:] = [call for call in self.state.records.calls if call.method == method]
            return len(found) >= times

        if not await self.state.records.bell.wait_for(look, patience):
            raise AssertionError(f"{method} was called {len(found)} times, not {times}")
        return found

    def advance(self, seconds: float) -> None:
        """Moves the sandbox's clock forward."""
        self.state.clock.advance(seconds)

    def reset(self) -> None:
        self.state.reset()

    def app(self) -> web.Application:
        """A new application on this state. More routes may be added to it before it starts."""
        app = web.Application(middlewares=[sim_errors, official_errors], client_max_size=UPLOAD)
        api = BotApi(self.state)
        courier = Courier(self.state, api.perform)
        app.add_routes([*api.routes(), *Sim(self.state).routes(), *Levers(self.state, self._gallery).routes()])
        if self._director is not None:
            app.add_subapp("/sim/director", self._director)

        async def life(_app: web.Application) -> AsyncIterator[None]:
            courier.open()
            yield
            await courier.close()

        async def hush(_app: web.Application) -> None:
            api.poller.close()
            self.state.events.close()

        app.cleanup_ctx.append(life)
        app.on_shutdown.append(hush)
        return app
