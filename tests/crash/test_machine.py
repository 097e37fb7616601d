"""The real command on a disk that hangs once, and on a machine whose clock is set: nothing is lost or late."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.app import utc_now
from bot.sandbox.person import Person
from tests.crash.keeper import ADMIN, Keeper
from tests.crash.machine import Machine, build
from tests.crash.people import BUY, NUMBER, PATIENCE, RELEASED, UNSURE, Buyer, until
from tests.crash.world import World

HANGS = 13.0
"""Seconds. Longer than anybody waits in line for the database, twice."""
NAMES = ("Telegram", "WhatsApp", "Google", "Instagram")


@asynccontextmanager
async def shop(folder: Path, people: int) -> AsyncIterator[tuple[Keeper, Machine, list[Buyer]]]:
    """A running command, and people who see a price."""
    machine = build(folder)
    async with World(now=utc_now) as world:
        keeper = Keeper(world, folder)
        settings = keeper.life().settings | {"admin_ids": ADMIN}
        environment = {name.upper(): str(value) for name, value in settings.items()}
        with machine.running(environment, keeper.log):
            await world.telegram.called("getUpdates", patience=60)
            buyers = [Buyer(keeper, 101 + place, name) for place, name in enumerate(NAMES[:people])]
            for buyer in buyers:
                await buyer.person.start()
                await buyer.sees_a_price()
            yield keeper, machine, buyers


async def test_a_disk_that_hangs_once_loses_no_purchase_and_no_code(tmp_path: Path) -> None:
    async with shop(tmp_path, 4) as (keeper, machine, buyers):
        *buying, dan = buyers
        slow = [keeper.world.hidsim.director.fault(keeper.world.path_of(one.service), delay=1.5) for one in buying]
        for one in buying:
            await one.taps(BUY)()
        await until(lambda: all(fault.hits for fault in slow))
        with machine.hanging_disk():
            began = time.monotonic()
            await until(lambda: len(keeper.world.hidsim.record.purchases) == len(buying))
            sent = await dan.person.say("/menu")
            await dan.person.sees("", since=sent)
            assert time.monotonic() - began < HANGS - 2
            assert not any(one.has_seen(NUMBER) for one in buying)
            await asyncio.sleep(HANGS - (time.monotonic() - began))
        for one in buying:
            assert await one.gets_a_number(), one.person.told()
            await one.gets_the_code()
            assert not one.has_seen(UNSURE)
            assert not one.has_seen(RELEASED)
        states = keeper.ask("SELECT state, COUNT(*) FROM orders GROUP BY state")
        assert states == [("completed", len(buying))]
        assert len(keeper.world.hidsim.record.purchases) == len(buying)
        assert "background work failed" not in keeper.told()
        assert keeper.ask("SELECT COUNT(*) FROM transfers WHERE ref LIKE 'capture:%'") == [(len(buying),)]


@pytest.mark.parametrize("by", [-60, -86_400, 86_400], ids=["a minute back", "a day back", "a day on"])
async def test_a_code_comes_at_once_though_the_clock_was_set(tmp_path: Path, by: int) -> None:
    async with shop(tmp_path, 1) as (keeper, machine, (ann,)):
        assert await ann.gets_a_number(), ann.person.told()
        machine.set_clock(by)
        began = time.monotonic()
        await ann.gets_the_code()
        assert time.monotonic() - began < 15
        ada = Person(keeper.world.telegram, ADMIN, "Ada", patience=PATIENCE)
        assert ada.chat() == []
