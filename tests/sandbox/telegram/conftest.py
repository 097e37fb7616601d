from collections.abc import AsyncIterator

import pytest

from bot.sandbox.person import Person
from bot.sandbox.telegram import TelegramSandbox
from tests.sandbox.telegram.wire import NOON, Wire, open_wire


@pytest.fixture
def telegram() -> TelegramSandbox:
    """Its clock stands still unless a test moves it."""
    return TelegramSandbox(now=lambda: NOON)


@pytest.fixture
async def wire(telegram: TelegramSandbox) -> AsyncIterator[Wire]:
    """A running sandbox. Whatever a test does, answers and updates fit the Bot API's schema."""
    async with open_wire(telegram) as wire:
        yield wire
    assert telegram.problems == []


@pytest.fixture
async def ann(telegram: TelegramSandbox) -> Person:
    """Somebody who has pressed Start; the update is already taken out of the queue."""
    person = Person(telegram, 5, "Ann", patience=2)
    await person.start()
    telegram.state.updates.clear()
    return person
