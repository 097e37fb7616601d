import random
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, contextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
import structlog

from bot.hidsim import HidSim, HidSimConfig
from tests.hidsim.scripted_server import ScriptedServer

# Otherwise pytest-asyncio lets asyncio make a loop for the main thread, which nobody closes: a ResourceWarning that
# strikes some later test.

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
Connect = Callable[..., HidSim]


class Clock:
    """Seconds that pass only when told."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds

    def pass_(self, seconds: float) -> None:
        self.seconds += seconds


@contextmanager
def on_event(name: str, act: Callable[[], None]) -> Iterator[None]:
    """Acts the first time that this event is logged."""
    acts = [act]

    def watch(_: object, __: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
        if event["event"] == name and acts:
            acts.pop()()
        raise structlog.DropEvent

    processors = structlog.get_config()["processors"]
    kept = list(processors)
    processors[:] = [watch]
    try:
        yield
    finally:
        processors[:] = kept


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def far() -> AsyncIterator[ScriptedServer]:
    async with ScriptedServer() as far_end:
        yield far_end


@pytest.fixture
async def connect(far: ScriptedServer) -> AsyncIterator[Connect]:
    """Makes clients of the far end; each argument goes to the configuration, or to the client."""
    async with AsyncExitStack() as stack:

        def make(**wanted: Any) -> HidSim:
            injected = {name: wanted.pop(name) for name in ("now", "clock", "rng") if name in wanted}
            config = HidSimConfig(
                **{
                    "url": far.url,
                    "identifier": "shop@example.org",
                    "password": "pass-word-secret",
                    "rate_per_second": 10_000,
                    "read_timeout": 2,
                    "purchase_timeout": 2,
                    "connect_timeout": 2,
                    "retry_delay": 0,
                    **wanted,
                }
            )
            client = HidSim(config, **{"now": lambda: NOW, "rng": random.Random(1), **injected})
            stack.push_async_callback(client.aclose)
            return client

        yield make


@pytest.fixture
def hidsim(connect: Connect) -> HidSim:
    return connect()
