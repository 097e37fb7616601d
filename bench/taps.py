"""Taps a second of the bot, against a bare aiogram handler that makes the same two Bot API calls.

    python -m bench.taps [--rounds 5] [--taps 1000] [--profile FILE]

Both are real processes before the same far end; rounds alternate, and whoever is not measured is frozen. Screens: Home,
the services page and the price screen with two steppers, of many people, with the offers in memory.
"""

import argparse
import pstats
import sqlite3
import sys
import time
from contextlib import ExitStack, closing
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bench.children import PATIENCE, Child, ask, bare, bot, database, ready_made
from bot.domain.catalog import Sort
from bot.screens import origin
from bot.screens.callbacks import ToHome, ToPrice, ToServices

PEOPLE = 400
"""So many that nobody taps faster than the bot lets one person tap."""
_NEW_AT_ONCE = 50
LOW, STEPS = 100_000, (510_000, 505_000)


class Measured:
    """Rounds of one program: taps a second, and milliseconds of processor time a tap."""

    def __init__(self, url: str, child: Child, data: list[str]) -> None:
        self._url = url
        self._child = child
        self._data = data
        self._first = 0
        self.rates: list[float] = []
        self.costs: list[float] = []

    def warm(self) -> None:
        ask(self._url, "/bench/up", token=self._child.token)
        for _ in range(2 * PEOPLE // _NEW_AT_ONCE):  # each is written down at their first tap, and a disk may be slow
            self._round(_NEW_AT_ONCE)
        self._child.freeze()

    def measure(self, taps: int) -> None:
        self._child.thaw()
        before = self._child.cpu()
        self.rates.append(taps / self._round(taps))
        self.costs.append((self._child.cpu() - before) * 1000 / taps)
        self._child.freeze()

    def _round(self, taps: int) -> float:
        what = {"taps": taps, "people": PEOPLE, "first": self._first, "data": self._data, "patience": PATIENCE}
        self._first = (self._first + taps) % PEOPLE
        answer = ask(self._url, "/bench/round", token=self._child.token, **what)
        return float(answer["seconds"])

    @property
    def rate(self) -> float:
        return median(self.rates)

    @property
    def cost(self) -> float:
        return median(self.costs)


def screens(folder: Path) -> list[str]:
    """What the buttons of the screens hold, with the ids that this database gave to Telegram and Brazil."""
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        with closing(sqlite3.connect(f"file:{database(folder)}?mode=ro", uri=True)) as connection:
            service = connection.execute("SELECT id FROM services WHERE name = 'Telegram'").fetchone()
            country = connection.execute("SELECT id FROM countries WHERE name = 'Brazil'").fetchone()
        if service and country:
            via = origin.countries(Sort.CHEAPEST, 0, origin.services(0))
            prices = [ToPrice(service=service[0], country=country[0], low=LOW, high=high, via=via) for high in STEPS]
            return [screen.pack() for screen in (ToHome(), ToServices(number=0), *prices)]
        time.sleep(0.2)
    raise SystemExit("the bot never read its catalog")


def run(rounds: int, taps: int, profile: Path | None) -> tuple[Measured, Measured]:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="bench-taps-")))
        url = stack.enter_context(ready_made())
        shop = stack.enter_context(bot(url, folder, profile))
        ask(url, "/bench/up", token=shop.token)
        plain = Measured(url, stack.enter_context(bare(url)), ["h1"])
        ours = Measured(url, shop, screens(folder))
        ours.warm()
        plain.warm()
        for _ in range(rounds):
            plain.measure(taps)
            ours.measure(taps)
        return ours, plain


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--taps", type=int, default=1000, help="taps in a round")
    parser.add_argument("--profile", type=Path, help="profile the bot into this file, and show where its time goes")
    given = parser.parse_args()
    ours, plain = run(given.rounds, given.taps, given.profile.resolve() if given.profile else None)
    print(
        f"taps: bot {ours.rate:.0f}/s ({ours.cost:.2f} ms of CPU each), "
        f"bare aiogram {plain.rate:.0f}/s ({plain.cost:.2f} ms), "
        f"ratio {ours.rate / plain.rate:.2f} (medians of {given.rounds} rounds of {given.taps})"
    )
    if given.profile:
        pstats.Stats(str(given.profile)).sort_stats("tottime").print_stats(40)
    return 0


if __name__ == "__main__":
    sys.exit(main())
