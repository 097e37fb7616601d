import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.db.fresh import migrated_file
from tests.services.floor import Floor, open_floor

__all__ = ["migrated_file"]

asyncio.set_event_loop(None)
"""Else pytest-asyncio makes a loop around the first fixture and forgets it, which is a warning, so a failure, later."""


@pytest.fixture
async def bare(tmp_path: Path, migrated_file: Path) -> AsyncIterator[Floor]:
    """Nothing has been read of HidSim yet."""
    async with open_floor(tmp_path, migrated_file) as floor:
        yield floor


@pytest.fixture
async def floor(bare: Floor) -> Floor:
    return await bare.opened()
