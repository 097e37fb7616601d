"""The programs that the benches start, each a real process: the far end, the bare handler, and the bot as it is run."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from bench.bare import TOKEN as BARE_TOKEN
from bot.settings import Settings

BOT_TOKEN = "2:bench-0000000000000000000000"  # noqa: S105 - opens nothing but the far end
HERE = Path(__file__).resolve().parents[1]
_TICKS = os.sysconf("SC_CLK_TCK")
PATIENCE = 120
"""Seconds after which nothing is waited for any more."""


class Child:
    """A running process. `freeze` takes it off the processor while another one is measured."""

    def __init__(self, process: "subprocess.Popen[str]", token: str = "") -> None:
        self._process = process
        self.token = token
        self.started_at = time.time()

    def cpu(self) -> float:
        """Seconds of processor time so far."""
        fields = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICKS

    def stay_on(self, core: int) -> None:
        """All that it does from here on happens on one core; to be called before it starts threads."""
        os.sched_setaffinity(self._process.pid, {core})

    def rss(self) -> int:
        """Bytes of memory it occupies now."""
        pages = Path(f"/proc/{self._process.pid}/statm").read_text().split()[1]
        return int(pages) * os.sysconf("SC_PAGE_SIZE")

    def freeze(self) -> None:
        self._process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self._process.send_signal(signal.SIGCONT)


def end_in_order() -> None:
    """From here on SIGTERM ends this program like Ctrl-C does: its children end with it."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))


@contextmanager
def running(command: Sequence[str], token: str = "", **options: Any) -> Iterator[Child]:
    """Ends it in good order: SIGTERM, then patience, then SIGKILL."""
    with subprocess.Popen([sys.executable, *command], text=True, cwd=options.pop("cwd", HERE), **options) as process:
        try:
            yield Child(process, token)
        finally:
            process.send_signal(signal.SIGCONT)
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()


@contextmanager
def ready_made(module: str = "bench.ready_made") -> Iterator[str]:
    """A far end; yields its address."""
    command = [sys.executable, "-m", module]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=HERE, env=_environment({})) as process:
        assert process.stdout is not None  # noqa: S101 - it was asked for as a pipe
        try:
            yield process.stdout.readline().strip()
        finally:
            process.terminate()


@contextmanager
def bare(url: str) -> Iterator[Child]:
    with running(["-m", "bench.bare", url], BARE_TOKEN, env=_environment({})) as child:
        yield child


@contextmanager
def script(module: str, *arguments: str) -> Iterator[Child]:
    """A program of the benches, such as the naive bot."""
    with running(["-m", module, *arguments], env=_environment({})) as child:
        yield child


@contextmanager
def bot(
    url: str, folder: Path, profile: Path | None = None, log: Path | None = None, **settings: str
) -> Iterator[Child]:
    """`python -m bot run` on the database file in `folder`, a new one where there is none.

    `profile`: where cProfile writes what it saw. `settings` by their names, instead of those of the benches. `log`: the
    file that gets what it says; else it is shown.
    """
    profiled = ["-m", "cProfile", "-o", str(profile)] if profile else []
    command = [*profiled, "-m", "bot", "run"]
    given = _environment({**_settings(url, folder), **settings})
    with ExitStack() as stack:
        said = None if log is None else stack.enter_context(log.open("a", encoding="utf-8"))
        yield stack.enter_context(running(command, BOT_TOKEN, cwd=folder, env=given, stdout=said, stderr=said))


def database(folder: Path) -> Path:
    return folder / "bot.db"


def _settings(url: str, folder: Path) -> dict[str, str]:
    return {
        "BOT_TOKEN": BOT_TOKEN,
        "TELEGRAM_API_URL": url,
        "HIDSIM_API_URL": f"{url}/hidsim",
        "HIDSIM_IDENTIFIER": "demo@hidsim.example",
        "HIDSIM_PASSWORD": "demo",
        "HIDSIM_RATE_PER_SECOND": "100",
        "ACCESS": "open",
        "DATABASE_URL": f"sqlite+aiosqlite:///{database(folder)}",
        "LOG_LEVEL": "WARNING",
    }


def _environment(given: dict[str, str]) -> dict[str, str]:
    """The caller's, without settings of a real bot; children in another folder still find the packages."""
    known = {name.upper() for name in Settings.model_fields}
    inherited = {name: value for name, value in os.environ.items() if name.upper() not in known}
    return {**inherited, **given, "PYTHONPATH": str(HERE)}


def ask(url: str, path: str, **body: Any) -> Any:
    """POST to the far end. Ends the program with what the far end says when that is an error."""
    request = urllib.request.Request(  # noqa: S310 - loopback
        f"{url}{path}", json.dumps(body).encode(), {"Content-Type": "application/json"}
    )
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE + 5) as answer:  # noqa: S310
            return json.load(answer)
    except urllib.error.HTTPError as error:
        raise SystemExit(error.read().decode()) from None
