"""Everything that is measured: `make bench`, about 17 minutes on two cores; with --quick about 4.

What counts in virtual time runs beside what mostly waits in real time; the rest one after the other, as each wants the
machine to itself.

    python -m bench.all [--quick] [--only plan,delays,polls,taps,beside,size,codes]

Tables go to stdout, pictures beside docs/performance.md; quick runs draw none. Exit 1 when one of them failed.
"""

import argparse
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from importlib.util import find_spec

from bench.children import HERE, end_in_order

PICTURES = ("--pictures", str(HERE / "docs" / "performance"))


@dataclass(frozen=True)
class Bench:
    """`whole` and `quick`: its arguments."""

    name: str
    module: str
    whole: tuple[str, ...] = ()
    quick: tuple[str, ...] = ("--quick",)

    @property
    def is_there(self) -> bool:
        return find_spec(f"bench.{self.module}") is not None

    def start(self, *, quick: bool) -> "subprocess.Popen[str]":
        """Its tables are read from it when it has ended."""
        command = [sys.executable, "-m", f"bench.{self.module}", *(self.quick if quick else self.whole)]
        return subprocess.Popen(command, cwd=HERE, text=True, stdout=subprocess.PIPE)


BESIDE = (
    Bench("plan", "plan", ("--workers", "1", "--png", PICTURES[1])),
    Bench("delays", "poller", ("--only", "small,load", *PICTURES), ("--only", "small", "--quick")),
)
ALONE = (
    Bench("polls", "poller", ("--only", "many,cost,most"), ("--only", "many,cost", "--quick")),
    Bench("taps", "taps", ("--rounds", "3"), ("--rounds", "1", "--taps", "300")),
    Bench("beside", "taps", ("--orders", "1000"), ("--orders", "1000", "--seconds", "8")),
    Bench("size", "size", PICTURES),
    Bench("codes", "codes", (), ()),
)


def run(benches: Sequence[Bench], *, quick: bool) -> list[str]:
    """All of them at the same time; the names of those that failed. Whatever happens, none is left behind."""
    began, failed = time.monotonic(), []
    with ExitStack() as stack:
        started = [(one, stack.enter_context(one.start(quick=quick))) for one in benches]
        for _, process in started:
            stack.callback(process.terminate)
        for one, process in started:
            said, _ = process.communicate()
            print(f"\n## {one.name} ({time.monotonic() - began:.0f} s)\n{said}", flush=True)
            failed += [one.name] if process.returncode else []
    return failed


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="short runs; figures are rough")
    parser.add_argument("--only", default="", help="benches, by commas; all without it")
    given = parser.parse_args()
    end_in_order()
    names = given.only.split(",")
    failed: list[str] = []
    for group in (BESIDE, *((one,) for one in ALONE)):
        failed += run(
            [one for one in group if one.is_there and (not given.only or one.name in names)], quick=given.quick
        )
    if failed:
        print(f"\nfailed: {', '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
