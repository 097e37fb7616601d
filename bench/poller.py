"""How long after HidSim knows a code its message leaves, and what a poll costs: the bot beside a naive one.

    python -m bench.poller [--quick] [--only small,load,many,wave,cost,most] [--pictures docs/performance]

Real processes before far ends in another one, each bot in a world of its own; what is measured is measured there.
"""

import argparse
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import fmean, median

from bench.arrivals import Arrivals, quantile
from bench.children import end_in_order, ready_made
from bench.draw import lines
from bench.seats import Seat, Seen, Setting, Who, seat
from bench.tables import table

SMALL = Setting(live=45, rate=10, limit=12, bought=True)
MANY = Setting(live=1000, rate=190, limit=200)
SILENT = Setting(live=60, rate=100, replaces=False, oldest=600, arrivals=Arrivals(never=1, life=4000))
LOADS = (15, 45, 90, 180)
BOTH: tuple[Who, ...] = ("bot", "naive")


@dataclass(frozen=True)
class Lengths:
    """Seconds of a window of each stage; `runs` of the first one, R of `many`, live orders of `cost`."""

    runs: int = 3
    small: float = 90
    load: float = 45
    many: float = 20
    settle: float = 8
    cost: float = 12
    rates: tuple[int, ...] = (190, 400)
    lives: tuple[int, ...] = (60, 300)


QUICK = Lengths(runs=1, small=35, many=12, settle=6, cost=6, rates=(190,), lives=(60,))
IN_QUICK = "small,many,cost"
Named = tuple[str, Who, Setting]


def at_once(far: str, wanted: Sequence[Named], seconds: float) -> dict[str, Seen]:
    """All of them at the same time, so that none has a better machine; what they ask for must leave it half idle."""
    with ExitStack() as stack, ThreadPoolExecutor(len(wanted)) as threads:
        seats = {name: stack.enter_context(seat(far, name, who, setting)) for name, who, setting in wanted}
        list(threads.map(lambda one: one.wait_until_it_hears(), seats.values()))
        list(threads.map(lambda one: one.begin(), seats.values()))
        time.sleep(seconds)
        return dict(zip(seats, threads.map(lambda one: one.close_window(), seats.values()), strict=True))


def alone(far: str, wanted: Named, seconds: float, settle: float, core: int | None = None, probe: bool = False) -> Seen:
    """One with the machine to itself, after `settle` seconds."""
    name, who, setting = wanted
    with seat(far, name, who, setting, core) as one:
        if who != "bare":
            one.wait_until_it_hears()
        time.sleep(settle if who != "bare" else 2)
        one.open_window()
        ends = time.monotonic() + seconds
        while time.monotonic() < ends:
            if probe:
                one.probe()
            time.sleep(0.5)
        seen = one.close_window(patience=10)
        seen.figures = one.figures()
        return seen


DELAYS = ("codes", "mean s", "p50", "p95", "p99", "not told", "requests/s", "429", "errors")


def delays(seen: Seen) -> list[str]:
    """The columns of DELAYS."""
    points = [quantile(seen.delays, share) for share in (0.5, 0.95, 0.99)]
    mean = fmean(seen.delays) if seen.delays else float("nan")
    return [
        str(len(seen.delays)),
        *(f"{one:.2f}" for one in (mean, *points)),
        str(seen.untold),
        f"{seen.requests / seen.seconds:.1f}",
        f"{seen.refused:.1%}",
        str(seen.errors.total()),
    ]


def show(head: Sequence[str], rows: Sequence[Sequence[str]], seen: Iterable[Seen]) -> None:
    """The table, and below it what the programs logged most often."""
    print(table(head, rows))
    logged = sum((one.errors for one in seen), Counter[str]())
    for line, times in logged.most_common(3):
        print(f"\n{times} x {line[:200]}")


def small(far: str, lengths: Lengths, _pictures: Path | None) -> None:
    wanted: list[Named] = []
    for run in range(1, lengths.runs + 1):
        for typical in (18, 40):
            setting = replace(SMALL, arrivals=Arrivals(median=typical, seed=run))
            wanted += [(f"small-{typical:g}-{run}-{who}", who, setting) for who in BOTH]
    found = at_once(far, wanted, lengths.small)
    rows = [
        [f"{setting.arrivals.median:g}", who, str(setting.arrivals.seed), *delays(found[name])]
        for name, who, setting in sorted(wanted, key=lambda one: (one[2].arrivals.median, one[1], one[0]))
    ]
    print(f"\n45 live orders, R = 10 set, 12 in any second enforced, fresh processes, {lengths.small:g} s\n")
    show(("median s", "who", "run", *DELAYS), rows, found.values())


def load(far: str, lengths: Lengths, pictures: Path | None) -> None:
    wanted: list[Named] = [(f"load-{live}-{who}", who, replace(SMALL, live=live)) for live in LOADS for who in BOTH]
    found = at_once(far, wanted, lengths.load)
    rows = [[str(setting.live), who, *delays(found[name])] for name, who, setting in wanted]
    print(f"\nDelay over load: R = 10 set, 12 in any second enforced, median 18 s, {lengths.load:g} s\n")
    show(("live", "who", *DELAYS), rows, found.values())
    if pictures is not None:
        means: dict[str, Sequence[float]] = {
            who: [fmean(found[f"load-{live}-{who}"].delays) for live in LOADS] for who in BOTH
        }
        title = "Delay over load: R = 10, 12 in any second enforced, median 18 s"
        lines(pictures / "delay-over-load.png", title, LOADS, means, "live orders", "mean delay, s")


