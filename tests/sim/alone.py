"""Tests of what is replaced for a whole interpreter: each in one of its own."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[2]


def alone(work: Callable[[], None]) -> None:
    """Runs a module's function. Raises AssertionError with all that it said when it failed."""
    run = f"from {work.__module__} import {work.__name__} as work; work()"
    done = subprocess.run(
        [sys.executable, "-c", run],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=50,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
