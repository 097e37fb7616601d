"""A whole shop for one test: the sandbox's server and the bot beside it in one loop, joined by real HTTP."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Literal

from bot.app import App, Pace, open_app
from bot.jobs.ticks import Tempo
from bot.sandbox.person import Answer, Person
from bot.sandbox.server import SandboxServer
from bot.settings import Settings
from bot.tasks import Nursery
from bot.telegram.pacing import Limits

ADMIN = 900
Dialect = Literal["canonical", "variant"]
QUICK = Pace(
    tempo=Tempo(poll=0.02, push=0.02, redraw=0.02, close=0.02, catalog=0.2, unconfirmed=0.05, overdue=0.1),
    limits=Limits(overall=1000, overall_burst=1000, chat=1000, chat_burst=1000),
    taps=1000,
    taps_burst=1000,
    drain=5,
    purchase_drain=5,
    polling_timeout=1,
)
SPEED = 50


class Thumb(Person):
    """A person who waits for a button before tapping it, as people do."""

    async def tap_seen(self, label: str) -> Answer:
        await self.sees_button(label)
        return await self.tap(label)


class Shop:
    """The running bot and its world. `person()` gives somebody who taps."""

    def __init__(self, server: SandboxServer, settings: Settings, app: App) -> None:
        self.server = server
        self.settings = settings
        self.app = app

    @property
    def hidsim(self) -> Any:
        return self.server.hidsim

    @property
    def director(self) -> Any:
        return self.server.hidsim.director

    def person(self, person_id: int = 100, **facts: Any) -> "Thumb":
        return Thumb(self.server.telegram, person_id, **facts)

    def admin(self) -> "Thumb":
        return self.person(ADMIN, first_name="Ada")


def settings_for(server: SandboxServer, folder: Path, **given: Any) -> Settings:
    values: dict[str, Any] = {
        "bot_token": server.token,
        "telegram_api_url": server.telegram_url,
        "hidsim_api_url": server.hidsim_url,
        "hidsim_identifier": "demo@hidsim.example",
        "hidsim_password": "demo",
        "hidsim_rate_per_second": 500,
        "admin_ids": frozenset({ADMIN}),
        "access": "open",
        "database_url": f"sqlite+aiosqlite:///{folder}/bot.db",
        "_env_file": None,
    }
    return Settings(**(values | given))


@asynccontextmanager
async def running(server: SandboxServer, settings: Settings, pace: Pace = QUICK) -> AsyncIterator[Shop]:
    """The bot from its start to the end of its drain."""
    async with open_app(settings, pace) as app:
        work = Nursery().start(app.run(), "the bot")
        try:
            await wait_for_catalog(app)
            yield Shop(server, settings, app)
        finally:
            app.stop()
            await work


async def wait_for_catalog(app: App) -> None:
    """The bot is up when Telegram has been asked and the catalog was tried."""
    await app.ready.wait()


@asynccontextmanager
async def open_shop(folder: Path, dialect: Dialect = "canonical", **given: Any) -> AsyncIterator[Shop]:
    async with SandboxServer(dialect=dialect, speed=SPEED) as server:
        async with running(server, settings_for(server, folder, **given)) as shop:
            yield shop
