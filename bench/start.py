"""Start-up and memory of `hidsim-bot run` against a bare aiogram handler: same far end, same run, medians of rounds.

    python -m bench.start [--rounds 5]

Start-up is from the start of the process to its first getUpdates; memory is what it occupies then.
"""

import argparse
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bench.children import Child, ask, bare, bot, ready_made

MIB = 1024 * 1024


def measure(url: str, start: Callable[[], AbstractContextManager[Child]]) -> tuple[float, float]:
    """(seconds, MiB) of one start."""
    begun = time.perf_counter()
    with start() as child:
        ask(url, "/bench/up", token=child.token)
        return time.perf_counter() - begun, child.rss() / MIB


def one_round() -> tuple[tuple[float, float], tuple[float, float]]:
    """A far end of its own each round, so that "up" is never an older process's."""
    with ready_made() as url, TemporaryDirectory(prefix="bench-start-") as folder:
        plain = measure(url, lambda: bare(url))
        ours = measure(url, lambda: bot(url, Path(folder)))
    return ours, plain


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = [one_round() for _ in range(parser.parse_args().rounds)]
    seconds = median(ours[0] for ours, _ in rounds), median(plain[0] for _, plain in rounds)
    memory = median(ours[1] for ours, _ in rounds), median(plain[1] for _, plain in rounds)
    print(
        f"start: bot {seconds[0]:.1f} s, bare {seconds[1]:.1f} s, ratio {seconds[0] / seconds[1]:.2f}; "
        f"memory: bot {memory[0]:.0f} MiB, bare {memory[1]:.0f} MiB, ratio {memory[0] / memory[1]:.2f} "
        f"(medians of {len(rounds)} rounds)"
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
