"""The demo: the sandbox and the real bot against it, in one command. Needs no token, no account and no network."""

import asyncio
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

import bot
from bot.sandbox.bot_process import BotGaveUp, BotProcess
from bot.sandbox.gallery import screens
from bot.sandbox.server import SandboxServer
from bot.sandbox.shop_door import admit
from bot.sandbox.shop_settings import ShopSettings
from bot.settings import Settings

Out = Callable[[str], None]
BOT = (sys.executable, "-m", "bot", "run")
_LAST_LOOK = 2.5
"""Seconds in which an open page still hears why the demo ends: it asks every second."""
IDENTIFIER, PASSWORD = "demo@hidsim.example", "demo"


@dataclass(frozen=True)
class Options:
    """`data` None: a folder that is gone at the end. `command` starts the bot, with the settings of `shop`."""

    dialect: Literal["canonical", "variant"] = "canonical"
    port: int = 8080
    tour: bool = False
    data: Path | None = None
    shop: ShopSettings = field(default_factory=ShopSettings)
    command: Sequence[str] = BOT


async def run(options: Options, stop: asyncio.Event, out: Out) -> int:
    """Plays until `stop` is set, or to the end of the tour. Exit status: 0, or 1 when the bot or the tour failed."""
    with _folder(options.data) as folder:
        async with SandboxServer(dialect=options.dialect, port=options.port, gallery=screens) as server:
            given = environment(server, folder, options.shop)
            server.bot = BotProcess(options.command, given, out, folder=folder)
            server.telegram.state.bot.names[""] = options.shop.shop_name or "Demo bot"
            server.notes = tuple(options.shop.notes(*_admin_and_stranger(server)))
            _greet(server, options, out)
            return await _attend(server, server.bot, options, stop, out)


def environment(server: SandboxServer, folder: Path, shop: ShopSettings) -> dict[str, str]:
    """The caller's environment, but none of the bot's settings from it: the demo never meets a real account.

    The child works in `folder`, so that no `.env` is found either.
    """
    settings = {name.upper() for name in Settings.model_fields}
    inherited = {name: value for name, value in os.environ.items() if name.upper() not in settings}
    return {**inherited, **_settings(server, folder), **shop.environment(), "PYTHONPATH": _import_path(inherited)}


def _settings(server: SandboxServer, folder: Path) -> Mapping[str, str]:
    return {
        "BOT_TOKEN": server.token,
        "TELEGRAM_API_URL": server.telegram_url,
        "HIDSIM_API_URL": server.hidsim_url,
        "HIDSIM_IDENTIFIER": IDENTIFIER,
        "HIDSIM_PASSWORD": PASSWORD,
        "ADMIN_IDS": ",".join(str(person) for person in server.admin_ids),
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
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        yield data.resolve()
        return
    with TemporaryDirectory(prefix="hidsim-demo-") as name:
        yield Path(name)


def _admin_and_stranger(server: SandboxServer) -> tuple[str, str]:
    people = list(server.telegram.people)
    admin = next(one for one in people if one.is_admin)
    stranger = next(one for one in people if one.is_stranger)
    return admin.first_name, stranger.first_name


def _greet(server: SandboxServer, options: Options, out: Out) -> None:
    if server.port_was_taken:
        out(f"Port {options.port} is in use, so a free one was taken.")
    out(f"The chat: {server.url}/")
    out(f"All screens: {server.url}/gallery")
    if not options.tour:
        out("Telegram and HidSim are made of cardboard: nothing leaves this machine. Ctrl-C ends it.")
        for note in server.notes:
            out(note)


async def _attend(server: SandboxServer, process: BotProcess, options: Options, stop: asyncio.Event, out: Out) -> int:
    """Whichever ends first ends all: the bot (given up), the tour, or the person at the keyboard."""
    async with asyncio.TaskGroup() as group:
        life = group.create_task(_keep_alive(process, out))
        end = group.create_task(stop.wait())
        show = group.create_task(_play(server, options, out))
        await asyncio.wait({life, end, show} if options.tour else {life, end}, return_when=asyncio.FIRST_COMPLETED)
        gave_up, shown = life.done(), show.done() and show.result()
        if gave_up and server.telegram.state.events.watched:
            await asyncio.wait({end}, timeout=_LAST_LOOK)
        end.cancel()
        show.cancel()
        await process.stop()
    return 0 if shown and not gave_up else 1


async def _keep_alive(process: BotProcess, out: Out) -> None:
    try:
        await process.run()
    except BotGaveUp as error:
        out(str(error))


async def _play(server: SandboxServer, options: Options, out: Out) -> bool:
    """What happens by itself. Whether it held."""
    if options.shop.access != "open":
        await admit(server, out)
    if not options.tour:
        return True
    from bot.sandbox.tour import play  # the tour is only read when it is played

    good: bool = await play(server, out)
    return good
