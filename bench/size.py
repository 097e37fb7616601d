"""What live orders cost when nothing happens to them: a start with many, memory, and processor time of the ticks.

    python -m bench.size [--quick] [--pictures docs/performance]

The bot is `python -m bot run` with orders put into its database by SQL, before the far end of `bench.far`.
"""

import argparse
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from statistics import median

from bench.arrivals import Arrivals
from bench.children import ask, bare, end_in_order, ready_made
from bench.draw import lines
from bench.seats import Setting, seat
from bench.tables import table

QUIET = Setting(live=0, rate=100, replaces=False, oldest=600, arrivals=Arrivals(never=1, life=4000))
HELD_BACK = 2.0
"""Requests a second, one for each tick: what grows with the live orders is what ticks cost by themselves."""
MANY = 10_000
MIB = 2**20


def start(far: str, rounds: int) -> float:
    """Prints seconds to the first poll and memory; returns the bytes of a bare process."""
    plain = rss_of_bare(far)
    rows, empty = [], 0.0
    for live in (1, MANY):
        seen = [one_start(far, f"start-{live}-{number}", live) for number in range(rounds)]
        seconds, rss = median(one[0] for one in seen), median(one[1] for one in seen)
        over, empty = (seconds - empty, empty or seconds) if live > 1 else (0.0, seconds)
        an_order = (rss - 1.5 * plain) / live / 1024
        rows.append([f"{live:,}", f"{seconds:.1f}", f"{over:+.1f}", f"{rss / MIB:.0f}", f"{rss / plain:.2f}"])
        rows[-1].append(f"{an_order:.1f}" if live > 1 else "")
    print(f"\nA start with live orders (medians of {rounds}); a bare aiogram process takes {plain / MIB:.0f} MiB\n")
    print(
        table(
            ("live", "s to the first poll", "more than with 1", "MiB", "/ bare", "KB an order above 1.5 x bare"), rows
        )
    )
    return plain


def rss_of_bare(far: str) -> int:
    ask(far, "/bench/plain/make", **WORLD)
    with bare(f"{far}/w/plain") as child:
        ask(far, "/bench/plain/up")
        time.sleep(2)
        return child.rss()


WORLD = {
    "arrivals": {},
    "limit": 0,
    "shape": "none",
    "retry_after": None,
    "replaces": False,
    "live": [],
}


def one_start(far: str, name: str, live: int) -> tuple[float, int]:
    """(seconds from the command to the first poll, bytes of memory once it has polled for some seconds)."""
    with seat(far, name, "bot", replace(QUIET, live=live)) as one:
        first = one.first_poll()
        time.sleep(5)
        return first, one.rss()


def ticks(far: str, counts: Sequence[int], settle: float, seconds: float, pictures: Path | None) -> None:
    rows, costs = [], []
    for live in counts:
        setting = replace(QUIET, live=live, rate=HELD_BACK if live else 10)
        with seat(far, f"ticks-{live}", "bot", setting) as one:
            one.wait_until_it_hears()
            time.sleep(settle)
            one.open_window()
            time.sleep(seconds)
            seen = one.close_window(patience=0)
            costs.append(100 * seen.cpu / seen.seconds)
            rows.append([f"{live:,}", f"{seen.polls / seen.seconds:.1f}", f"{costs[-1]:.1f}", f"{one.rss() / MIB:.0f}"])
    print(f"\nProcessor time with R = {HELD_BACK:g}, {seconds:g} s after {settle:g} s\n")
    print(table(("live", "polls/s", "% of a core", "MiB"), rows))
    if pictures is not None:
        title = f"Processor time that live orders cost by themselves, R = {HELD_BACK:g}"
        lines(pictures / "idle-cpu.png", title, counts, {"bot": costs}, "live orders", "% of a core")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="one round and short windows: figures are rough")
    parser.add_argument("--pictures", type=Path, help="the folder for PNGs; needs matplotlib")
    given = parser.parse_args()
    end_in_order()
    rounds, settle, seconds = (1, 6.0, 6.0) if given.quick else (2, 8.0, 20.0)
    counts = (0, MANY) if given.quick else (0, 100, 1000, MANY)
    with ready_made("bench.far") as far:
        start(far, rounds)
        ticks(far, counts, settle, seconds, None if given.quick else given.pictures)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
