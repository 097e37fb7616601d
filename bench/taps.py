"""Taps a second of the bot, against a bare aiogram handler that makes the same two Bot API calls.

    python -m bench.taps [--rounds 5] [--taps 1000] [--profile FILE]
    python -m bench.taps --orders 1000 [--rate 50] [--seconds 20]

Both are real processes before the same far end; rounds alternate, and whoever is not measured is frozen. Screens: Home,
the services page and the price screen with two steppers, of many people, with the offers in memory.

With `--orders`: how long a tap waits for its answer and its screen, at a steady rate, while so many live orders are
asked about 100 times a second at most, beside the same bot without orders.
"""

import argparse
import pstats
import sqlite3
import sys
import time
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from bench import live
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

    def thaw(self) -> None:
        self._child.thaw()

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


@dataclass(frozen=True, slots=True)
class Waits:
    """Milliseconds from a tap to its answer and its screen."""

    median: float
    p99: float

    @classmethod
    def of(cls, answer: dict[str, Any]) -> "Waits":
        if answer["unanswered"]:
            raise SystemExit(f"{answer['unanswered']} taps were never answered")
        waits = sorted(seconds * 1000 for seconds in answer["waits"])
        return cls(median(waits), waits[len(waits) * 99 // 100])


def beside_orders(orders: int, rate: int, seconds: int) -> tuple[Waits, Waits]:
    """Waits without live orders, and of the same bot with so many that it asks about all the time."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="bench-taps-")))
        url = stack.enter_context(ready_made())
        without = _waits(url, folder, rate, seconds)
        live.place(url, database(folder), orders)
        return without, _waits(url, folder, rate, seconds)


def _waits(url: str, folder: Path, rate: int, seconds: int) -> Waits:
    with bot(url, folder) as shop:
        ask(url, "/bench/up", token=shop.token)
        ours = Measured(url, shop, screens(folder))
        ours.warm()
        ours.thaw()
        what = {"taps": rate * seconds, "rate": rate, "people": PEOPLE, "data": screens(folder), "patience": PATIENCE}
        return Waits.of(ask(url, "/bench/steady", token=shop.token, **what))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--taps", type=int, default=1000, help="taps in a round")
    parser.add_argument("--profile", type=Path, help="profile the bot into this file, and show where its time goes")
    parser.add_argument("--orders", type=int, help="how long taps wait while so many live orders are asked about")
    parser.add_argument("--rate", type=int, default=50, help="taps a second beside live orders")
    parser.add_argument("--seconds", type=int, default=20, help="of taps beside live orders, and as long without any")
    given = parser.parse_args()
    if given.orders:
        without, beside = beside_orders(given.orders, given.rate, given.seconds)
        print(
            f"taps: at {given.rate}/s p99 {beside.p99:.0f} ms (median {beside.median:.0f}) beside {given.orders} live "
            f"orders, {without.p99:.0f} ms ({without.median:.0f}) without, ratio {beside.p99 / without.p99:.2f}"
        )
        return 0
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
