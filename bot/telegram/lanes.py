"""Work for many people at once, for each of them one thing at a time: nobody waits for somebody else's slow chat."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from bot.tasks import Nursery


class Lanes:
    """A lane is one person's work under way. How many there may be is the caller's business, who asks `len()`."""

    def __init__(self, name: str, then: Callable[[], Awaitable[None]] | None = None) -> None:
        """`then` follows the end of each lane: there is room again."""
        self._name = name
        self._then = then
        self._nursery = Nursery()
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._alive: set[asyncio.Task[None]] = set()
        """Also those that have freed their lane, and look what follows."""

    def __len__(self) -> int:
        return len(self._tasks)

    @property
    def people(self) -> frozenset[int]:
        """Who has something under way."""
        return frozenset(self._tasks)

    @property
    def at_work(self) -> bool:
        """Whether anything is under way or may follow. No lane may be taken, and still something be about to begin."""
        return bool(self._alive)

    def start(self, person_id: int, work: Coroutine[Any, Any, None]) -> None:
        """The person must have nothing under way."""
        task = self._tasks[person_id] = self._nursery.start(self._run(person_id, work), self._name)
        self._alive.add(task)
        task.add_done_callback(self._alive.discard)

    async def _run(self, person_id: int, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        finally:
            del self._tasks[person_id]
        if self._then is not None:
            await self._then()

    async def one_ends(self) -> None:
        """Waits for the next lane to end, if there is any, and raises what ended it. Its own end stops no lane."""
        if self._alive:
            done, _ = await asyncio.wait(self._alive, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()

    async def close(self) -> None:
        """Cancels what is still under way."""
        await self._nursery.drain(0)
