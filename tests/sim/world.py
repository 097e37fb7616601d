"""One world: the bot on a machine of its own, HidSim and Telegram on theirs, and a network between them."""

import asyncio
import sqlite3
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, closing, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any, Literal

from aiohttp import web

from bot import milestones
from bot.db.lock import ProcessLock
from bot.running import Pace
from bot.sandbox.hidsim import HidSimSandbox
from bot.sandbox.telegram import TelegramSandbox
from bot.settings import Settings
from tests.sim import ground, storage
from tests.sim.jumbled import Jumbled
from tests.sim.keeper import Keeper
from tests.sim.log import LogBook
from tests.sim.loop import SimLoop
from tests.sim.network import Network
from tests.sim.process import Machine, Process, here

BOT = Machine("bot", "127.0.1.3")
HIDSIM = Machine("hidsim", "127.0.1.1")
TELEGRAM = Machine("telegram", "127.0.1.2")
ADMIN, LATE = 900, 199
"""Ids: the admin of the settings, and somebody who comes when all trouble has ended."""
SERVICES, COUNTRIES = 14, 6
CHECKED = 4
"""In every so manieth world all calls and answers are checked against Telegram's schema, which is half of its work."""
TAP = 12.0
"""Seconds in which a tap is answered that nothing kept from it."""
TICKS = {"poll": 1.0, "push": 1.0, "redraw": 2.0, "close": 2.0, "books": 20.0, "compare": 6.0}
"""Seconds. Less often than in a shop what costs time and matters little, oftener what would be met never."""


@dataclass(frozen=True, slots=True)
class Given:
    """What a world is born with. `settings`: of the bot, besides those that its far ends need.

    `credit`: what each person is given where wallets are prepaid.
    """

    dialect: Literal["canonical", "variant"] = "canonical"
    settings: Mapping[str, Any] = field(default_factory=dict)
    processes: int = 1
    credit: str = "20"


@dataclass
class World:
    """`calm`: when all trouble had ended, by the loop's clock; None while there may be some."""

    seed: int
    folder: Path
    given: Given
    loop: SimLoop = field(init=False)
    dice: Random = field(init=False)
    network: Network = field(init=False)
    telegram: TelegramSandbox = field(init=False)
    hidsim: HidSimSandbox = field(init=False)
    keepers: list[Keeper] = field(init=False)
    milestones: Counter[str] = field(default_factory=Counter)
    log: LogBook = field(init=False)
    told: list[tuple[float, str]] = field(default_factory=list)
    met: Counter[str] = field(default_factory=Counter)
    calm: float | None = None
    ordered: list[tuple[str, Callable[[], int]]] = field(default_factory=list)
    """Bad answers by kind, each with how often it was given."""
    mended: list[Callable[[], None]] = field(default_factory=list)
    """What puts right at the end of all trouble what a trouble may not have had the time for."""
    uneven: list[str] = field(default_factory=list)
    """What was wrong with the books when somebody looked at them in the middle of the day."""

    def __post_init__(self) -> None:
        self.dice = Random(f"{self.seed}:world")
        clock = ground.WallClock()
        self.loop = SimLoop(self.dice.uniform)
        self.set_clock = lambda ahead: clock.show(self.loop.micros + round(ahead * 1e6))
        here.set(Process("world", Machine("world", "127.0.9.9"), self.set_clock))
        ground.stand_on(self.loop.time, str(self.seed))
        self.network = Network(self.loop, self.dice)
        self.loop.join(self.network)
        asyncio.set_event_loop(self.loop)
        self.log = LogBook(self.loop.time)
        self.telegram = TelegramSandbox(seed=self.seed, check=self.seed % CHECKED == 0)
        self.updates = Jumbled(self.telegram.state.clock, self.dice.randrange(10**8, 9 * 10**8))
        self.telegram.state.updates = self.updates
        self.hidsim = HidSimSandbox(dialect=self.given.dialect, seed=self.seed, services=SERVICES, countries=COUNTRIES)
        self.disk = storage.Disk(self.dice.uniform)
        storage.take_the_place_of_threads(self.disk)

    async def begin(self) -> None:
        """Both far ends serve; nobody lives yet."""
        await self._serve(self.hidsim.app(), HIDSIM)
        await self._serve(self.telegram.app(), TELEGRAM)
        milestones.listen(self._reached)
        self.keepers = [self._keeper("bot", hears=True)]
        if self.given.processes > 1:
            self.keepers.append(self._keeper("second", hears=False))

    def _keeper(self, name: str, *, hears: bool) -> Keeper:
        return Keeper(
            name, self._settings(), self._pace(), BOT, self.dice, self.set_clock, self.tell, self._lock, hears=hears
        )

    def _lock(self, life: int) -> AbstractContextManager[ProcessLock | None]:
        """A file of its own for every life, because nobody releases what a dead one holds in this one real process."""
        if self.given.processes > 1:
            return nullcontext()
        return ProcessLock(self.folder / f"life-{life}")

    def _reached(self, milestone: str) -> None:
        self.milestones[milestone] += 1
        for keeper in self.keepers:
            if keeper.process is here.get():
                keeper.reached(milestone)

    async def _serve(self, app: web.Application, machine: Machine) -> None:
        process = Process(machine.name, machine, self.set_clock)

        async def serve() -> None:
            runner = web.AppRunner(app, access_log=None, handle_signals=False)
            await runner.setup()
            await web.TCPSite(runner, machine.address, 80).start()

        await process.start(serve(), "serve")

    def _settings(self) -> Settings:
        settings = {
            "bot_token": self.telegram.token,
            "telegram_api_url": f"http://{TELEGRAM.address}:80",
            "hidsim_api_url": f"http://{HIDSIM.address}:80",
            "hidsim_identifier": "demo@hidsim.example",
            "hidsim_password": "demo",
            "admin_ids": frozenset({ADMIN}),
            "access": "open",
            "database_url": f"sqlite+aiosqlite:///{self.folder}/bot.db",
            "unconfirmed_release_minutes": 1,
            **self.given.settings,
        }
        return Settings(**settings)

    def _pace(self) -> Pace:
        return Pace(ticks=TICKS, clock=self.loop.time, hidsim_purchases=15)

    @property
    def database(self) -> Path:
        return self.folder / "bot.db"

    # -- the story

    @property
    def now(self) -> float:
        return self.loop.time()

    def tell(self, said: str) -> None:
        self.told.append((self.now, said))

    def strike(self, trouble: str, said: str = "") -> None:
        """A trouble of this kind happens now."""
        self.met[trouble] += 1
        self.tell(f"*** {trouble}{': ' if said else ''}{said}")

    def ask(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """A look into the database from beside, also while the bot runs."""
        with closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True)) as connection:
            return connection.execute(query, values).fetchall()
