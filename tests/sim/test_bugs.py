"""Deliberate bugs: all of them can be planted, and a world in which everything held does not hold with one of them.

Which seed finds which of them first is measured by hand, with `make sim BUG=…`: a seed means another world with every
story and every trouble that is added.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.sim.alone import ROOT

pytestmark = pytest.mark.timeout(120)
SEEN = ("drops_every_code", "captures_twice", "an_unreadable_update_stops_all_behind_it")
"""Bugs that show themselves on any day."""


def python(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": "0"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def said() -> dict[str, list[str]]:
    """By bug what did not hold in the same day, after its law; under "" without any; under "planted" who is harmed."""
    done = python("-c", "from tests.sim.test_bugs import tell; tell()")
    assert done.returncode == 0, done.stdout + done.stderr
    found: dict[str, list[str]] = json.loads(done.stdout.splitlines()[-1])
    return found


def test_every_bug_can_be_planted(said: dict[str, list[str]]) -> None:
    assert len(said["planted"]) >= 50
    assert all(said["planted"]), "each says whom it harms"


def test_a_day_without_a_bug_holds(said: dict[str, list[str]]) -> None:
    assert said[""] == []


@pytest.mark.parametrize("name", SEEN)
def test_the_same_day_does_not_hold_with_a_bug(said: dict[str, list[str]], name: str) -> None:
    where, *wrong = said[name]
    assert [line for line in wrong if line.startswith(where)], wrong


def test_the_command_ends_with_1_and_names_the_law(tmp_path: Path) -> None:
    small = ("--seed", "1", "--people", "0.0", "--duties", "-", "--troubles", "-", "--no-shrink")
    done = python("-m", "tests.sim", *small, "--bug", "sends_every_notice_twice", "--keep", str(tmp_path))
    assert done.returncode == 1, done.stdout + done.stderr
    assert "nothing is told twice without need: " in done.stdout


def tell() -> None:
    """In an interpreter of its own. The day is made and not drawn: it stays the same whatever else can be drawn."""
    from tests.sim import ground

    ground.lay()
    from tests.sim.bugs import BUGS
    from tests.sim.children import Way, run_all, warm_up
    from tests.sim.script import Part, Script, Trouble, draw

    warm_up()
    people, odd = (Part(0, 0.0, ("wants_a_code",)),), (Trouble(0, 1.0, "updates that can't be read"),)
    day = Script(0, draw(0).given, people, (), odd)
    (found,) = run_all([day], 1, Way())
    told = {"": found.wrong}
    for name in SEEN:
        (found,) = run_all([day], 1, Way(bug=name))
        told[name] = [BUGS[name].where, *found.wrong]
    for bug in BUGS.values():  # one over the other: what they do together is of no interest
        bug.plant()
    print(json.dumps({**told, "planted": [bug.harm for bug in BUGS.values()]}))  # noqa: T201 - that is the answer