def many(far: str, lengths: Lengths, _pictures: Path | None) -> None:
    print(f"\n1,000 live orders as a shop has them, 200 in any second enforced, {lengths.many:g} s\n")
    pressed(far, "many", [replace(MANY, rate=rate) for rate in lengths.rates], lengths)


def wave(far: str, lengths: Lengths, _pictures: Path | None) -> None:
    print(f"\n1,000 numbers that have just come, median 40 s, 200 in any second enforced, {lengths.many:g} s\n")
    pressed(
        far,
        "wave",
        [replace(MANY, replaces=False, oldest=0.001, arrivals=Arrivals(median=40))],
        replace(lengths, settle=2),
    )


def pressed(far: str, stage: str, settings: Sequence[Setting], lengths: Lengths) -> None:
    """The bot and the naive one, each alone."""
    rows, all_seen = [], []
    for setting in settings:
        for who in BOTH:
            name = f"{stage}-{setting.rate:g}-{who}"
            seen = alone(far, (name, who, setting), lengths.many, lengths.settle, probe=who == "bot")
            all_seen.append(seen)
            a_code = seen.requests / max(1, len(seen.delays))
            lag = [f"{f(seen.probes) * 1000:.0f}" if seen.probes else "" for f in (median, max)]
            rows.append([f"{setting.rate:g}", who, *delays(seen), f"{a_code:.0f}", f"{seen.cpu_of_a_poll:.2f}", *lag])
            rows[-1].append(", ".join(f"{name} {value}" for name, value in seen.figures.items() if "lag" in name))
    more = ("requests a code", "ms CPU a poll", "tap ms, median", "slowest", "loop lag")
    show(("R", "who", *DELAYS, *more), rows, all_seen)


def cost(far: str, lengths: Lengths, _pictures: Path | None) -> None:
    rows = []
    for live in lengths.lives:
        setting = replace(SILENT, live=live)
        with seat(far, f"cost-{live}-bot", "bot", setting) as ours:
            ours.wait_until_it_hears()
            time.sleep(2 * lengths.settle)  # the first answer about an order may have something to write
            (alike,) = windows([ours], 4)
            rate = max(1.0, round(alike.polls / alike.seconds, 1))
            with seat(far, f"cost-{live}-bare", "bare", replace(setting, rate=rate)) as bare:
                time.sleep(2)
                rounds = [windows([ours, bare], lengths.cost / 3) for _ in range(3)]
        ratios = [bot.cpu_of_a_poll / plain.cpu_of_a_poll for bot, plain in rounds]
        rates, costs = zip(*(middle(seen) for seen in zip(*rounds, strict=True)), strict=True)
        rows.append(
            [str(live), *(f"{one:.1f}" for one in rates), *(f"{one:.2f}" for one in costs), f"{median(ratios):.1f}"]
        )
    print(f"\nCPU of a poll that brings nothing, R = 100, beside a GET and its JSON; of 3 x {lengths.cost / 3:.0f} s\n")
    print(table(("live", "polls/s", "bare polls/s", "ms CPU a poll", "bare ms", "ratio"), rows))


def windows(seats: Sequence[Seat], seconds: float) -> list[Seen]:
    """One window of all of them."""
    for one in seats:
        one.open_window()
    time.sleep(seconds)
    return [one.close_window(patience=0) for one in seats]


def middle(seen: Sequence[Seen]) -> tuple[float, float]:
    """Medians of polls a second and of milliseconds a poll."""
    return median(one.polls / one.seconds for one in seen), median(one.cpu_of_a_poll for one in seen)


def most(far: str, lengths: Lengths, _pictures: Path | None) -> None:
    rows, all_seen = [], []
    measured: tuple[tuple[Who, float], ...] = (("bot", 1000), ("bare", 0))
    for who, rate in measured:
        setting = replace(SILENT, live=2000, rate=rate)
        seen = alone(far, (f"most-{who}", who, setting), lengths.cost, lengths.settle, core=0)
        all_seen.append(seen)
        rows.append(
            [
                who,
                f"{seen.polls / seen.seconds:.0f}",
                f"{seen.cpu_of_a_poll:.2f}",
                f"{seen.cpu / seen.seconds:.0%}",
                str(seen.errors.total()),
            ]
        )
    print("\nMost polls a second on one core, 2,000 live orders, R = 1,000, no limit\n")
    show(("who", "polls/s", "ms CPU a poll", "of the core", "errors"), rows, all_seen)


STAGES: Mapping[str, Callable[[str, Lengths, Path | None], None]] = {
    "small": small,
    "load": load,
    "many": many,
    "wave": wave,
    "cost": cost,
    "most": most,
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help=f"short windows of {IN_QUICK}: figures are rough")
    parser.add_argument("--only", default="", help="stages, by commas; all without it")
    parser.add_argument("--pictures", type=Path, help="the folder for PNGs; needs matplotlib")
    given = parser.parse_args()
    end_in_order()
    lengths = QUICK if given.quick else Lengths()
    stages = given.only or (IN_QUICK if given.quick else ",".join(STAGES))
    with ready_made("bench.far") as far:
        for name in stages.split(","):
            STAGES[name](far, lengths, given.pictures)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
