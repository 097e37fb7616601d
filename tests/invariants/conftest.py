import asyncio
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from bot.domain.access import Billing
from tests.db.fresh import migrated_file
from tests.invariants.machine import Shop

__all__ = ["migrated_file"]

asyncio.set_event_loop(None)
"""Else pytest-asyncio makes a loop around the first fixture and forgets it, which is a warning, so a failure, later."""

_MEMORY = Path("/dev/shm")


@pytest.fixture
def quick_folder(tmp_path: Path) -> Iterator[Path]:
    """In memory where there is such a place: it is the process that dies here, and never the machine."""
    if not _MEMORY.is_dir():
        yield tmp_path
        return
    with TemporaryDirectory(dir=_MEMORY) as folder:
        yield Path(folder)


@pytest.fixture
def shop(migrated_file: Path, quick_folder: Path) -> Iterator[Shop]:
    class ShopHere(Shop):
        template = migrated_file
        folder = quick_folder

    found = ShopHere()
    found.open(Billing.SHARED, 0, 50_000_000, 3)
    yield found
    found.teardown()
