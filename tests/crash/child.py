"""The bot as a real process that ends itself at a named moment.

A child is forked from a server that has imported the bot already (about 4 s of imports), so it is there in
milliseconds, and is a process like any other all the same: its own loop, its own connections, its own lock on the
database. SIGKILL leaves of it what was committed, and nothing else.
"""

import asyncio
import multiprocessing
import os
import signal
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path
from typing import Any

from bot import cli, logs, milestones
from bot.app import open_app
from bot.running import App
from bot.settings import Settings
from bot.tasks import Nursery
from tests.crash import mutants
from tests.crash.clock import WrongClock
from tests.journeys.shop import QUICK

TICKS = {"poll": 0.05, "push": 0.05, "redraw": 0.1, "close": 0.1, "catalog": 1.0, "unconfirmed": 0.2, "overdue": 0.5}
PACE = replace(QUICK, ticks=TICKS, hidsim_reads=2.0, hidsim_purchases=2.0)
READY = b"ready"


@dataclass(frozen=True, slots=True)
class Life:
    """What a child is born with. `kill_at`: the milestone, and at which time it is reached; None: it lives on.

    `sign` is the signal that it sends itself there.

    `mutant` names a deliberate bug of `mutants`; `pace` replaces fields of PACE.
    """

    settings: dict[str, Any]
    now: WrongClock
    log: Path
    kill_at: tuple[str, int] | None = None
    sign: signal.Signals = signal.SIGKILL
    mutant: str | None = None
    pace: dict[str, Any] = field(default_factory=dict)


def context() -> ForkServerContext:
    found = multiprocessing.get_context("forkserver")
    found.set_forkserver_preload([__name__])
    return found


def start(life: Life, ready: Connection) -> ForkServerProcess:
    """`ready` hears READY when the bot is up. The process is the caller's to wait for."""
    process = context().Process(target=live, args=(life, ready), daemon=True)
    process.start()
    return process


def start_command(environment: dict[str, str], log: Path) -> ForkServerProcess:
    """`hidsim-bot run` as it is: settings from the environment, its own tempo, its own handling of signals."""
    process = context().Process(target=command, args=(environment, log), daemon=True)
    process.start()
    return process


def command(environment: dict[str, str], log: Path) -> None:
    _speak_into(log)
    os.chdir(log.parent)
    os.environ.update(environment)
    sys.argv = ["hidsim-bot", "run"]
    cli.main()


def live(life: Life, ready: Connection) -> None:
    """The child's whole life. Everything that it says goes to `life.log`."""
    _speak_into(life.log)
    if life.mutant is not None:
        mutants.MUTANTS[life.mutant]()
    if life.kill_at is not None:
        milestones.listen(_end_at(*life.kill_at, life.sign))
    asyncio.run(_work(life, ready))


_imported_in = os.getpid()


def imported_before(answer: Connection) -> None:
    """Tells whether this process found the bot imported: then it took milliseconds to start."""
    answer.send(_imported_in != os.getpid())


def _speak_into(log: Path) -> None:
    with log.open("ab") as file:
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
    sys.stderr = os.fdopen(2, "w", buffering=1, closefd=False)
    logs.configure("WARNING", "json")


def _end_at(name: str, time: int, sign: signal.Signals) -> Callable[[str], None]:
    reached: Counter[str] = Counter()

    def listener(moment: str) -> None:
        reached[moment] += 1
        if moment == name and reached[moment] == time:
            os.kill(os.getpid(), sign)

    return listener


async def _work(life: Life, ready: Connection) -> None:
    settings = Settings(**life.settings)
    async with open_app(settings, replace(PACE, **life.pace, clock=life.now.monotonic), life.now) as app:
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, app.stop)
        nursery = Nursery()
        nursery.start(_say_ready(app, ready), "ready")
        await app.run()
        await nursery.drain(0)


async def _say_ready(app: App, ready: Connection) -> None:
    await app.ready.wait()
    ready.send_bytes(READY)
