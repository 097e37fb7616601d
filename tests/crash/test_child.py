"""The children are what they are said to be: processes of their own, of which SIGKILL leaves what was committed."""

import asyncio
import os
import signal
from pathlib import Path

from bot.sandbox.person import Person
from tests.crash import child
from tests.crash.keeper import Keeper, Living
from tests.crash.world import World


async def dies_at(moment: str, world: World, folder: Path) -> Keeper:
    """A bot that was killed there in the middle of a purchase, and not started again."""
    keeper = Keeper(world, folder, (moment, 1))
    process = Living(keeper.life())
    await asyncio.wait_for(process.ready, 60)
    ann = Person(world.telegram, 101, patience=30)
    sent = await ann.say("telegram brazil")
    await ann.tap("Buy · up to", message=await ann.sees("Matching now", since=sent), wait=False)
    assert await asyncio.wait_for(process.ended, 30) == -signal.SIGKILL
    return keeper


async def test_what_was_not_committed_is_lost(tmp_path: Path) -> None:
    async with World() as world:
        keeper = await dies_at("hold.before-commit", world, tmp_path)
        assert keeper.ask("SELECT id FROM orders") == []
        assert keeper.ask("SELECT id FROM transfers WHERE ref LIKE 'hold:%'") == []
        assert world.hidsim.record.purchases == []


async def test_what_was_committed_is_there(tmp_path: Path) -> None:
    async with World() as world:
        keeper = await dies_at("hold.committed", world, tmp_path)
        ((state, held),) = keeper.ask("SELECT state, held FROM orders")
        assert state == "placing"
        assert keeper.ask("SELECT ref, amount FROM transfers WHERE ref LIKE 'hold:%'") == [("hold:1", held)]
        assert world.hidsim.record.purchases == []


async def test_an_answer_that_was_not_written_down_is_lost_and_the_order_still_there(tmp_path: Path) -> None:
    async with World() as world:
        keeper = await dies_at("outcome.before-commit", world, tmp_path)
        assert keeper.ask("SELECT state, operation_id FROM orders") == [("placing", None)]
        assert len(world.hidsim.record.purchases) == 1


async def test_two_children_are_two_processes_with_loops_of_their_own(tmp_path: Path) -> None:
    async with World() as world:
        folders = [tmp_path / name for name in ("one", "two")]
        for folder in folders:
            folder.mkdir()
        one, two = (Living(Keeper(world, folder).life()) for folder in folders)
        assert len({one.pid, two.pid, os.getpid()}) == 3
        await asyncio.wait_for(asyncio.gather(one.ready, two.ready), 60)
        one.signal(signal.SIGKILL)
        assert await asyncio.wait_for(one.ended, 30) == -signal.SIGKILL
        assert not two.ended.done()
        two.signal(signal.SIGTERM)
        assert await asyncio.wait_for(two.ended, 30) == 0


def test_the_children_are_forked_from_a_server_that_has_imported_the_bot() -> None:
    here, there = child.context().Pipe(duplex=False)
    process = child.context().Process(target=child.imported_before, args=(there,))
    process.start()
    assert here.recv() is True
    process.join()
    assert process.exitcode == 0
