"""Every journey runs in a shop of its own; afterwards its log is read."""

import sys
from collections.abc import AsyncIterator, Iterator, MutableMapping
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from tests.journeys.shop import Dialect, Shop, World, open_shop

OUR_OWN_MISTAKES = {"a handler failed", "a tick fails", "background work failed", "an update could not be handled"}


@pytest.fixture
def dialect() -> Dialect:
    """The wire's dialect; `BOTH` of steps.py runs a journey in both."""
    return "canonical"


@pytest.fixture
async def shop(tmp_path: Path, dialect: Dialect) -> AsyncIterator[Shop]:
    async with open_shop(tmp_path, dialect) as opened:
        yield opened


@pytest.fixture
async def world(dialect: Dialect) -> AsyncIterator[World]:
    """The far ends alone, for journeys that start the bot themselves."""
    async with World(dialect) as opened:
        yield opened


@pytest.fixture(autouse=True)
def log() -> Iterator[list[MutableMapping[str, Any]]]:
    """The bot's log. No journey may end with a mistake of ours in it, or with what concerns its person alone."""
    World.opened.clear()
    with capture_logs() as lines:
        yield lines
    told = "\n".join(map(str, lines))
    assert [secret for world in World.opened for secret in world.secrets() if secret in told] == []
    for line in lines:
        sys.stdout.write(f"{line}\n")
    assert [line for line in lines if line["event"] in OUR_OWN_MISTAKES] == []
