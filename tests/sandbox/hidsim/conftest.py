from collections.abc import AsyncIterator
from decimal import Decimal

import pytest

from bot.sandbox.hidsim import HidSimSandbox
from tests.sandbox.hidsim.api import Api, HandClock, serving


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
async def api(clock: HandClock) -> AsyncIterator[Api]:
    """Signed in, canonical, and time stands still until the test moves it."""
    async with serving(HidSimSandbox(now=clock, balance=Decimal(20))) as api:
        await api.login()
        yield api


@pytest.fixture
async def variant(clock: HandClock) -> AsyncIterator[Api]:
    async with serving(HidSimSandbox(dialect="variant", now=clock, balance=Decimal(20))) as api:
        await api.login()
        yield api
