"""Kills and faults by the hundred: what was tried, how often it struck, and what did not hold. Exit 1 if anything.

    python -m bench.faults [--only WORD] [--rounds N] [--seed N] [--keep FOLDER]

Each run is the day of `tests/crash/run.py`: four people, four purchases, a HidSim that misbehaves at the first one, and
a bot in a process of its own that is killed at a milestone and started again. Every milestone meets every behaviour.
Then SIGTERM at every milestone, and the troubles of HidSim, Telegram, the clock and the disk without a kill.
docs/reliability.md tells how to read the table.
"""

import argparse
import asyncio
import random
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from bot.milestones import NAMES
from tests.crash.judge import HELD, Verdict
from tests.crash.run import POST, Case, run
from tests.crash.storage import STORAGE
from tests.crash.troubles import TROUBLES
from tests.crash.world import Dialect

DIALECTS: tuple[Dialect, ...] = ("canonical", "variant")
ONCE = ("close.", "lost.", "takeover.", "release.", "judged.")
"""Stages that only one of the four people may come to."""
AT_ONCE = 3
"""Runs at once in each of the processes: most of a run is waiting."""


@dataclass
class Row:
    """All runs of one fault."""

    runs: int = 0
    kills: int = 0
    orders: int = 0
    repeats: int = 0
    failed: dict[str, int] = field(default_factory=lambda: dict.fromkeys(HELD, 0))
    lines: list[str] = field(default_factory=list)

    def add(self, case: Case, verdict: Verdict) -> None:
        self.runs += 1
        self.kills += verdict.kills
        self.orders += verdict.orders
        self.repeats += verdict.repeats
        for name in HELD:
            self.failed[name] += len(getattr(verdict, name))
        self.lines += [f"{case.name}: {line}" for line in verdict.wrong]


def cases(seed: int, rounds: int) -> Iterator[Case]:
    """Without a kill first. Which of the people a kill strikes, and the dialect of the wire, is the seed's choice."""
    chance = random.Random(seed)
    for _ in range(rounds):
        for post in POST:
            yield Case(post=post, dialect=chance.choice(DIALECTS))
            for name in NAMES:
                time_ = (
                    1
                    if name.startswith(("close.", "lost.", "takeover.", "release.", "judged."))
                    else chance.choice((1, 1, 2, 3))
                )
                yield Case((name, time_), post=post, dialect=chance.choice(DIALECTS))
        for name in NAMES:
            yield Case((name, 1), signal.SIGTERM, dialect=chance.choice(DIALECTS))
        for trouble in TROUBLES:
            yield Case(trouble=trouble, dialect=chance.choice(DIALECTS))
        for storage in STORAGE:
            yield Case(storage=storage)


async def some(share: Sequence[Case], keep: Path | None) -> list[tuple[Case, Verdict]]:
    """A few at once, in the order given. What did not hold is kept: log, database, chats, calls."""
    gate = asyncio.Semaphore(AT_ONCE)

    async def one(case: Case) -> tuple[Case, Verdict]:
        async with gate:
            with tempfile.TemporaryDirectory(prefix="faults-") as folder:
                verdict = await survived(case, Path(folder))
                if verdict.wrong and keep is not None:
                    shutil.copytree(folder, keep / case.name.replace("/", "-"), dirs_exist_ok=True)
                return case, verdict

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(one(case)) for case in share]
    return [task.result() for task in tasks]


async def survived(case: Case, folder: Path) -> Verdict:
    """A run that fails altogether is an order forgotten."""
    try:
        async with asyncio.timeout(120):
            return await run(case, folder)
    except (ExceptionGroup, AssertionError, TimeoutError) as error:
        words = "; ".join(str(one) for one in leaves(error))
        return Verdict(kills=0, forgotten=[f"the run never ended: {words}"])


def leaves(error: BaseException) -> Iterator[BaseException]:
    if isinstance(error, BaseExceptionGroup):
        for one in error.exceptions:
            yield from leaves(one)
    else:
        yield error


def work(share: Sequence[Case], keep: Path | None = None) -> list[tuple[Case, Verdict]]:
    return asyncio.run(some(share, keep))


def table(rows: dict[str, Row]) -> Iterable[str]:
    heads = ("fault", "runs", "kills", "orders", *(name.replace("_", " ") for name in HELD), "came again")
    yield "| " + " | ".join(heads) + " |"
    yield "|---" * len(heads) + "|"
    for name, row in [*rows.items(), ("**all**", total(rows))]:
        figures = (row.runs, row.kills, row.orders, *row.failed.values(), row.repeats)
        yield f"| {name} | " + " | ".join(map(str, figures)) + " |"


def total(rows: dict[str, Row]) -> Row:
    found = Row()
    for row in rows.values():
        found.runs, found.kills, found.orders = (
            found.runs + row.runs,
            found.kills + row.kills,
            found.orders + row.orders,
        )
        found.repeats += row.repeats
        for name in HELD:
            found.failed[name] += row.failed[name]
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="", help="runs whose name contains this word")
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="where runs in which something did not hold are kept")
    given = parser.parse_args()
    wanted = [case for case in cases(given.seed, given.rounds) if given.only in case.name]
    began = time.monotonic()
    rows: dict[str, Row] = {}
    shares = [wanted[place : place + 2 * AT_ONCE] for place in range(0, len(wanted), 2 * AT_ONCE)]
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        for share in pool.map(partial(work, keep=given.keep), shares):
            for case, verdict in share:
                rows.setdefault(case.fault, Row()).add(case, verdict)
                for line in verdict.wrong:
                    print(f"{case.name}: {line}", file=sys.stderr, flush=True)
    print("\n".join(table(rows)))
    whole = total(rows)
    print(f"\n{whole.runs} runs, {whole.kills} kills, {whole.orders} orders in {time.monotonic() - began:.0f} s")
    return 1 if any(row.lines for row in rows.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
