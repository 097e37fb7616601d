"""The real command in a folder of its own, as an operator's shell would start it."""

import asyncio
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TOKEN = "123456789:AAcanary-of-the-token-secret"
PASSWORD = "canary-of-the-password"
STRANGER = 10001
SOUND = {
    "BOT_TOKEN": TOKEN,
    "HIDSIM_API_URL": "http://127.0.0.1:9",
    "HIDSIM_IDENTIFIER": "shop@example.org",
    "HIDSIM_PASSWORD": PASSWORD,
    "TELEGRAM_API_URL": "http://127.0.0.1:9",
    "ADMIN_IDS": "900",
}
OBEDIENT = ("setpriv", "--bounding-set=-dac_override,-dac_read_search,-fowner", "--inh-caps=-all")
"""Root that is bound by the modes of files, as everybody else is."""
SOMEBODY = (
    "setpriv", f"--reuid={STRANGER}", f"--regid={STRANGER}", "--clear-groups",
    "--inh-caps=-all,+dac_read_search", "--ambient-caps=+dac_read_search",
)  # fmt: skip
"""Another user, who may read this Python wherever it is installed, and write only what is theirs."""


@dataclass(frozen=True)
class Done:
    status: int
    out: str
    err: str

    @property
    def said(self) -> str:
        return self.out + self.err


def environment(folder: Path, settings: Mapping[str, str | None]) -> dict[str, str]:
    given = {name: value for name, value in settings.items() if value is not None}
    return {"PATH": os.environ["PATH"], "HOME": str(folder), "PYTHONPATH": str(ROOT), **given}


def started(folder: Path, words: Sequence[str], settings: Mapping[str, str | None], before: Sequence[str] = ()) -> Done:
    """Waits for its end."""
    done = subprocess.run(
        [*before, sys.executable, "-m", "bot", *words],
        cwd=folder,
        env=environment(folder, settings),
        capture_output=True,
        text=True,
        timeout=50,
        check=False,
    )
    return Done(done.returncode, done.stdout, done.stderr)


def until(folder: Path, settings: Mapping[str, str | None], sign: str, *, within: float = 40) -> str:
    """Runs the bot until its log has `sign`, stops it, and hands back the log."""
    log = folder / "log"
    with (
        log.open("w") as out,
        subprocess.Popen(
            [sys.executable, "-m", "bot", "run"], cwd=folder, env=environment(folder, settings), stdout=out, stderr=out
        ) as process,
    ):
        ends = time.monotonic() + within
        while sign not in log.read_text() and process.poll() is None and time.monotonic() < ends:
            time.sleep(0.05)
        process.send_signal(signal.SIGTERM)
        process.wait(30)
    return log.read_text()


async def started_beside(
    folder: Path, words: Sequence[str], settings: Mapping[str, str | None], sign: str | None = None
) -> Done:
    """The same, while a far end in this process answers. With `sign`, it is stopped when its log has that."""
    err = folder / "err"
    with err.open("w") as out:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", *words,
            cwd=folder, env=environment(folder, settings), stdout=asyncio.subprocess.PIPE, stderr=out,
        )  # fmt: skip
    ending = asyncio.ensure_future(process.communicate())  # noqa: TID251
    async with asyncio.timeout(50):
        while sign is not None and sign not in err.read_text() and not ending.done():
            await asyncio.wait([ending], timeout=0.05)
        if sign is not None and not ending.done():
            process.terminate()
        said, _ = await ending
    return Done(process.returncode or 0, said.decode(), err.read_text())


def needs_root() -> None:
    """Skips where nobody else can be played."""
    if os.geteuid() != 0 or shutil.which("setpriv") is None:
        pytest.skip("only root, with setpriv, can play another user")
    for before in (OBEDIENT, SOMEBODY):
        tried = subprocess.run([*before, sys.executable, "-c", "import pydantic"], check=False, capture_output=True)
        if tried.returncode:
            pytest.skip(f"another user can't be played here: {tried.stderr.decode()[-100:]}")
