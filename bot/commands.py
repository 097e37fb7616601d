"""What each command does: a few lines over what it opens. A function is named like its command.

Nothing heavy is imported before it is needed: a mistake in the settings or a folder that can't be written is said
within half a second, the imports of a whole bot take several.
"""

import argparse
import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from bot.settings import Found, Settings

_FRESH = 30
"""Seconds after which a bot that gave no sign of life is called stuck."""


class Failed(Exception):
    """The command can't do its work. Its message is for the operator."""


def version() -> str:
    from bot.services.desk.versions import own_version

    return own_version()


def run(_arguments: argparse.Namespace) -> int:
    from bot import logs, settings

    found = settings.look()
    logs.configure(found.settings.log_level, found.settings.log_format)
    _announce(found)
    _look_at(found.settings.database_url)

    import asyncio

    import bot.app  # noqa: F401 - seconds, in which a signal still ends the process at once
    from bot.running import Stopped

    try:
        return asyncio.run(_run_until_signal(found.settings))
    except Stopped as error:
        raise Failed(_with_doubts(str(error), found)) from None


def _with_doubts(message: str, found: "Found") -> str:
    """With what may be wrong with the settings that the message names."""
    return "\n".join([message, *(doubt.sentence for doubt in found.doubts if doubt.name in message)])


def _announce(found: "Found") -> None:
    """The first lines of the log: what starts, whom it will talk to and on what, and what looks like a mistake."""
    import structlog

    from bot.settings.proxies import address

    given: Settings = found.settings
    log = structlog.get_logger("bot")
    ways = {"hidsim_api": given.hidsim_api_url, "telegram_api": given.telegram_api_url}
    log.info("starting…", version=version(), **ways, database=str(_file(given.database_url).absolute()))
    for name, url in ways.items():
        if proxy := given.proxy_for(url):
            log.info("a proxy is used", service=name, proxy=address(proxy))
    for note in found.notes:
        log.warning(note)


def _look_at(url: str) -> None:
    """What can be said of the database before the imports; whoever opens it looks again."""
    from bot.db.lock import ProcessLock

    with ProcessLock(_file(url)):
        return


async def _run_until_signal(given: "Settings") -> int:
    import asyncio
    import gc

    from bot.app import open_app
    from bot.db.database import usable
    from bot.faults import DatabaseFault

    loop, opening = asyncio.get_running_loop(), asyncio.current_task()
    assert opening is not None  # noqa: S101
    for sign in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(sign, opening.cancel)
    try:
        async with open_app(given) as app:
            gc.freeze()  # what was imported stays for ever: looking through it for garbage stops every tap for 0.3 s
            for sign in (signal.SIGTERM, signal.SIGINT):
                loop.add_signal_handler(sign, _on_signal, app.stop)
            await app.run()
    except asyncio.CancelledError:
        return 130  # a signal while it was being opened
    except DatabaseFault as fault:  # only the first look at what a dead process left lets one pass
        with usable(_file(given.database_url)):
            raise fault from None
    return 0


_signals: list[float] = []


def _on_signal(stop: Any) -> None:
    """The first signal drains; a second one leaves at once (orders are safe: everything begun is written down)."""
    import time

    if _signals:
        os._exit(1)
    _signals.append(time.monotonic())
    stop()


def check(_arguments: argparse.Namespace) -> int:
    import asyncio

    from bot import logs, settings

    found = settings.look()
    logs.configure("ERROR", found.settings.log_format)
    for note in found.notes:
        print(f"hidsim-bot: {note}", file=sys.stderr)
    return asyncio.run(_print_check(found))


async def _print_check(found: "Found") -> int:
    from bot.hidsim.contract_check import check_contract
    from bot.settings.partner import advice, hidsim_config, said

    bad = 0
    async for line in check_contract(hidsim_config(found.settings)):
        bad += line.verdict in ("missing", "failed")
        print(f"{line.verdict:9}  {line.name}: {said(line)}")
        for sentence in advice(line, found):
            print(f"{'':9}  {sentence}")
    if not bad:
        await _print_what_is_denied(found)
    return 1 if bad else 0


