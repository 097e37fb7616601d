import asyncio
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.db.fresh import migrated_file

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
