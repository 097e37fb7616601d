"""The smallest world: a loop, a network, and processes without a bot. Only for the tests of what worlds are made of."""

import asyncio
import contextvars
from collections.abc import Callable, Coroutine
from random import Random
from typing import Any

from tests.sim.loop import SimLoop
from tests.sim.network import Network
from tests.sim.process import Machine, Process, here


class Small:
    """Replaces nothing of the standard library's, so it may run beside other tests."""

    def __init__(self, seed: int = 1) -> None:
        self._dice = Random(seed)
        self.loop = SimLoop(self._dice.uniform)
        self.network = Network(self.loop, self._dice)
        self.loop.join(self.network)
        self._processes: list[Process] = []

    def process(self, name: str, address: str = "10.0.0.1") -> Process:
        self._processes.append(Process(name, Machine(name, address)))
        return self._processes[-1]

    def run(self, work: Callable[["Small"], Coroutine[Any, Any, Any]]) -> Any:
        """As the world's own process. Returns or raises what `work` does; the loop is closed afterwards."""
        return contextvars.copy_context().run(self._run, work)

    def _run(self, work: Callable[["Small"], Coroutine[Any, Any, Any]]) -> Any:
        here.set(self.process("world", "10.0.0.9"))
        try:
            return self.loop.run_until_complete(self.loop.create_task(work(self), name="the test"))
        finally:
            self.loop.close()
            for process in self._processes:
                _forget(process)


def _forget(process: Process) -> None:
    """What died in the middle is pending for ever, as it should be; asyncio would complain of it."""
    for task in process.tasks.values():
        task._log_destroy_pending = False  # type: ignore[attr-defined]


def in_a_small_world(work: Callable[[Small], Coroutine[Any, Any, Any]]) -> Any:
    return Small().run(work)


async def after(seconds: float, act: Callable[[], object]) -> None:
    await asyncio.sleep(seconds)
    act()
