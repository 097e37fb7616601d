"""The demo: the sandbox and the real bot against it, in one command. Needs no token, no account and no network."""

import asyncio
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

import bot
from bot.sandbox.bot_process import BotGaveUp, BotProcess
from bot.sandbox.server import SandboxServer
from bot.settings import Settings

Out = Callable[[str], None]
BOT = (sys.executable, "-m", "bot", "run")
IDENTIFIER, PASSWORD = "demo@hidsim.example", "demo"


@dataclass(frozen=True)
class Options:
    """`data` None: a folder that is gone at the end. `command` starts the bot."""

    dialect: Literal["canonical", "variant"] = "canonical"
    port: int = 8080
    tour: bool = False
    data: Path | None = None
    command: Sequence[str] = BOT


async def run(options: Options, stop: asyncio.Event, out: Out) -> int:
    """Plays until `stop` is set, or to the end of the tour. Exit status: 0, or 1 when the bot or the tour failed."""
    with _folder(options.data) as folder:
        async with SandboxServer(dialect=options.dialect, port=options.port, gallery=screens) as server:
            server.bot = BotProcess(options.command, environment(server, folder), out, folder=folder)
            _greet(server, options, out)
            return await _attend(server, server.bot, options.tour, stop, out)


def screens() -> Iterator[Mapping[str, Any]]:
    """Every screen in every language. The import takes seconds, so it waits until the screens are wanted."""
    from bot.i18n import Catalogs
    from bot.screens.gallery import as_json

    catalogs = Catalogs.load()
    for language in catalogs.languages:
        yield from as_json(catalogs.translator(language))


def environment(server: SandboxServer, folder: Path) -> dict[str, str]:
    """The caller's environment, but none of the bot's settings from it: the demo never meets a real account.

    The child works in `folder`, so that no `.env` is found either.
    """
    settings = {name.upper() for name in Settings.model_fields}
    inherited = {name: value for name, value in os.environ.items() if name.upper() not in settings}
    return {**inherited, **_settings(server, folder), "PYTHONPATH": _import_path(inherited)}


def _settings(server: SandboxServer, folder: Path) -> Mapping[str, str]:
    return {
        "BOT_TOKEN": server.token,
        "TELEGRAM_API_URL": server.telegram_url,
        "HIDSIM_API_URL": server.hidsim_url,
        "HIDSIM_IDENTIFIER": IDENTIFIER,
        "HIDSIM_PASSWORD": PASSWORD,
        "ADMIN_IDS": ",".join(str(person) for person in server.admin_ids),
        "ACCESS": "open",
        "DATABASE_URL": f"sqlite+aiosqlite:///{folder}/bot.db",
        "LOG_LEVEL": "WARNING",
        "STATUS_LISTEN": "",
    }


def _import_path(inherited: Mapping[str, str]) -> str:
    """The package may not be installed; the child, in another folder, still finds it."""
    here = str(Path(bot.__file__).resolve().parents[1])
    return os.pathsep.join(part for part in (here, inherited.get("PYTHONPATH", "")) if part)


@contextmanager
def _folder(data: Path | None) -> Iterator[Path]:
    if data is not None:
        data.mkdir(parents=True, exist_ok=True)
        yield data.resolve()
        return
    with TemporaryDirectory(prefix="hidsim-demo-") as name:
        yield Path(name)


def _greet(server: SandboxServer, options: Options, out: Out) -> None:
    if server.port_was_taken:
        out(f"Port {options.port} is in use, so a free one was taken.")
    out(f"The chat: {server.url}/")
    out(f"All screens: {server.url}/gallery")
    if not options.tour:
        out("Telegram and HidSim are made of cardboard: nothing leaves this machine. Ctrl-C ends it.")


async def _attend(server: SandboxServer, process: BotProcess, tour: bool, stop: asyncio.Event, out: Out) -> int:
    """Whichever ends first ends all: the bot (given up), the tour, or the person at the keyboard."""
    async with asyncio.TaskGroup() as group:
        life = group.create_task(_keep_alive(process, out))
        end = group.create_task(stop.wait())
        show = group.create_task(_play(server, out) if tour else asyncio.sleep(0, result=True))
        await asyncio.wait({life, end, show} if tour else {life, end}, return_when=asyncio.FIRST_COMPLETED)
        gave_up, shown = life.done(), show.done() and show.result()
        end.cancel()
        show.cancel()
        await process.stop()
    return 0 if shown and not gave_up else 1


async def _keep_alive(process: BotProcess, out: Out) -> None:
    try:
        await process.run()
    except BotGaveUp as error:
        out(str(error))


async def _play(server: SandboxServer, out: Out) -> bool:
    from bot.sandbox.tour import play  # the tour is only read when it is played

    good: bool = await play(server, out)
    return good
