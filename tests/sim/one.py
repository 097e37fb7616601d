"""One seed: its story, and what is left of it when all is left out that its fault does not need."""

from argparse import Namespace
from pathlib import Path

from tests.sim import children
from tests.sim.children import Way
from tests.sim.choice import Choice, everything
from tests.sim.ground import real_clock
from tests.sim.outcome import Outcome
from tests.sim.script import Script, draw
from tests.sim.shrink import laws, shrink


def play(given: Namespace) -> int:
    script, kept = draw(given.seed), given.keep / f"{given.seed}.txt"
    way = Way(lambda _: kept, green=True, bug=given.bug)
    found = _twice(given.choice.of(script), way) if given.twice else _played(given.choice.of(script), way)
    print(kept.read_text())
    print(line(found))
    for wrong in found.wrong:
        print("     ", brief(wrong))
    if not found.wrong:
        return 0
    print(f"RED {repeats(given.choice, script, given.bug)}", flush=True)
    whole = given.choice == everything(script) and given.bug is None
    if given.shrink or (given.shrink is None and whole):
        shorten(given, script, given.choice, found.wrong)
    return 1


def line(found: Outcome) -> str:
    """The same for every run of the same script, but for the seconds at its end."""
    return (
        f"seed {found.seed}: {'RED' if found.wrong else 'held'}, print {found.print}, {found.steps} callbacks, "
        f"{found.kills} kills, {found.orders} orders, {found.virtual:.1f} s of the world in {found.real:.1f} s"
    )


def brief(wrong: str) -> str:
    """What comes first and what comes last: of a traceback, what it is about."""
    return wrong if len(wrong) <= 700 else f"{wrong[:300]} … {wrong[-400:]}"


def repeats(choice: Choice, script: Script, bug: str | None) -> str:
    return f"make sim {choice.words(script)}{f' BUG={bug}' if bug else ''}"


def shorten(given: Namespace, script: Script, choice: Choice, wrong: list[str]) -> None:
    """Prints the shortest line that still breaks one of the same laws, and writes its story."""

    def broken(less: Choice) -> frozenset[str]:
        return laws(_played(less.of(script), Way(bug=given.bug)).wrong)

    found = shrink(choice, laws(wrong), broken, real_clock)
    kept: Path = given.keep / f"{script.seed}-short.txt"
    _played(found.choice.of(script), Way(lambda _: kept, green=True, bug=given.bug))
    print(
        f"after {found.runs} shorter runs: {repeats(found.choice, script, given.bug)}, its story in {kept}", flush=True
    )


def _played(script: Script, way: Way) -> Outcome:
    (found,) = children.run_all([script], 1, way)
    return found


def _twice(script: Script, way: Way) -> Outcome:
    first, second = children.run_all([script, script], 1, way)
    if (first.print, first.steps) != (second.print, second.steps):
        first.wrong.append(f"a replay is the same: {line(first)}, then {line(second)}")
    return first
