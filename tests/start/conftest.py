"""What the starts need around them."""

from collections.abc import AsyncIterator

import pytest_asyncio

from tests.hidsim.far_end import FarEnd


@pytest_asyncio.fixture
async def far() -> AsyncIterator[FarEnd]:
    """A HidSim that answers as badly as it is told."""
    async with FarEnd() as far_end:
        yield far_end
