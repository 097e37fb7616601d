"""Keeps a bot alive on its machine, as a system's supervisor would: what dies is started again on the same file."""

import asyncio
import traceback
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from random import Random

from bot.app import open_app
from bot.db.location import DatabaseUnusable
from bot.db.lock import ProcessLock
from bot.running import App, Pace, Stopped
from bot.settings import Settings
from tests.sim.process import Machine, Process

PAUSE = (0.2, 2.0)
"""Seconds from a death to the next life."""
Lock = Callable[[int], AbstractContextManager[ProcessLock | None]]
"""What a life of this number holds on the database."""


class Silence:
    """A source of updates for a process that hears nothing of Telegram, because another one does."""

    async def reach(self) -> bool:
        return False

    async def run(self) -> None:
        raise NotImplementedError


@dataclass
class Keeper:
    """`hears`: whether it is the process that asks Telegram for updates. `tell` hears what happens, for the story.

    `kills`: when it was killed, in the loop's time; `refused`: why it ended with a sentence for its operator.
    `faults`: how a life ended that nobody had ended.
    """

    name: str
    settings: Settings
    pace: Pace
    machine: Machine
    dice: Random
    set_clock: Callable[[float], None]
    tell: Callable[[str], None]
    lock: Lock
    hears: bool = True
    lives: list[Process] = field(default_factory=list)
    kills: list[float] = field(default_factory=list)
    stops: int = 0
    faults: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    app: App | None = None
    _kill_at: str | None = None
    _stopping: bool = False

    @property
    def process(self) -> Process:
        return self.lives[-1]

    @property
    def is_up(self) -> bool:
        return self.app is not None and not self.process.dead

    async def run(self) -> None:
        """Returns when the bot has ended after `stop`."""
        while not self._stopping:
            await self._live()
            if not self._stopping:
                await asyncio.sleep(self.dice.uniform(*PAUSE))

    async def _live(self) -> None:
        process = Process(f"{self.name}-{len(self.lives) + 1}", self.machine, self.set_clock)
        self.lives.append(process)
        self.tell(f"{self.name} starts, life {len(self.lives)}")
        dead = asyncio.Event()
        process.deaths.append(dead.set)
        life = process.start(self._life(len(self.lives)), "the bot")
        life.add_done_callback(lambda _: process.die())
        await dead.wait()
        self.app = None
        if not life.done():
            self.kills.append(asyncio.get_running_loop().time())
            self.tell(f"{self.name} is dead")

    async def _life(self, number: int) -> None:
        lock = self.lock(number)
        try:
            async with open_app(self.settings, self.pace, lock_of=lambda _: lock) as app:
                self.app = app
                if self._stopping:
                    app.stop()
                await (app.run() if self.hears else app.serve(Silence()))
        except (DatabaseUnusable, Stopped) as words:
            self.refused.append(type(words).__name__)
            self.tell(f"{self.name} ends, and says: {words}")
        except Exception as error:  # noqa: BLE001 - whatever ends the bot is the judge's to see
            self.faults.append(
                f"{self.name}, life {number} ended: {''.join(traceback.format_exception(error))[-1500:]}"
            )
        self.tell(f"{self.name} has ended")

    # -- what ends it

    def kill_at_step(self, steps: int) -> None:
        """After so many more callbacks, wherever that is."""
        self.process.dies_at_step = self.process.steps + steps

    def kill_at(self, milestone: str) -> None:
        """The next time that it is reached."""
        self._kill_at = milestone

    def reached(self, milestone: str) -> None:
        if milestone == self._kill_at and not self.process.dead:
            self._kill_at = None
            self.process.die()

    def restart(self) -> None:
        """SIGTERM: the bot drains and goes, and is started again."""
        if self.is_up and self.app is not None:
            self.stops += 1
            self.tell(f"{self.name} is asked to stop")
            self.app.stop()

    def calm(self) -> None:
        """Nobody kills it any more."""
        self._kill_at = self.process.dies_at_step = None

    def stop(self) -> None:
        """For good: `run` returns."""
        self._stopping = True
        if self.app is not None:
            self.app.stop()
