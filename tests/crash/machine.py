"""The command on a machine whose disk hangs and whose clock somebody sets, by a small library below it."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

SOURCE = Path(__file__).with_suffix(".c")


@dataclass(frozen=True, slots=True)
class Machine:
    """Files in `folder` say what is wrong with it at the moment."""

    folder: Path
    library: Path

    @contextmanager
    def hanging_disk(self) -> Iterator[None]:
        """No fsync returns until the block ends; then all of them succeed."""
        file = self.folder / "hangs"
        file.touch()
        try:
            yield
        finally:
            file.unlink()

    def set_clock(self, by: int) -> None:
        """The wall clock is wrong by so many seconds from now on."""
        part = self.folder / "clock.part"
        part.write_text(str(by))
        part.replace(self.folder / "clock")

    @contextmanager
    def running(self, environment: dict[str, str], log: Path) -> Iterator["subprocess.Popen[bytes]"]:
        """`hidsim-bot run`, killed at the end of the block if it still lives."""
        given = {
            "LD_PRELOAD": str(self.library),
            "HANGS": str(self.folder / "hangs"),
            "CLOCK": str(self.folder / "clock"),
        }
        command = [
            sys.executable,
            "-c",
            "import sys; sys.argv = ['hidsim-bot', 'run']; from bot.cli import main; main()",
        ]
        with log.open("ab") as said:
            process = subprocess.Popen(
                command,
                cwd=self.folder,
                env={**os.environ, "PYTHONPATH": str(Path.cwd()), **environment, **given},
                stdout=said,
                stderr=said,
            )
        try:
            yield process
        finally:
            process.send_signal(signal.SIGKILL)
            process.wait()


def build(folder: Path) -> Machine:
    """Skips the test where no C compiler is."""
    compiler = shutil.which("gcc") or shutil.which("cc")
    if compiler is None or sys.platform != "linux":
        pytest.skip("needs a C compiler on Linux")
    library = folder / "machine.so"
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", str(library), str(SOURCE), "-ldl"], check=True)
    return Machine(folder, library)
