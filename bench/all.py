"""Everything that is measured, one bench after the other: `make bench`, at most 15 minutes; with --quick about 3.

    python -m bench.all [--quick] [--only poller,size]

Tables go to stdout, pictures beside docs/performance.md; quick runs draw none. Exit 1 when one of them failed.
"""

import argparse
import subprocess
import sys
import time
from dataclasses import dataclass
from importlib.util import find_spec

from bench.children import HERE

PICTURES = ("--pictures", str(HERE / "docs" / "performance"))


@dataclass(frozen=True)
class Bench:
    """`whole` and `quick`: its arguments."""

    name: str
    whole: tuple[str, ...] = ()
    quick: tuple[str, ...] = ("--quick",)

    @property
    def is_there(self) -> bool:
        return find_spec(f"bench.{self.name}") is not None

    def run(self, *, quick: bool) -> bool:
        """Whether it ended well."""
        print(f"\n## {self.name}", flush=True)
        began = time.monotonic()
        command = [sys.executable, "-u", "-m", f"bench.{self.name}", *(self.quick if quick else self.whole)]
        done = subprocess.run(command, cwd=HERE, check=False)
        print(f"\n({self.name}: {time.monotonic() - began:.0f} s)", flush=True)
        return done.returncode == 0


BENCHES = (
    Bench("plan"),
    Bench("poller", whole=PICTURES),
    Bench("taps", whole=("--rounds", "3"), quick=("--rounds", "1", "--taps", "300")),
    Bench("size", whole=PICTURES),
    Bench("codes", quick=()),
)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="short runs; figures are rough")
    parser.add_argument("--only", default="", help="benches, by commas; all without it")
    given = parser.parse_args()
    wanted = [one for one in BENCHES if one.is_there and (not given.only or one.name in given.only.split(","))]
    failed = [one.name for one in wanted if not one.run(quick=given.quick)]
    if failed:
        print(f"\nfailed: {', '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
