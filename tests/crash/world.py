"""The far ends of one run, served by this process."""

from collections.abc import Callable
from datetime import datetime
from typing import Literal

from bot.sandbox.hidsim import HidSimSandbox
from bot.sandbox.server import SandboxServer
from tests.crash.clock import SharedClock

SERVICES, COUNTRIES = 14, 6
Dialect = Literal["canonical", "variant"]


class World(SandboxServer):
    """The sandbox with a small catalog, on the clock that it shares with the bot.

    A number is assigned at once; a code comes when its person has used the number, so a story waits for its people.
    `now`: another clock for HidSim, beside a bot that looks at the real one.
    """

    def __init__(self, dialect: Dialect = "canonical", now: Callable[[], datetime] | None = None) -> None:
        super().__init__(dialect=dialect)
        self.clock = SharedClock()
        self.hidsim = HidSimSandbox(dialect=dialect, now=now or self.clock, services=SERVICES, countries=COUNTRIES)
        self.hidsim.director.set_default_story("never", expires_after=1e6)

    def path_of(self, service: str) -> str:
        """A part of the path of this service's purchases and of no other's."""
        found = self.hidsim._backend.catalog.find_service(service)
        return f"/services/{found.object_id}/purchase"
