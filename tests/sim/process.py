"""A process on a machine of the world: what runs in its context is its own and ends with it."""

import asyncio
import contextvars
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any


@dataclass(eq=False)
class Machine:
    """`address`: where it is reached. `ahead`: seconds by which its wall clock is wrong."""

    name: str
    address: str
    ahead: float = 0.0


@dataclass(eq=False)
class Process:
    """Lives until `die`. `dies_at_step`: after so many of its callbacks; `deaths` are told of it.

    What it has open is its own: `files` are closed and `connections` reset when it dies, as a system does.
    """

    name: str
    machine: Machine
    set_clock: Callable[[float], None] = lambda ahead: None
    dead: bool = False
    steps: int = 0
    dies_at_step: int | None = None
    tasks: dict[int, "asyncio.Task[Any]"] = field(default_factory=dict)
    files: list[Any] = field(default_factory=list)
    connections: dict[int, Any] = field(default_factory=dict)
    deaths: list[Callable[[], None]] = field(default_factory=list)

    def start(self, work: Coroutine[Any, Any, Any], name: str) -> "asyncio.Task[Any]":
        """Runs `work` as this process's own."""
        return self.context().run(asyncio.get_running_loop().create_task, work, name=name)

    def context(self) -> contextvars.Context:
        context = contextvars.copy_context()
        context.run(here.set, self)
        return context

    def look_at_the_clock(self) -> None:
        self.set_clock(self.machine.ahead)

    def die(self) -> None:
        """As by SIGKILL: what was not committed is rolled back, connections are reset, nobody cleans up."""
        if self.dead:
            return
        self.dead = True
        for connection in list(self.connections.values()):
            connection.lost_its_process()
        for file in self.files:
            file.let_go()
        for death in self.deaths:
            death()


here: contextvars.ContextVar[Process] = contextvars.ContextVar("here")
