"""The bot as a child process: started, watched, started again. Nothing here imports it."""

import asyncio
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Literal

State = Literal["starting", "running", "restarting", "stopped", "gave up"]
_LAST_WORDS = 12
_LONGEST_LINE = 1 << 20


class BotGaveUp(Exception):
    """The bot died several times in a row, each time soon after its start. The message tells its last words."""


class BotProcess:
    """One child at a time. Times are seconds of the wall clock.

    `patience`: how long a child may take to stop after SIGTERM before it is killed. A life shorter than `quick`, or in
    which it never was up, is a quick death; after `deaths` of them in a row `run` raises BotGaveUp. What the child
    writes to stderr goes to `out` line by line; its stdout is ours.
    """

    def __init__(
        self,
        command: Sequence[str],
        environment: Mapping[str, str],
        out: Callable[[str], None],
        *,
        folder: Path | None = None,
        patience: float = 15.0,
        quick: float = 10.0,
        deaths: int = 3,
    ) -> None:
        self._command = command
        self._environment = dict(environment)
        self._out = out
        self._folder = folder
        self._patience = patience
        self._quick = quick
        self._deaths = deaths
        self._process: asyncio.subprocess.Process | None = None
        self._asked_to_restart = False
        self._stopping = False
        self._last_words: deque[str] = deque(maxlen=_LAST_WORDS)
        self.state: State = "stopped"
        self.starts = 0
        self.problem = ""
        """How the child ended last, with its last line, when it ended by itself; "" once it is up again."""
        self._born = 0.0

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    @property
    def age(self) -> float:
        """Seconds since the child was started; 0 when there is none."""
        return asyncio.get_running_loop().time() - self._born if self._process else 0.0

    def answered(self) -> None:
        """Called by whoever sees the bot at work: it is up."""
        if self.state in ("starting", "restarting") and self._process and not self._asked_to_restart:
            self.state, self.problem = "running", ""

    async def run(self) -> None:
        """Keeps the bot alive until `stop`. Raises BotGaveUp; a cancelled run stops the child too."""
        quick_deaths = 0
        try:
            while not self._stopping:
                began = asyncio.get_running_loop().time()
                status = await self._live()
                if self._stopping or self._asked_to_restart:
                    continue
                lived = asyncio.get_running_loop().time() - began
                healthy = self.state == "running" and lived >= self._quick
                quick_deaths = 1 if healthy else quick_deaths + 1
                self._mourn(status, quick_deaths)
        finally:
            if self.state != "gave up":
                self.state = "stopped"

    async def restart(self) -> None:
        """Stops the child as an operator would; `run` starts the next one. Nothing happens when none is running."""
        if self._process is not None and not self._asked_to_restart:
            self._asked_to_restart = True
            self.state = "restarting"
            await self._end(self._process)

    async def stop(self) -> None:
        """Stops the child for good and lets `run` return."""
        self._stopping = True
        if self._process is not None:
            await self._end(self._process)

    async def _live(self) -> int:
        self.state = "restarting" if self.starts else "starting"
        self._asked_to_restart = False
        self._last_words.clear()
        # A group of its own: Ctrl-C reaches us alone, and the child gets one orderly SIGTERM from us.
        process = await asyncio.create_subprocess_exec(
            *self._command,
            env=self._environment,
            cwd=self._folder,
            stdin=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
            limit=_LONGEST_LINE,
            process_group=0,
        )
        self._process, self._born = process, asyncio.get_running_loop().time()
        self.starts += 1
        try:
            if not self._stopping:  # else `stop` came while the child was being started
                await self._listen(process)
                await process.wait()
        finally:
            await self._end(process)
            self._process = None
        return process.returncode or 0

    async def _listen(self, process: asyncio.subprocess.Process) -> None:
        assert process.stderr is not None  # noqa: S101  (it was asked for as a pipe)
        async for raw in process.stderr:
            line = raw.decode(errors="replace").rstrip()
            self._last_words.append(line)
            self._out(f"bot | {line}")

    async def _end(self, process: asyncio.subprocess.Process) -> None:
        if process.returncode is not None:
            return
        process.terminate()
        try:
            await asyncio.wait_for(process.wait(), self._patience)
        except TimeoutError:
            self._out(f"The bot didn't stop within {self._patience:g} s and is killed.")
            process.kill()
            await process.wait()

    def _mourn(self, status: int, quick_deaths: int) -> None:
        how = f"exit status {status}" if status >= 0 else f"signal {-status}"
        last = next((line for line in reversed(self._last_words) if line), "it wrote nothing to stderr")
        self.problem = f"The bot ended by itself ({how}): {last}"
        if quick_deaths >= self._deaths:
            self.state = "gave up"
            words = "\n".join(f"    {line}" for line in self._last_words) or "    (it wrote nothing to stderr)"
            raise BotGaveUp(
                f"The bot ended {quick_deaths} times soon after its start (the last time with {how}), "
                f"so it isn't started again. Its last words:\n{words}"
            )
        self._out(f"The bot ended by itself ({how}). It is started again.")
