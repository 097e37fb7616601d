"""What the starts need around them."""

from collections.abc import AsyncIterator

import pytest_asyncio

from tests.hidsim.scripted_server import ScriptedServer


@pytest_asyncio.fixture
async def far() -> AsyncIterator[ScriptedServer]:
    """A HidSim that answers as badly as it is told."""
    async with ScriptedServer() as far_end:
        yield far_end
