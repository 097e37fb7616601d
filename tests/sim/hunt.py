"""How many seeds it takes to find each deliberate bug: `python -m tests.sim.hunt` writes the table of reliability.md.

A seed counts only when all holds in it without the bug. All bugs together take an hour or two.
"""

import os
import sys

if os.environ.get("PYTHONHASHSEED") != "0":  # sets of texts have no order else
    os.execve(sys.executable, [sys.executable, *sys.orig_argv[1:]], {**os.environ, "PYTHONHASHSEED": "0"})  # noqa: S606

from tests.sim import ground

ground.lay()

import argparse  # noqa: E402
from contextlib import closing  # noqa: E402
from dataclasses import dataclass, field  # noqa: E402

from tests.sim.bugs import BUGS  # noqa: E402
from tests.sim.children import Way, run_all, warm_up  # noqa: E402
from tests.sim.outcome import Outcome  # noqa: E402
from tests.sim.script import draw  # noqa: E402
from tests.sim.shrink import laws  # noqa: E402


@dataclass
class Hunt:
    """`seeds`: how many from `first` on are tried for each bug. `workers`: worlds at once."""

    first: int
    seeds: int
    workers: int
    _sound: dict[int, bool] = field(default_factory=dict)

    def row(self, name: str) -> str:
        """A line of the table."""
        found = self._found(name)
        if found is None:
            return f"| {name} | not in {self.seeds} | ({BUGS[name].where}) |"
        return f"| {name} | {found.seed - self.first + 1} | {', '.join(sorted(laws(found.wrong)))} |"

    def _found(self, name: str) -> Outcome | None:
        """In batches of as many as run at once, because the first to end is not always the first by number."""
        end = self.first + self.seeds
        for begin in range(self.first, end, self.workers):
            batch = map(draw, range(begin, min(begin + self.workers, end)))
            with closing(run_all(batch, self.workers, Way(bug=name))) as played:
                red = [one for one in played if one.wrong]
            found = [one for one in red if self._holds_without(one.seed)]
            if found:
                return min(found, key=lambda one: one.seed)
        return None

    def _holds_without(self, seed: int) -> bool:
        if seed not in self._sound:
            (alone,) = run_all([draw(seed)], 1, Way())
            self._sound[seed] = not alone.wrong
        return self._sound[seed]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.sim.hunt", description="Seeds until each bug is found.")
    parser.add_argument("names", nargs="*", metavar="NAME", help="all bugs, when none is named")
    parser.add_argument("--first", type=int, default=1)
    parser.add_argument("--seeds", type=int, default=200, help="at most so many for each")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    given = parser.parse_args()
    hunt = Hunt(given.first, given.seeds, given.workers)
    warm_up()
    sys.stdout.write("| bug | seeds until found | seen by the law |\n|---|---|---|\n")
    for name in given.names or BUGS:
        sys.stdout.write(hunt.row(name) + "\n")
        sys.stdout.flush()
    os._exit(0)


main()
