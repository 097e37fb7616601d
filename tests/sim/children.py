"""A process for every world: forked from one that has imported and warmed up everything, so that none sees another's.

The parent's own time and chance are the simulation's, so nothing here may wait by the standard library's clocks.
"""

import faulthandler
import json
import os
import shutil
import signal
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from tests.sim import bugs
from tests.sim.ground import real_clock
from tests.sim.outcome import Outcome, outcome
from tests.sim.run import play
from tests.sim.script import Part, Script, draw
from tests.sim.told import story

REAL_LIMIT = 90
"""Seconds of ours after which a world that does not end is given up."""
MEMORY = Path("/dev/shm")
ANSWER, SAID = "answer.json", "said.txt"
"""What a world's process leaves in its folder: its outcome, and what it wrote to standard error."""


def folder() -> Path:
    """In memory where the machine has such a place: nobody's data, and hundreds of commits a second."""
    return Path(tempfile.mkdtemp(prefix="hidsim-sim-", dir=MEMORY if MEMORY.is_dir() else None))


@dataclass(frozen=True, slots=True)
class Way:
    """How worlds are played. `kept`: where the story of a script goes, if anywhere.

    `green`: also of a world in which everything held, whose story takes as long to write as a tenth of its life.
    """

    kept: Callable[[Script], Path | None] = lambda script: None
    green: bool = False
    bug: str | None = None


def run(script: Script, way: Way, place: Path) -> Outcome:
    """In this process, which is of no other use afterwards. `place`: an empty folder for the world's disk."""
    begun = real_clock()
    if way.bug is not None:
        bugs.BUGS[way.bug].plant()
    played = play(script, place)
    found = outcome(played, real_clock() - begun)
    kept = way.kept(script)
    if kept is not None and (found.wrong or way.green):
        kept.write_text(story(played, found.wrong))
    return found


def warm_up() -> None:
    """A small day, for all that is read and compiled once; always the same, so that every world begins alike."""
    place = folder()
    try:
        script = replace(draw(0), troubles=(), people=(Part(0, 0, ("wants_a_code",)),), duties=())
        found = run(script, Way(), place)
    finally:
        shutil.rmtree(place)
    if found.wrong:
        raise AssertionError("\n".join(found.wrong))


def run_all(scripts: Iterable[Script], workers: int, way: Way) -> Iterator[Outcome]:
    """Each in a process of its own, `workers` at once; in the order in which they end. Closing it ends all."""
    waiting, running = enumerate(scripts), dict[int, tuple[Script, Path]]()
    place = folder()
    try:
        while True:
            while len(running) < workers and (following := next(waiting, None)) is not None:
                number, script = following
                world = place / str(number)
                world.mkdir()
                running[_fork(script, way, world)] = script, world
            if not running:
                return
            pid, status = os.wait()
            if pid in running:
                yield _heard(*running.pop(pid), status, way)
    finally:
        for pid in running:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
        shutil.rmtree(place, ignore_errors=True)


def _fork(script: Script, way: Way, world: Path) -> int:
    sys.stdout.flush()
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            with (world / SAID).open("w") as words:
                faulthandler.dump_traceback_later(REAL_LIMIT, exit=True, file=words)
                os.dup2(words.fileno(), sys.stderr.fileno())
                try:
                    (world / ANSWER).write_text(json.dumps(asdict(run(script, way, world))))
                    code = 0
                except BaseException:  # noqa: BLE001 - the parent says it
                    traceback.print_exc(file=words)
        finally:
            os._exit(code)
    return pid


def _heard(script: Script, world: Path, status: int, way: Way) -> Outcome:
    try:
        if (world / ANSWER).exists():
            return Outcome(**json.loads((world / ANSWER).read_text()))
        said = (world / SAID).read_text()
    finally:
        shutil.rmtree(world, ignore_errors=True)
    if (kept := way.kept(script)) is not None:
        kept.write_text(said)
    return Outcome(script.seed, [f"the simulation itself: ended with {status}:\n{said[-4000:]}"], 0, 0, 0, 0)
