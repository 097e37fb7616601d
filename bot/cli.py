"""The way in: what was typed, and how a command ends. What an operator can mend is said in one sentence.

Nothing heavy is imported before it is needed: a mistake in the settings or a folder that can't be written is said
within half a second, the imports of a whole bot take several.
"""

import argparse
import os
import signal
import sys
from typing import Any, NoReturn


def main() -> None:
    signal.signal(signal.SIGINT, _leave)
    arguments, rest = _parser().parse_known_args()
    if rest and arguments.command != "demo":
        _parser().error(f"unknown argument: {rest[0]}")
    if arguments.command == "demo":
        _demo(rest)
    try:
        sys.exit(_act(arguments))
    except KeyboardInterrupt:
        sys.exit(130)


def _act(arguments: argparse.Namespace) -> int:
    """The command's own status; what an operator can mend ends here in a sentence."""
    try:
        from bot import commands
        from bot.db.location import DatabaseUnusable
        from bot.settings import WrongSettings

        try:
            return int(getattr(commands, arguments.command)(arguments))
        except (WrongSettings, DatabaseUnusable, commands.Failed) as said:
            _fail(str(said))
    except ModuleNotFoundError as missing:
        if str(missing.name).partition(".")[0] == "bot":
            raise
        _fail(
            f"the package {missing.name} is not installed for {sys.executable}: start the bot with make run, "
            "or install requirements/run.txt"
        )


def _leave(_signal: int, _frame: Any) -> NoReturn:
    """Ctrl-C while nothing has begun, in the seconds of the imports."""
    os._exit(130)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="hidsim-bot", description="A Telegram front end for HidSim's numbers.")
    parser.add_argument("--version", action=_Version, nargs=0, help="show the version and stop")
    commands = parser.add_subparsers(dest="command", required=True)
    for name, about in (
        ("run", "run the bot (brings its database up to date first)"),
        ("check", "try the read-only part of HidSim's contract; buys nothing"),
        ("migrate", "bring the database up to date and stop"),
        ("books", "check that the books add up and print every balance; exit 1 on a difference"),
        ("backup", "copy the database to FILE, also while the bot runs"),
        ("health", "exit 0 if the bot on this database is alive"),
    ):
        command = commands.add_parser(name, help=about)
        if name == "backup":
            command.add_argument("file", metavar="FILE", help="a name that does not exist yet")
    commands.add_parser("demo", add_help=False, help="everything at once on this machine, with a chat page")
    return parser


class _Version(argparse.Action):
    def __call__(self, parser: argparse.ArgumentParser, *_: Any) -> NoReturn:
        from bot.commands import version

        print(f"hidsim-bot {version()}")
        parser.exit()


def _fail(message: str) -> NoReturn:
    sys.exit("\n".join(f"hidsim-bot: {line}" for line in message.splitlines()))


def _demo(arguments: list[str]) -> None:
    """The sandbox is a program of its own: nothing that runs in production imports it."""
    os.execv(sys.executable, [sys.executable, "-m", "bot.sandbox", *arguments])  # noqa: S606
