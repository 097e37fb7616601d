"""The commands. Each is a few lines over what it opens; errors that an operator can mend are said in one sentence."""

import argparse
import asyncio
import os
import signal
import sys
import time
from typing import NoReturn

from bot import logs, settings

_FRESH = 30
"""Seconds after which a bot that gave no sign of life is called stuck."""


def main() -> None:
    arguments, rest = _parser().parse_known_args()
    if rest and arguments.command != "demo":
        _parser().error(f"unknown argument: {rest[0]}")
    if arguments.command == "demo":
        _demo(rest)
    try:
        sys.exit(arguments.act(arguments))
    except settings.WrongSettings as wrong:
        _fail(str(wrong))
    except KeyboardInterrupt:
        sys.exit(130)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="hidsim-bot", description="A Telegram front end for HidSim's numbers.")
    commands = parser.add_subparsers(dest="command", required=True)
    for name, act, about in (
        ("run", _run, "run the bot (brings its database up to date first)"),
        ("check", _check, "try the read-only part of HidSim's contract; buys nothing"),
        ("migrate", _migrate, "bring the database up to date and stop"),
        ("books", _books, "check that the books add up and print every balance; exit 1 on a difference"),
        ("backup", _backup, "copy the database to FILE, also while the bot runs"),
        ("health", _health, "exit 0 if the bot on this database is alive"),
    ):
        command = commands.add_parser(name, help=about)
        command.set_defaults(act=act)
        if act is _backup:
            command.add_argument("file", metavar="FILE", help="a name that does not exist yet")
    demo = commands.add_parser("demo", add_help=False, help="everything at once on this machine, with a chat page")
    demo.set_defaults(act=None)
    return parser


def _fail(message: str) -> NoReturn:
    sys.exit("\n".join(f"hidsim-bot: {line}" for line in message.splitlines()))


def _run(_arguments: argparse.Namespace) -> int:
    given = settings.load()  # before the imports, which cost seconds: wrong settings are said at once

    from bot.db.database import SqliteTooOld
    from bot.db.lock import AlreadyRunning
    from bot.db.migrate import DatabaseIsNewer
    from bot.running import Stopped

    logs.configure(given.log_level, given.log_format)
    try:
        asyncio.run(_run_until_signal(given))
    except (AlreadyRunning, DatabaseIsNewer, SqliteTooOld, Stopped) as error:
        _fail(str(error))
    return 0


async def _run_until_signal(given: settings.Settings) -> None:
    from bot.app import open_app

    async with open_app(given) as app:
        loop = asyncio.get_running_loop()
        for sign in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(sign, _on_signal, app.stop)
        await app.run()


_signals: list[float] = []


def _on_signal(stop: object) -> None:
    """The first signal drains; a second one leaves at once (orders are safe: everything begun is written down)."""
    if _signals:
        os._exit(1)
    _signals.append(time.monotonic())
    stop()  # type: ignore[operator]


def _check(_arguments: argparse.Namespace) -> int:
    given = settings.load()
    logs.configure("ERROR", given.log_format)
    return asyncio.run(_print_check(given))


async def _print_check(given: settings.Settings) -> int:
    from bot.app import hidsim_config
    from bot.hidsim.contract_check import check_contract

    bad = 0
    async for line in check_contract(hidsim_config(given)):
        bad += line.verdict in ("missing", "failed")
        print(f"{line.verdict:9}  {line.name}: {line.detail}")
    return 1 if bad else 0


def _migrate(_arguments: argparse.Namespace) -> int:
    from bot.db.lock import AlreadyRunning
    from bot.db.migrate import DatabaseIsNewer

    given = settings.load()
    logs.configure(given.log_level, given.log_format)
    try:
        asyncio.run(_migrate_alone(given.database_url))
    except (AlreadyRunning, DatabaseIsNewer) as error:
        _fail(str(error))
    print("the database is up to date")
    return 0


async def _migrate_alone(url: str) -> None:
    from bot.db.database import Database, sqlite_file
    from bot.db.lock import ProcessLock
    from bot.db.migrate import migrate

    file = sqlite_file(url)
    if file is None:
        _fail("DATABASE_URL names no file")
    with ProcessLock(file):
        database = Database(url)
        try:
            await migrate(database)
        finally:
            await database.close()


def _books(_arguments: argparse.Namespace) -> int:
    return asyncio.run(_print_books(settings.load().database_url))


async def _print_books(url: str) -> int:
    from bot.db.database import Database, read_only, sqlite_file
    from bot.domain.money import to_decimal
    from bot.services.bookkeeping import check

    if (file := sqlite_file(url)) is None or not file.exists():
        _fail("there is no database yet: start the bot once")
    database = Database(read_only(file))
    try:
        async with database.read() as connection:
            found = await check(connection)
    finally:
        await database.close()
    for name, balance in found.balances.items():
        off = found.differences.get(name)
        print(f"{to_decimal(balance):>16} {name}" + (f"  off by {to_decimal(off)}" if off else ""))
    print(f"{to_decimal(found.total):>16} in all (must be 0)")
    print(f"{to_decimal(found.held):>16} held, orders in progress hold {to_decimal(found.holding)}")
    print("the books add up" if found.sound else "THE BOOKS DO NOT ADD UP")
    return 0 if found.sound else 1


def _backup(arguments: argparse.Namespace) -> int:
    from pathlib import Path

    from bot.db.backup import BackupRefused, backup
    from bot.db.database import sqlite_file

    file = sqlite_file(settings.load().database_url)
    if file is None:
        _fail("DATABASE_URL names no file")
    try:
        backup(file, Path(arguments.file))
    except BackupRefused as refused:
        _fail(str(refused))
    print(f"copied to {arguments.file}")
    return 0


def _health(_arguments: argparse.Namespace) -> int:
    from bot.db.database import sqlite_file
    from bot.db.lock import held_since

    file = sqlite_file(settings.load().database_url)
    since = None if file is None else held_since(file)
    if since is None:
        print("no bot runs on this database")
        return 1
    age = time.time() - since
    print(f"the bot's last sign of life is {age:.0f} s old")
    return 0 if age < _FRESH else 1


def _demo(arguments: list[str]) -> None:
    """The sandbox is a program of its own: nothing that runs in production imports it."""
    os.execv(sys.executable, [sys.executable, "-m", "bot.sandbox", *arguments])  # noqa: S606
