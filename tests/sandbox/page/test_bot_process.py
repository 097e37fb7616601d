"""The bot's process is kept alive, restarted on demand, and given up with its last words."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest

from bot.sandbox.bot_process import BotGaveUp, BotProcess

# Says that it lives, then waits for SIGTERM; -S -E keep its start short.
PATIENT = (
    "import signal, sys; signal.signal(signal.SIGTERM, lambda *_: sys.exit(0));"
    " print('alive', file=sys.stderr, flush=True); signal.pause()"
)
STUBBORN = (
    "import signal, sys; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
    " print('alive', file=sys.stderr, flush=True); signal.pause()"
)
DYING = "import sys; print('no such file: cardboard', file=sys.stderr); sys.exit(3)"


class Said:
    """Collects lines; `until` waits for the nth that fits."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._news = asyncio.Event()

    def __call__(self, line: str) -> None:
        self.lines.append(line)
        self._news.set()

    async def until(self, text: str, times: int = 1) -> None:
        while sum(text in line for line in self.lines) < times:
            self._news.clear()
            await asyncio.wait_for(self._news.wait(), 20)


def child(script: str, said: Said, **options: float) -> BotProcess:
    command = (sys.executable, "-S", "-E", "-c", script)
    return BotProcess(command, dict(os.environ), said, **options)  # type: ignore[arg-type]


@asynccontextmanager
async def kept_alive(process: BotProcess) -> AsyncIterator[asyncio.Task[None]]:
    async with asyncio.TaskGroup() as group:
        task = group.create_task(process.run())
        yield task
        await process.stop()


async def test_what_the_bot_writes_to_stderr_is_passed_on_and_stop_ends_it() -> None:
    said = Said()
    process = child(PATIENT, said)
    async with kept_alive(process) as task:
        await said.until("bot | alive")
        pid = process.pid
        await process.stop()
        await task
    assert process.state == "stopped"
    assert pid is not None
    assert not _lives(pid)


async def test_a_restart_starts_another_process_and_is_no_death() -> None:
    said = Said()
    process = child(PATIENT, said, deaths=1)
    async with kept_alive(process):
        await said.until("alive")
        process.answered()
        first, state = process.pid, process.state
        await process.restart()
        await said.until("alive", times=2)
        assert state == "running"
        between, second = process.state, process.pid
        process.answered()
        assert (between, process.state) == ("restarting", "running")
        assert second != first


async def test_a_bot_that_dies_is_started_again_and_that_is_said() -> None:
    said = Said()
    process = child(PATIENT, said, quick=0)
    async with kept_alive(process):
        for times in (1, 2, 3, 4):
            await said.until("alive", times)
            process.answered()
            if times < 4:
                os.kill(process.pid or 0, 9)
    assert sum("signal 9" in line for line in said.lines) == 3


async def test_three_quick_deaths_are_enough_and_the_last_words_are_shown() -> None:
    said = Said()
    process = child(DYING, said)
    with pytest.raises(BotGaveUp, match=r"exit status 3[^$]*no such file: cardboard"):
        await process.run()
    assert process.starts == 3
    assert process.state == "gave up"
    assert process.problem == "The bot ended by itself (exit status 3): no such file: cardboard"


async def test_deaths_of_a_bot_that_was_never_up_count_however_long_it_lived() -> None:
    said = Said()
    with pytest.raises(BotGaveUp, match="2 times"):
        await child(DYING, said, quick=0, deaths=2).run()


async def test_a_bot_that_ignores_sigterm_is_killed_after_the_patience() -> None:
    said = Said()
    process = child(STUBBORN, said, patience=0.05)
    async with kept_alive(process):
        await said.until("alive")
        pid = process.pid
    assert any("killed" in line for line in said.lines)
    assert pid is not None
    assert not _lives(pid)


async def test_a_cancelled_run_takes_the_child_with_it() -> None:
    said = Said()
    process = child(PATIENT, said)
    async with asyncio.TaskGroup() as group:
        task = group.create_task(process.run())
        await said.until("alive")
        pid = process.pid
        task.cancel()
    assert pid is not None
    assert not _lives(pid)


def _lives(pid: int) -> bool:
    probe: Callable[[int, int], None] = os.kill
    try:
        probe(pid, 0)
    except ProcessLookupError:
        return False
    return True
