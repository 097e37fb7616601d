"""The bot beside the sandbox, in a process of its own, started again when it dies, as a system's supervisor would."""

import asyncio
import os
import signal
import sqlite3
from contextlib import closing
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from tests.crash import child
from tests.crash.world import World

ADMIN = 900


class Process:
    """One life of the bot. `ready` and `ended` are futures of this loop; `ready` may never come."""

    def __init__(self, life: child.Life) -> None:
        self._pipe, there = child.context().Pipe(duplex=False)
        self._process = child.start(life, there)
        there.close()
        loop = asyncio.get_running_loop()
        self.ready: asyncio.Future[None] = loop.create_future()
        self.ended: asyncio.Future[int] = loop.create_future()
        loop.add_reader(self._pipe.fileno(), self._said)
        loop.add_reader(self._process.sentinel, self._gone)

    @property
    def pid(self) -> int:
        assert self._process.pid is not None
        return self._process.pid

    def signal(self, sign: signal.Signals) -> None:
        if not self.ended.done():
            os.kill(self.pid, sign)

    def _said(self) -> None:
        asyncio.get_running_loop().remove_reader(self._pipe.fileno())
        if _heard(self._pipe):
            self.ready.set_result(None)

    def _gone(self) -> None:
        loop = asyncio.get_running_loop()
        loop.remove_reader(self._process.sentinel)
        loop.remove_reader(self._pipe.fileno())
        self._process.join()
        code = self._process.exitcode
        self._pipe.close()
        self._process.close()
        if not self.ended.done():
            self.ended.set_result(-1 if code is None else code)


def _heard(pipe: Connection) -> bool:
    try:
        return pipe.recv_bytes() == child.READY
    except EOFError:
        return False


@dataclass
class Keeper:
    """Keeps the bot alive until `stop`. Only its first life carries the kill; every death by SIGKILL is counted."""

    world: World
    folder: Path
    kill_at: tuple[str, int] | None = None
    mutant: str | None = None
    given: dict[str, Any] = field(default_factory=dict)
    pace: dict[str, Any] = field(default_factory=dict)
    lives: int = 0
    kills: int = 0
    process: Process | None = None
    _stopping: bool = False

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
        return child.Life(settings, self.world.clock, self.log, self.kill_at, self.mutant, self.pace)

    async def run(self) -> None:
        """Raises AssertionError when the bot ends in any other way than by SIGKILL, or by our stop with 0."""
        life = self.life()
        while (code := await self._live(life)) == -signal.SIGKILL:
            self.kills += 1
            life = replace(life, kill_at=None)
        if code or not self._stopping:
            raise AssertionError(f"the bot ended by itself with {code}:\n{self.told()}")

    async def _live(self, life: child.Life) -> int:
        process = self.process = Process(life)
        try:
            await asyncio.wait({process.ready, process.ended}, return_when=asyncio.FIRST_COMPLETED)
            if process.ready.done():
                self.lives += 1
                self.world.telegram.state.events.bell.ring()
            if self._stopping:
                process.signal(signal.SIGTERM)
            return await asyncio.shield(process.ended)
        finally:
            process.signal(signal.SIGKILL)

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
