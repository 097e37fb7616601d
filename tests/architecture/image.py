"""The build stage of the Dockerfile, carried out in a folder: its COPY and RUN lines, with / moved below it."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from tests.architecture.source import ROOT

Instruction = tuple[str, str]


class StepFailed(Exception):
    """A command ended with another status than 0; the message is all that it wrote."""


def stages() -> list[list[Instruction]]:
    """(WORD, rest) of every instruction, a list for each FROM."""
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    joined = re.sub(r"\s*\\\n\s*", " ", "\n".join(lines))
    found: list[list[Instruction]] = []
    for line in joined.splitlines():
        word, _, rest = line.partition(" ")
        if word == "FROM":
            found.append([])
        found[-1].append((word, rest.strip()))
    return found


def rest_of(word: str, stage: int = -1) -> list[str]:
    return [rest for name, rest in stages()[stage] if name == word]


def copied() -> list[str]:
    """What the build stage takes from the project."""
    return [source for rest in rest_of("COPY", 0) for source in rest.split()[:-1]]


def build(root: Path) -> None:
    """Leaves the finished environment in <root>/opt. Raises StepFailed."""
    source = root / "src"
    source.mkdir(parents=True)
    for word, rest in stages()[0]:
        if word == "COPY":
            *sources, target = rest.split()
            _copy(sources, source / target)
        elif word == "RUN":
            run(["sh", "-ec", rest.replace("/opt/", f"{root}/opt/")], source)


def _copy(sources: list[str], target: Path) -> None:
    for name in sources:
        origin = ROOT / name
        if origin.is_dir():
            shutil.copytree(origin, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            target.mkdir(parents=True, exist_ok=True)
            shutil.copy(origin, target)


def run(command: list[str], folder: Path, environment: dict[str, str] | None = None) -> str:
    """stdout of a command, run with the tests' interpreter and without any setting of the bot's. Raises StepFailed."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    pip = {
        name: value for name, value in os.environ.items() if name.startswith(("PIP_", "SSL_", "HTTP", "http", "HOME"))
    }
    given = {"PATH": path, "PIP_RETRIES": "1", "PIP_COMPILE": "0", **pip, **(environment or {})}
    done = subprocess.run(command, cwd=folder, env=given, capture_output=True, text=True, check=False)
    if done.returncode:
        raise StepFailed(done.stdout + done.stderr)
    return done.stdout
