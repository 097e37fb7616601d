import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.running import Pace
from tests.db.fresh import migrated_file
from tests.telegram.booth import QUICK, Booth, open_booth

__all__ = ["migrated_file"]

asyncio.set_event_loop(None)
"""Else pytest-asyncio makes a loop around the first fixture and forgets it, which is a warning, so a failure, later."""


@pytest.fixture
async def booth(tmp_path: Path, migrated_file: Path) -> AsyncIterator[Booth]:
    async with open_booth(tmp_path, migrated_file) as booth:
        yield booth


@pytest.fixture
async def impatient(tmp_path: Path, migrated_file: Path) -> AsyncIterator[Booth]:
    """Every handler that takes more than a few milliseconds is slow."""
    pace = Pace(limits=QUICK, taps=1000, taps_burst=1000, spinner=0.005)
    async with open_booth(tmp_path, migrated_file, pace) as booth:
        yield booth


@pytest.fixture
async def brusque(tmp_path: Path, migrated_file: Path) -> AsyncIterator[Booth]:
    """Sits no 429 out, so that a wait of one second is a long one."""
    limits = replace(QUICK, sit_out=0.5)
    pace = Pace(limits=limits, taps=1000, taps_burst=1000, spinner=8)
    async with open_booth(tmp_path, migrated_file, pace) as booth:
        yield booth
