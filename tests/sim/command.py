"""Many seeds with a table, or one with its story. Ends with 1 when something did not hold."""

import argparse
import os
import sys
from pathlib import Path

from tests.sim import bugs, children, many, one
from tests.sim.choice import chosen
from tests.sim.ground import real_clock
from tests.sim.script import draw


def main() -> None:
    begun, given = real_clock(), arguments(sys.argv[1:])
    given.keep.mkdir(parents=True, exist_ok=True)
    children.warm_up()
    code = one.play(given) if given.seed is not None else many.Many(given, begun).play()
    sys.stdout.flush()
    os._exit(code)  # at once: what the warm-up left behind has no loop to end on


def arguments(told: list[str]) -> argparse.Namespace:
    """`choice`: which pieces of a single seed. Raises SystemExit for what there is not."""
    parser = argparse.ArgumentParser(prog="python -m tests.sim", description=__doc__)
    _of_many(parser.add_argument_group("many seeds"))
    _of_one(parser.add_argument_group("one seed"))
    parser.add_argument("--bug", metavar="NAME", help="plant this one first: " + ", ".join(sorted(bugs.BUGS)))
    parser.add_argument("--keep", type=Path, default=Path(".sim"), help="where the stories go")
    parser.add_argument(
        "--shrink",
        action=argparse.BooleanOptionalAction,
        help="leave out what a red seed doesn't need; by itself for a whole SEED without a bug",
    )
    given = parser.parse_args(told)
    if given.bug is not None and given.bug not in bugs.BUGS:
        parser.error(f"there is no bug {given.bug}, only {', '.join(sorted(bugs.BUGS))}")
    if given.seed is not None:
        try:
            given.choice = chosen(draw(given.seed), given.people, given.duties, given.troubles)
        except ValueError as wrong:
            parser.error(str(wrong))
    return given


def _of_many(group: argparse._ArgumentGroup) -> None:
    group.add_argument("--seeds", type=int, default=120, help="how many")
    group.add_argument("--first", type=int, default=1)
    group.add_argument("--remembered", action="store_true", help="first those that found something once")
    group.add_argument("--seconds", type=float, help="begin no seed later than that")
    group.add_argument("--until-red", action="store_true", help="stop at the first that is red")
    group.add_argument("--each", action="store_true", help="a line for every seed")
    group.add_argument("--workers", type=int, default=os.cpu_count() or 1)


def _of_one(group: argparse._ArgumentGroup) -> None:
    group.add_argument("--seed", type=int)
    group.add_argument("--people", help="0,2: these only; 2.1: the second story of this one only; -: nobody")
    group.add_argument("--duties", help="0: this duty of the admin's only; -: none")
    group.add_argument("--troubles", help="1,3: these only; -: none")
    group.add_argument("--twice", action="store_true", help="play it twice, and fail when the two differ")
