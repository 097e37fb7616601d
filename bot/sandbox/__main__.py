"""`python -m bot.sandbox`: the bot in a browser, against a Telegram and a HidSim made of cardboard."""

import argparse
import asyncio
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from bot.domain.access import AccessMode, Billing
from bot.sandbox.demo import Options, run
from bot.sandbox.shop_settings import ShopSettings

_OURS = ShopSettings()


def parse(arguments: Sequence[str] | None, *, at_a_terminal: bool) -> Options:
    """Away from a terminal nobody could press Ctrl-C, so the tour is played, unless the demo is told to stay."""
    parser = argparse.ArgumentParser(prog="hidsim-bot demo", description=__doc__)
    parser.add_argument("--dialect", choices=("canonical", "variant"), default="canonical", help="how HidSim answers")
    parser.add_argument("--port", type=_port, default=8080, help="where the page is served; 0 takes a free one")
    parser.add_argument("--data", type=Path, help="keep the bot's database in this folder (default: nothing is kept)")
    shop = parser.add_argument_group("the bot's settings")
    shop.add_argument(
        "--access",
        type=str.lower,
        choices=[one.value for one in AccessMode],
        default=_OURS.access,
        help="whom it serves",
    )
    shop.add_argument(
        "--billing", type=str.lower, choices=[one.value for one in Billing], default=_OURS.billing, help="who pays"
    )
    shop.add_argument("--shop-name", default=_OURS.shop_name, help="what the shop is called")
    shop.add_argument("--contact", default=_OURS.contact, help="whom people ask: a @username or a web address")
    shop.add_argument("--markup", default=_OURS.markup_percent, help="what is added to HidSim's prices, in percent")
    ending = parser.add_mutually_exclusive_group()
    ending.add_argument("--tour", action="store_true", help="play the scripted tour, say what holds, and end")
    ending.add_argument("--stay", action="store_true", help="stay until stopped, also without a terminal")
    given = parser.parse_args(arguments)
    chosen = ShopSettings(given.access, given.billing, given.shop_name, given.contact, given.markup)
    if wrong := chosen.problems():
        parser.error("; ".join(wrong))
    tour = given.tour or not (given.stay or at_a_terminal)
    return Options(given.dialect, given.port, tour, given.data, chosen)


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port (0 to 65535)")
    return int(text)


async def _run(options: Options) -> int:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    return await run(options, stop, lambda line: print(line, flush=True))


def main(arguments: Sequence[str] | None = None) -> int:
    return asyncio.run(_run(parse(arguments, at_a_terminal=sys.stdout.isatty())))


if __name__ == "__main__":
    sys.exit(main())
