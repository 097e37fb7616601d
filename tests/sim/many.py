"""Seeds by the hundred: what was red, how to repeat it, and how often everything was met."""

from argparse import Namespace
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path

from tests.sim import children
from tests.sim.choice import everything
from tests.sim.ground import real_clock
from tests.sim.one import brief, line, repeats, shorten
from tests.sim.outcome import Outcome
from tests.sim.regressions import REMEMBERED
from tests.sim.script import Script, draw
from tests.sim.table import Table

PROGRESS = 30.0
"""Seconds of ours between two words about how far it is."""
SHOWN = 6
"""Lines of what did not hold in one seed; the others stand in its story."""


class Many:
    """`begun`: by the machine's own clock. `remembered`: seeds that are played first when they are asked for."""

    def __init__(self, given: Namespace, begun: float, remembered: Mapping[int, str] = REMEMBERED) -> None:
        self._given = given
        self._remembered = remembered if given.remembered else {}
        self._begun = self._told = begun
        self._table = Table()
        self._red: list[Outcome] = []
        self._real: list[float] = []
        self._kills = self._orders = 0
        self._settled = 0.0

    def play(self) -> int:
        way = children.Way(self._kept, bug=self._given.bug)
        played = children.run_all(self.scripts(), self._given.workers, way)
        for found in played:
            self._hear(found)
            if found.wrong and self._given.until_red:
                break
        played.close()
        print(*self._table.lines(), self._sum(), sep="\n", flush=True)
        if self._given.shrink:
            for one in self._red:
                shorten(self._given, draw(one.seed), everything(draw(one.seed)), one.wrong)
        return 1 if self._red or self._missed() else 0

    def scripts(self) -> Iterator[Script]:
        """What is remembered comes whatever the time; each other seed when it is asked for and there is time left."""
        yield from map(draw, self._remembered)
        for seed in range(self._given.first, self._given.first + self._given.seeds):
            if self._given.seconds is not None and real_clock() - self._begun > self._given.seconds:
                return
            if seed not in self._remembered:
                yield draw(seed)

    def _kept(self, script: Script) -> Path:
        kept: Path = self._given.keep / f"{script.seed}.txt"
        return kept

    def _hear(self, found: Outcome) -> None:
        self._table.add(found.met)
        self._real.append(found.real)
        self._kills += found.kills
        self._orders += found.orders
        self._settled = max(self._settled, found.settled)
        if self._given.each:
            print(line(found), flush=True)
        if found.wrong:
            self._red.append(found)
            self._say(found)
        if real_clock() - self._told > PROGRESS:
            self._told = real_clock()
            print(f"{len(self._real)} seeds, {len(self._red)} red, {self._told - self._begun:.0f} s", flush=True)

    def _say(self, found: Outcome) -> None:
        script = draw(found.seed)
        print(f"RED {repeats(everything(script), script, self._given.bug)}, its story in {self._kept(script)}")
        for wrong in islice(found.wrong, SHOWN):
            print("     ", brief(wrong), flush=True)

    def _missed(self) -> list[str]:
        """Nothing is, with a bug on purpose."""
        return self._table.never() if self._given.bug is None else []

    def _sum(self) -> str:
        real, missed = sorted(self._real) or [0.0], len(self._missed())
        return (
            f"{len(self._real)} seeds, {len(self._red)} red, {missed} kinds not met; {self._kills} kills, "
            f"{self._orders} orders, {real_clock() - self._begun:.0f} s; a seed {real[len(real) // 2]:.1f} s (median), "
            f"{real[-1]:.1f} s at most; everything had ended {self._settled:.1f} s after the trouble at the latest"
        )
