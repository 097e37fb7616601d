"""The bot beside the sandbox, in a process of its own, started again when it dies, as a system's supervisor would."""

import asyncio
import os
import signal
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any

from tests.crash import child
from tests.crash.clock import WrongClock
from tests.crash.world import World

ADMIN = 900


class Process:
    """A child of ours. `ended` is a future of this loop: its exit code, negative for a signal."""

    def __init__(self, process: ForkServerProcess) -> None:
        self._process = process
        assert process.pid is not None
        self.pid = process.pid
        self.ended: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        asyncio.get_running_loop().add_reader(process.sentinel, self._gone)

    def signal(self, sign: signal.Signals) -> None:
        if not self.ended.done():
            os.kill(self.pid, sign)

    def _gone(self) -> None:
        asyncio.get_running_loop().remove_reader(self._process.sentinel)
        self._process.join()
        code = self._process.exitcode
        self._process.close()
        if not self.ended.done():
            self.ended.set_result(-1 if code is None else code)


class Living(Process):
    """One life of the bot. `ready` may never come."""

    def __init__(self, life: child.Life) -> None:
        self._pipe, there = child.context().Pipe(duplex=False)
        super().__init__(child.start(life, there))
        there.close()
        self.ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        asyncio.get_running_loop().add_reader(self._pipe.fileno(), self._said)

    def _said(self) -> None:
        asyncio.get_running_loop().remove_reader(self._pipe.fileno())
        if _heard(self._pipe):
            self.ready.set_result(None)
        self._pipe.close()


def _heard(pipe: Connection) -> bool:
    try:
        return pipe.recv_bytes() == child.READY
    except EOFError:
        return False


@dataclass
class Keeper:
    """Keeps the bot alive until `stop`. Only its first life carries the kill. Deaths and stops are counted.

    `killed_before`: where a life before that one is killed, so that the next one finds something to take over.
    """

    world: World
    folder: Path
    kill_at: tuple[str, int] | None = None
    sign: signal.Signals = signal.SIGKILL
    mutant: str | None = None
    killed_before: tuple[str, int] | None = None
    given: dict[str, Any] = field(default_factory=dict)
    pace: dict[str, Any] = field(default_factory=dict)
    lives: int = 0
    kills: int = 0
    stops: int = 0
    process: Living | None = None
    clock: WrongClock = field(init=False)
    _stopping: bool = False

    def __post_init__(self) -> None:
        self.clock = WrongClock(self.world.clock)

    @property
    def database(self) -> Path:
        return self.folder / "bot.db"

    @property
    def log(self) -> Path:
        return self.folder / "bot.log"

    @property
    def pid(self) -> int:
        assert self.process is not None
        return self.process.pid

    def life(self) -> child.Life:
        settings = {
            "bot_token": self.world.token,
            "telegram_api_url": self.world.telegram_url,
            "hidsim_api_url": self.world.hidsim_url,
            "hidsim_identifier": "demo@hidsim.example",
            "hidsim_password": "demo",
            "hidsim_rate_per_second": 500,
            "admin_ids": frozenset({ADMIN}),
            "access": "open",
            "unknowns_before_pause": 100,
            "database_url": f"sqlite+aiosqlite:///{self.database}",
            **self.given,
        }
        return child.Life(settings, self.clock, self.log, self.kill_at, self.sign, self.mutant, self.pace)

    async def run(self) -> None:
        """Raises AssertionError when the bot ends in any other way than by a signal that was ordered."""
        lives = self._lives()
        while True:
            life = next(lives)
            code = await self._live(life)
            if code == -signal.SIGKILL:
                self.kills += 1
            elif code == 0 and self._stopping:
                return
            elif code == 0 and life.kill_at is not None and life.sign is signal.SIGTERM:
                self.stops += 1
            else:
                raise AssertionError(f"the bot ended by itself with {code}:\n{self.told()}")

    def _lives(self) -> Iterator[child.Life]:
        life = self.life()
        if self.killed_before is not None:
            yield replace(life, kill_at=self.killed_before, sign=signal.SIGKILL)
        yield life
        while True:
            yield replace(life, kill_at=None)

    async def _live(self, life: child.Life) -> int:
        living = self.process = Living(life)
        both: list[asyncio.Future[Any]] = [living.ready, living.ended]
        try:
            await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
            if living.ready.done():
                self.lives += 1
                self._ring()
            if self._stopping:
                living.signal(signal.SIGTERM)
            return await asyncio.shield(living.ended)
        finally:
            living.signal(signal.SIGKILL)

    def _ring(self) -> None:
        """Wakes everybody who looks at a screen."""
        self.world.telegram.state.events.bell.ring()

    async def up(self) -> None:
        """Until the bot is up for the first time. How long that takes says nothing of it."""
        assert await self.world.telegram.state.events.bell.wait_for(lambda: self.lives > 0, 120), self.told()

    def stop(self) -> None:
        """SIGTERM: the bot drains and goes, and `run` returns."""
        self._stopping = True
        if self.process is not None and self.process.ready.done():
            self.process.signal(signal.SIGTERM)

    def ask(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """A look into the database from beside, also while the bot runs."""
        with closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True)) as connection:
            return connection.execute(query, values).fetchall()

    def told(self) -> str:
        return self.log.read_text(errors="replace")[-6000:] if self.log.exists() else "(no log)"
