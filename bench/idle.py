"""Processor time of the bot with nothing to do: no taps, no live orders.

python -m bench.idle [--seconds 30]
"""

import argparse
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.children import Child, ask, bot, ready_made
from bench.taps import screens

_SETTLES = 5.0
"""Seconds until what a start goes on with behind is done."""


def share(child: Child, seconds: float) -> float:
    """Of one core, over so many seconds from now on."""
    before, began = child.cpu(), time.monotonic()
    time.sleep(seconds)
    return (child.cpu() - before) / (time.monotonic() - began)


def run(seconds: float) -> float:
    """The share of a bot on a new database that has read its catalog."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="bench-idle-")))
        url = stack.enter_context(ready_made())
        shop = stack.enter_context(bot(url, folder))
        ask(url, "/bench/up", token=shop.token)
        screens(folder)
        time.sleep(_SETTLES)
        return share(shop, seconds)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=30)
    given = parser.parse_args()
    print(f"idle: {100 * run(given.seconds):.2f} % of a core over {given.seconds:g} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
