"""One event loop on which time is a number: nothing waits, everything happens in an order that the seed decides.

What asyncio promises holds (callbacks run first in, first out); what it leaves open, how long a network, a disk or a
thread takes, the world draws. Every callback belongs to the process whose context it was made in, so that a process
can die between any two of them: nothing of it runs any more, not even a `finally`.
"""

import asyncio
import heapq
import zlib
from collections.abc import Callable, Coroutine
from contextvars import Context
from math import ceil
from typing import Any

from tests.sim.process import Process, here


class Stuck(Exception):
    """Nothing is left that could ever happen, and somebody still waits."""


class _Numbered:
    """Sets of these go in the order of their making, not in that of their addresses, which differ from run to run."""

    _made = 0

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        _Numbered._made += 1
        self.number = _Numbered._made
        super().__init__(*args, **kwargs)

    def __hash__(self) -> int:
        return self.number


class _Task(_Numbered, asyncio.Task[Any]):
    """Kept by its process until it is done: one that is dead must not be collected, which would run its `finally`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = here.get().tasks
        kept[self.number] = self
        self.add_done_callback(lambda _: kept.pop(self.number, None))


class _Future(_Numbered, asyncio.Future[Any]):
    pass


class SimLoop(asyncio.BaseEventLoop):
    """`dice(low, high)`: seconds that something takes for which nobody else decides, such as a thread's work."""

    def __init__(self, dice: Callable[[float, float], float]) -> None:
        super().__init__()
        self.micros = 0
        self._dice = dice
        self.steps = 0
        self.print = 0
        """A checksum of every callback that ran, with its time and its process: two runs of a seed have the same."""
        self.set_task_factory(_task)

    # -- time and turns

    def time(self) -> float:
        return self.micros / 1e6

    def _run_once(self) -> None:
        if not self._ready:
            self._go_on_to_the_next_timer()
        now = self.time()
        while self._scheduled and self._scheduled[0]._when <= now:
            timer = heapq.heappop(self._scheduled)
            timer._scheduled = False
            self._ready.append(timer)
        for _ in range(len(self._ready)):
            self._step(self._ready.popleft())

    def _go_on_to_the_next_timer(self) -> None:
        while self._scheduled and self._scheduled[0]._cancelled:
            heapq.heappop(self._scheduled)._scheduled = False
        if not self._scheduled:
            raise Stuck
        when = self._scheduled[0]._when
        self.micros = max(self.micros, ceil(when * 1e6))
        if self.time() < when:  # a float's last digit: who looks at the clock would wait once more, without end
            self.micros += 1

    def _step(self, handle: asyncio.Handle) -> None:
        process = handle._context.get(here)
        if handle._cancelled or process is None or process.dead:
            return
        self.steps += 1
        process.steps += 1
        self._note(handle, process)
        process.look_at_the_clock()
        handle._run()
        if process.steps == process.dies_at_step:
            process.die()

    def _note(self, handle: asyncio.Handle, process: Process) -> None:
        callback = handle._callback
        owner = getattr(callback, "__self__", None)
        name = owner.get_name() if isinstance(owner, asyncio.Task) else getattr(callback, "__qualname__", "")
        self.print = zlib.crc32(f"{self.micros} {process.name} {name}".encode(), self.print)

    def call_at(self, when: float, callback: Any, *args: Any, context: Context | None = None) -> asyncio.TimerHandle:
        return super().call_at(max(when, self.time()), callback, *args, context=context)

    # -- what BaseEventLoop leaves to the machine

    def create_future(self) -> Any:
        return _Future(loop=self)

    def _write_to_self(self) -> None:
        """Nobody sleeps, so nobody has to be woken."""

    def _process_events(self, event_list: Any) -> None:
        raise NotImplementedError

    def call_soon_threadsafe(self, callback: Any, *args: Any, context: Context | None = None) -> asyncio.Handle:
        return self.call_soon(callback, *args, context=context)

    def add_signal_handler(self, sig: int, callback: Any, *args: Any) -> None:
        raise NotImplementedError("a process of the simulation is told to stop by whoever keeps it")

    def run_in_executor(self, executor: Any, func: Any, *args: Any) -> Any:
        """Done at once; known when a thread would have done it."""
        future = self.create_future()
        try:
            result = func(*args)
        except Exception as error:  # noqa: BLE001 - whoever waits for it gets it
            self.call_later(self._dice(0.0001, 0.01), _fail, future, error)
        else:
            self.call_later(self._dice(0.0001, 0.01), _fulfil, future, result)
        return future

    # -- the network, which is the world's

    def join(self, network: Any) -> None:
        self._network = network

    async def getaddrinfo(self, host: Any, port: Any, **_: Any) -> Any:
        raise OSError(f"no name is known here, and so not {host}:{port}: addresses only")

    async def sock_connect(self, sock: Any, address: Any) -> None:
        await self._network.dial(sock, address)

    async def create_connection(self, protocol_factory: Any, host: Any = None, port: Any = None, **options: Any) -> Any:
        return await self._network.connect(protocol_factory, host, port, options.get("sock"))

    async def create_server(self, protocol_factory: Any, host: Any = None, port: Any = None, **_: Any) -> Any:
        return self._network.listen(protocol_factory, host, port)


def _task(loop: Any, coro: Coroutine[Any, Any, Any], **options: Any) -> Any:
    return _Task(coro, loop=loop, **options)


def _fulfil(future: asyncio.Future[Any], result: Any) -> None:
    if not future.done():
        future.set_result(result)


def _fail(future: asyncio.Future[Any], error: BaseException) -> None:
    if not future.done():
        future.set_exception(error)