async def _print_what_is_denied(found: "Found") -> None:
    """How much of HidSim's lists the settings deny, and entries that deny nothing; not a word where they are empty."""
    from bot.app import partner_of
    from bot.domain.no_answer import NotDone
    from bot.i18n import service_aliases
    from bot.services.shop.denial import Denial, denied, listed, told

    denial = Denial(found.settings.denied_services, found.settings.hidden_countries)
    if not denial:
        return
    try:
        async with partner_of(found.settings) as partner:
            everything = listed(await partner.services(), await partner.countries())
    except NotDone as error:
        print(f"{'failed':9}  what is denied: {error.why}")
        return
    out = denied(everything, denial, service_aliases())
    services, countries = len(everything.services), len(everything.countries)
    print(f"{'denied':9}  {len(out.services)} of {services} services, {len(out.countries)} of {countries} countries")
    for sentence in told(out, denial, most=len(denial.services) + len(denial.countries)):
        print(f"{'':9}  {sentence}")


def migrate(_arguments: argparse.Namespace) -> int:
    import asyncio

    from bot import logs, settings

    url = settings.database_url()
    _look_at(url)
    logs.configure("INFO", "console")
    asyncio.run(_migrate_alone(url))
    print("the database is up to date")
    return 0


async def _migrate_alone(url: str) -> None:
    from bot.db.database import Database
    from bot.db.lock import ProcessLock
    from bot.db.migrate import migrate

    with ProcessLock(_file(url)):
        database = Database(url)
        try:
            await migrate(database)
        finally:
            await database.close()


def books(_arguments: argparse.Namespace) -> int:
    import asyncio

    from bot import settings
    from bot.db.location import must_be_there

    file = must_be_there(_file(settings.database_url()))
    return asyncio.run(_print_books(file))


async def _print_books(file: Path) -> int:
    from bot.db.database import Database, read_only, usable
    from bot.domain.money import to_decimal
    from bot.services.safety.book_check import check

    database = Database(read_only(file), beside=True)
    try:
        with usable(file):
            async with database.read() as tx:
                found = await check(tx)
    finally:
        await database.close()
    for name, balance in found.balances.items():
        off = found.differences.get(name)
        print(f"{to_decimal(balance):>16} {name}" + (f"  off by {to_decimal(off)}" if off else ""))
    print(f"{to_decimal(found.total):>16} in all (must be 0)")
    print(f"{to_decimal(found.held):>16} held, orders in progress hold {to_decimal(found.holding)}")
    print("the books add up" if found.sound else "THE BOOKS DO NOT ADD UP")
    return 0 if found.sound else 1


def backup(arguments: argparse.Namespace) -> int:
    from bot import settings
    from bot.db.backup import BackupRefused, backup

    for sign in (signal.SIGINT, signal.SIGTERM):
        signal.signal(sign, _interrupt)  # nothing half-done may stay behind
    try:
        backup(_file(settings.database_url()), Path(arguments.file))
    except BackupRefused as refused:
        raise Failed(str(refused)) from None
    print(f"copied to {arguments.file}")
    return 0


def _interrupt(_signal: int, _frame: Any) -> NoReturn:
    raise KeyboardInterrupt


def health(_arguments: argparse.Namespace) -> int:
    from bot import settings
    from bot.db.lock import life

    file = _file(settings.database_url())
    found = life(file)
    if found is None:
        print(f"no bot runs on this database ({file.absolute()})")
        return 1
    if found.age is None:
        print(f"a bot works on {file}, under another name of this file: ask for its health by that name")
        return 1
    print(f"the bot's last sign of life is {found.age:.0f} s old")
    return 0 if found.age < _FRESH else 1


def _file(url: str) -> Path:
    from bot.db.location import sqlite_file

    file = sqlite_file(url)
    if file is None:
        raise Failed("DATABASE_URL names no file")
    return file
