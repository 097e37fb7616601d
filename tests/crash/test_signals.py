"""`hidsim-bot run` and its signals: the first one drains, a second one leaves at once, and there is only one bot."""

import asyncio
import signal
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest

from bot.app import utc_now
from bot.milestones import NAMES
from bot.sandbox.person import Person
from tests.crash import child
from tests.crash.keeper import ADMIN, Keeper, Process
from tests.crash.people import NUMBER, PATIENCE, UNSURE, until
from tests.crash.run import Case, run
from tests.crash.world import World

DRAIN = 15.0


class Command(Keeper):
    """The command on a database of its own; `run` starts it and nothing starts it again."""

    def environment(self) -> dict[str, str]:
        settings = self.life().settings | {"admin_ids": ADMIN}
        return {name.upper(): str(value) for name, value in settings.items()}

    def begin(self) -> Process:
        return Process(child.start_command(self.environment(), self.log))


@asynccontextmanager
async def shop(folder: Path) -> AsyncIterator[tuple[Command, Process, Person]]:
    """A running command, and Ann, who sees a price."""
    async with World(now=utc_now) as world:
        command = Command(world, folder)
        process = command.begin()
        try:
            ann = Person(world.telegram, 101, patience=PATIENCE)
            await world.telegram.called("getUpdates", patience=60)
            await ann.start()
            await ann.sees("Pick a service")
            yield command, process, ann
        finally:
            process.signal(signal.SIGKILL)


async def sees_a_price(ann: Person) -> None:
    for _ in range(20):
        sent = await ann.say("telegram brazil")
        if "Matching now" in (await ann.sees("", since=sent)).text:
            return
    raise AssertionError(ann.told())


async def ended(process: Process, within: float) -> int:
    return await asyncio.wait_for(asyncio.shield(process.ended), within)


async def test_sigterm_ends_an_idle_bot_with_0(tmp_path: Path) -> None:
    async with shop(tmp_path) as (_, process, _ann):
        process.signal(signal.SIGTERM)
        assert await ended(process, DRAIN) == 0


async def test_sigterm_waits_for_the_answer_of_a_purchase_under_way(tmp_path: Path) -> None:
    async with shop(tmp_path) as (command, process, ann):
        await sees_a_price(ann)
        slow = command.world.hidsim.director.fault("/purchase", delay=1.5)
        await ann.tap("Buy · up to", wait=False)
        await until(lambda: slow.hits)
        process.signal(signal.SIGTERM)
        assert await ended(process, DRAIN) == 0
        ((state, operation),) = command.ask("SELECT state, operation_id FROM orders")
        assert state in ("creating", "pending")
        assert operation == command.world.hidsim.record.purchases[0].operation_id
        assert not any(UNSURE in one.text for one in ann.chat())


async def test_a_second_sigterm_ends_it_at_once_and_the_next_start_knows_what_was_begun(tmp_path: Path) -> None:
    async with shop(tmp_path) as (command, process, ann):
        await sees_a_price(ann)
        slow = command.world.hidsim.director.fault("/purchase", after=True, delay=30, cut="after")
        await ann.tap("Buy · up to", wait=False)
        await until(lambda: slow.hits)
        process.signal(signal.SIGTERM)
        await until(lambda: "stopping" in command.told())
        began = time.monotonic()
        process.signal(signal.SIGTERM)
        assert await ended(process, DRAIN) == 1
        assert time.monotonic() - began < 5
        assert command.ask("SELECT state FROM orders") == [("placing",)]
        again = command.begin()
        await ann.sees(UNSURE)
        again.signal(signal.SIGTERM)
        assert await ended(again, DRAIN) == 0
        assert command.ask("SELECT state FROM orders") == [("unconfirmed",)]
        assert len(command.world.hidsim.record.purchases) == 1


async def test_sigterm_during_an_outage_of_hidsim_ends_it_with_0(tmp_path: Path) -> None:
    async with shop(tmp_path) as (command, process, ann):
        await sees_a_price(ann)
        await ann.tap("Buy · up to", wait=False)
        await ann.sees(NUMBER)
        command.world.hidsim.director.down(True)
        process.signal(signal.SIGTERM)
        assert await ended(process, DRAIN) == 0
        assert command.ask("SELECT state FROM orders") == [("pending",)]


async def test_a_push_that_is_on_its_way_is_finished_and_does_not_come_again(tmp_path: Path) -> None:
    async with shop(tmp_path) as (command, process, ann):
        await sees_a_price(ann)
        telegram = command.world.telegram
        slow = telegram.faults.add(method="sendMessage", contains=NUMBER, latency=1.0)
        await ann.tap("Buy · up to", wait=False)
        await until(lambda: not slow.left)
        process.signal(signal.SIGTERM)
        assert await ended(process, DRAIN) == 0
        assert command.ask("SELECT kind FROM notices WHERE done_at IS NULL") == []
        assert sum(NUMBER in one.text for one in ann.chat()) == 1


async def test_a_second_bot_on_the_same_database_says_so_and_ends_with_1(tmp_path: Path) -> None:
    async with shop(tmp_path) as (command, process, ann):
        other = Command(command.world, tmp_path)
        second = Process(child.start_command(other.environment(), tmp_path / "second.log"))
        assert await ended(second, PATIENCE) == 1
        assert "another HidSim bot already works on this database" in (tmp_path / "second.log").read_text()
        await sees_a_price(ann)
        process.signal(signal.SIGTERM)
        assert await ended(process, DRAIN) == 0


@pytest.mark.parametrize("name", NAMES[::4])
async def test_sigterm_at_a_milestone_loses_nothing_and_repeats_nothing(name: str, tmp_path: Path) -> None:
    """All of them are tried by `make faults`."""
    verdict = await run(Case(kill=(name, 1), sign=signal.SIGTERM), tmp_path)
    assert verdict.stops == 1
    assert verdict.wrong == []
    assert verdict.repeats == 0


async def test_a_second_program_that_polls_with_the_same_token_ends_the_bot_with_a_sentence(tmp_path: Path) -> None:
    async with shop(tmp_path) as (command, process, _), aiohttp.ClientSession() as rival:
        url = f"{command.world.telegram_url}/bot{command.world.token}/getUpdates"
        async with asyncio.timeout(PATIENCE):
            while not process.ended.done():
                async with rival.get(url, params={"timeout": 1}):
                    pass
        assert process.ended.result() == 1
        assert "another program polls Telegram with this BOT_TOKEN" in command.told()


async def test_a_token_that_telegram_no_longer_accepts_ends_the_bot_with_a_sentence(tmp_path: Path) -> None:
    async with shop(tmp_path) as (command, process, _):
        command.world.telegram.faults.add(method="getUpdates", times=9, status=401, description="Unauthorized")
        await Person(command.world.telegram, ADMIN, "Ada").start()  # ends the long poll that is open
        assert await ended(process, PATIENCE) == 1
        assert "Telegram does not accept BOT_TOKEN" in command.told()
