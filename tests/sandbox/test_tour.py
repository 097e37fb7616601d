"""The tour as people start it: one command, a real bot beside it, and an exit status that can be believed."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.timeout(240)  # a whole bot starts, and the stories run in real time


class Tour:
    """The running command. `lines` is what it has said so far."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self.lines: list[str] = []

    async def address(self) -> str:
        """Where the sandbox listens, which is said first."""
        line = await self._line()
        assert line.startswith("The chat: http://127.0.0.1:")
        return line.removeprefix("The chat: ").rstrip("/")

    async def ends(self) -> int:
        while await self._line():
            pass
        return await self._process.wait()

    async def _line(self) -> str:
        """The next line that isn't blank; empty at the end."""
        assert self._process.stdout is not None
        async for raw in self._process.stdout:
            if line := raw.decode().rstrip():
                self.lines.append(line)
                return line
        return ""

    def starting(self, mark: str) -> list[str]:
        return [line.strip() for line in self.lines if line.strip().startswith(mark)]


@asynccontextmanager
async def tour(*options: str) -> AsyncIterator[Tour]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot.sandbox", "--port", "0", *options),
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    try:
        yield Tour(process)
    finally:
        if process.returncode is None:
            process.terminate()
            await process.wait()


@pytest.mark.parametrize("dialect", ["canonical", "variant"])
async def test_every_step_of_the_tour_holds(dialect: str) -> None:
    async with tour("--tour", "--dialect", dialect) as played:
        status = await played.ends()
    said = "\n".join(played.lines)
    assert status == 0, said
    assert played.starting("✗") == [], said
    assert len(played.starting("✓")) > 30, said
    assert "[🔑 Copy code]" in said
    assert "Too early" in said


async def test_without_a_terminal_the_tour_is_played_and_what_does_not_hold_is_said() -> None:
    async with tour() as played, aiohttp.ClientSession() as http:
        fault = {"path_contains": "/purchase", "status": 500, "times": None}
        async with http.post(f"{await played.address()}/hidsim/_director/fault", json=fault) as answer:
            assert answer.status == 200
        status = await played.ends()
    said = "\n".join(played.lines)
    assert status == 1, said
    assert played.starting("✗") == ["✗ expected: the number comes as a new message"], said
    assert "bot    Telegram · 🇧🇷 Brazil" in said, "the chat as it stood is missing"
