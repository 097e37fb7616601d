"""The command, in processes started anew: worlds that hold, and replays that are the same to the last callback."""

import os
import re
import subprocess
import sys
from itertools import count
from pathlib import Path

import pytest

from tests.sim import command
from tests.sim.alone import ROOT
from tests.sim.choice import Choice, everything
from tests.sim.ground import real_clock
from tests.sim.many import Many
from tests.sim.script import Script, draw
from tests.sim.troubles import DEATHS

pytestmark = pytest.mark.timeout(300)
LINE = re.compile(r"seed \d+: \w+, print (\d+), (\d+) callbacks, (\d+) kills, .*? s of the world")


def sim(*arguments: object, hash_seed: str = "random", keep: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.sim", *map(str, arguments), "--keep", str(keep)],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": hash_seed},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def ends(run: subprocess.Popen[str]) -> str:
    """What it said; what did not hold fails the test with all of it."""
    said, _ = run.communicate()
    assert run.returncode == 0, said
    return said


def with_deaths() -> tuple[Script, Choice]:
    """The first script of a single process that dies more than once, and of it one person and the deaths alone."""
    for script in map(draw, count(1)):
        deaths = tuple(one.place for one in script.troubles if one.kind in DEATHS)
        if script.given.processes == 1 and len(deaths) > 1 and script.people:
            return script, Choice(((script.people[0].place, 0),), (), deaths)
    raise AssertionError


def arguments(choice: Choice, script: Script) -> list[str]:
    return [f"--{name.lower()}={text}" for name, text in (word.split("=") for word in choice.words(script).split())]


def test_the_first_seeds_hold_and_those_that_found_something_once(tmp_path: Path) -> None:
    """As many as there is time for, each another world."""
    said = ends(sim("--remembered", "--seeds", 6, "--seconds", 30, "--each", "--workers", 1, keep=tmp_path))
    found = LINE.findall(said)
    assert found, said
    assert len({print_ for print_, _, _ in found}) == len(found)
    assert list(tmp_path.iterdir()) == [], "stories of worlds in which all held are not written"


def test_a_replay_is_the_same_to_the_last_callback(tmp_path: Path) -> None:
    """Of a part of a script, with deaths in it, in two processes whose sets would have another order."""
    script, part = with_deaths()
    assert part != everything(script)
    runs = [sim(*arguments(part, script), hash_seed=seed, keep=tmp_path / seed) for seed in ("1", "2")]
    first, second = (LINE.search(ends(run)) for run in runs)
    assert first is not None
    assert second is not None
    assert first[0] == second[0]
    assert int(first[3]) > 0, "nobody died"
    stories = [(tmp_path / seed / f"{script.seed}.txt").read_text() for seed in ("1", "2")]
    assert stories[0] == stories[1]


@pytest.mark.parametrize(
    ("wrong", "said"), [("--seed=1 --people=77", "there is no 77, only"), ("--bug=no_such", "there is no bug no_such")]
)
def test_what_there_is_not_is_said_with_what_there_is(
    wrong: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match="2"):
        command.arguments(wrong.split())
    assert said in capsys.readouterr().err


def test_a_line_that_repeats_a_seed_is_understood() -> None:
    script, part = with_deaths()
    assert command.arguments(arguments(part, script)).choice == part


def seeds(*told: str, begun: float) -> list[int]:
    remembered = {7: "a refund that came twice", 2: "a code that nobody was told"}
    return [script.seed for script in Many(command.arguments(list(told)), begun, remembered).scripts()]


def test_seeds_come_one_after_the_other() -> None:
    assert seeds("--first=6", "--seeds=3", begun=real_clock()) == [6, 7, 8]


def test_what_is_remembered_comes_first_and_once() -> None:
    assert seeds("--first=6", "--seeds=3", "--remembered", begun=real_clock()) == [7, 2, 6, 8]


def test_only_what_is_remembered_is_begun_when_the_time_is_over() -> None:
    assert seeds("--remembered", "--seconds=50", begun=real_clock() - 51) == [7, 2]
