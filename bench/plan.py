"""The polling plan in virtual time: how long a code waits unread, beside other plans and what no plan can beat.

    python -m bench.plan [--quick] [--png FOLDER]

Asks leave evenly, answers take no time, or 50 ms where it says so. Codes come by a log-normal law (median 18 s, σ 0.9,
20 % never; who waits in vain lives 20 minutes), and an order that ends is replaced at once.

The first table is the steady state once 2,000 orders were learned from. `bound` is the best that knows the true law and
promises nobody anything, `bound kept` the best under the longest gaps that the plan kept (bench/plan_bound.py says how
they are computed); `naive` asks every order every 5 s and is refused what is above the limit. 5,000 orders at 5 or 20
a second are not in a steady state within the run, as a round takes minutes: no bound holds there, and of `naive` only
those are seen whom it reaches. The second table is a
shop that has learned nothing yet, with 45 live orders of all ages at 10 a second: these and the next 300.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from bench.plan_bound import Bound
from bench.plan_world import BackOff, Law, Naive, Plan, Planned, RoundRobin, Run, Seen, World, learned
from bot.domain.polling.learning import Curves

LIVE, RATES = (50, 500, 5_000), (5, 20, 100)
TRUE = Law()
MEDIANS, SIGMAS, NEVERS = (9.0, 36.0, 72.0), (0.5, 1.4), (0.05, 0.6)
FRESH = [Law(m, s, n) for m in MEDIANS for s in SIGMAS for n in NEVERS] + [Law(m) for m in (18.0, 40.0, 72.0)]
COLD = World(45, 10)
FIRST_ORDERS = 300
STEADY_UP_TO = 50


@dataclass(frozen=True)
class Steady:
    """Mean delays in seconds of one pair of N and R; p99 of the plan and of round robin."""

    live: int
    rate: int
    plan: Seen
    late: Seen
    fair: Seen
    back_off: Seen
    naive: Seen
    bound: float
    kept: float


def seconds_of(live: int, rate: int, quick: bool) -> float:
    """So long that some 1,000 codes come, but no more than some 100,000 asks are made; two rounds at least."""
    return min(1_000 * 330 / live, (30_000 if quick else 100_000) / min(live, rate)) + 60 + 2 * live / rate


def steady(case: tuple[int, int, bool]) -> Steady:
    live, rate, _ = case
    world, seconds = World(live, rate), seconds_of(*case)
    warm = 60.0 + 2 * live / rate

    def seen(plan: Plan, takes: float = 0.0, unlimited: bool = False) -> Seen:
        place = World(live, rate, answer_takes=takes)
        return Run(place, plan, place.at_work()).go(warm, warm + seconds, unlimited=unlimited)

    ours = Planned(learned(world.law))
    plan, late = seen(ours), seen(Planned(learned(world.law)), 0.05)
    bound = Bound(world.law)
    fair, back_off, naive = seen(RoundRobin()), seen(BackOff()), seen(Naive(), unlimited=True)
    best, kept = bound.mean_delay(live, rate), bound.mean_delay(live, rate, ours.longest_stretch)
    return Steady(live, rate, plan, late, fair, back_off, naive, best, kept)


@dataclass(frozen=True)
class Cold:
    """Of all seeds together."""

    law: Law
    plan: Seen
    fair: Seen


def cold(case: tuple[Law, int]) -> Cold:
    law, seeds = case
    plan, fair = Seen(), Seen()
    for seed in range(1, seeds + 1):
        world = World(COLD.live, COLD.rate, law, seed=seed)
        for into, one in ((plan, Planned(Curves())), (fair, RoundRobin())):
            found = Run(world, one, world.at_work()).go(0.0, 1e9, world.live + FIRST_ORDERS)
            into.delays += found.delays
            into.starved += found.starved
    return Cold(law, plan, fair)


def row(*cells: object) -> str:
    return "| " + " | ".join(f"{cell:.2f}" if isinstance(cell, float) else f"{cell}" for cell in cells) + " |"


def heading(*names: str) -> Iterator[str]:
    yield row(*names)
    yield row(*["---:"] * len(names))


def table_of_steady(found: Sequence[Steady]) -> Iterator[str]:
    yield from heading(
        *("live", "asks/s", "plan, s", "with 50 ms", "round robin", "back-off", "naive", "bound", "bound kept"),
        *("/ round robin", "/ bound", "/ bound kept", "p99", "p99 round robin", "starved"),
    )
    for one in found:
        mean = one.plan.mean
        yield row(
            *(one.live, one.rate, mean, one.late.mean, one.fair.mean, one.back_off.mean, one.naive.mean),
            *(one.bound, one.kept, mean / one.fair.mean, mean / one.bound, mean / one.kept),
            *(one.plan.quantile(0.99), one.fair.quantile(0.99), one.plan.starved + one.late.starved),
        )


def table_of_cold(found: Sequence[Cold]) -> Iterator[str]:
    yield from heading(
        "median, s", "σ", "never", "plan, s", "round robin", "ratio", "p99", "p99 round robin", "starved"
    )
    for one in found:
        yield row(
            *(one.law.median, one.law.sigma, one.law.never, one.plan.mean, one.fair.mean),
            *(one.plan.mean / one.fair.mean, one.plan.quantile(0.99), one.fair.quantile(0.99), one.plan.starved),
        )


def draw(folder: Path, found: Sequence[Steady]) -> None:
    """By load, live orders for each ask a second, where a run is in a steady state. Needs the packages of benches."""
    steady = [one for one in found if one.live / one.rate <= STEADY_UP_TO]
    ordered = sorted(steady, key=lambda one: one.live / one.rate)
    lines = {
        "plan": [one.plan.mean for one in ordered],
        "round robin": [one.fair.mean for one in ordered],
        "back-off": [one.back_off.mean for one in ordered],
        "bound, same promises": [one.kept for one in ordered],
        "bound": [one.bound for one in ordered],
    }
    load = [one.live / one.rate for one in ordered]
    title = "How long a code waits unread (virtual time)"
    import_module("bench.draw").lines(
        folder / "plan.png", title, load, lines, "live orders per ask a second", "seconds"
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="fewer codes and seeds: a minute")
    parser.add_argument("--png", type=Path, help="a folder for plan.png")
    parser.add_argument("--workers", type=int, default=2)
    given = parser.parse_args()
    cases = [(live, rate, given.quick) for live in LIVE for rate in RATES]
    with ProcessPoolExecutor(given.workers) as pool:
        once = list(pool.map(steady, cases))
        print("\n".join(table_of_steady(once)), end="\n\n", flush=True)
        print("\n".join(table_of_cold(list(pool.map(cold, [(law, 1 if given.quick else 4) for law in FRESH])))))
    if given.png is not None:
        draw(given.png, once)
    return 0


if __name__ == "__main__":
    sys.exit(main())
