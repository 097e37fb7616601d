"""Work for many people at once: who waits for all of it misses nothing that a lane's end still brings."""

import asyncio

from bot.telegram.lanes import Lanes


async def test_what_follows_a_lane_is_waited_for_also_while_no_lane_is_taken() -> None:
    begun, looks, done = asyncio.Event(), asyncio.Event(), list[str]()

    async def work(name: str) -> None:
        done.append(name)

    async def follows() -> None:
        if "second" not in done:
            begun.set()
            await looks.wait()  # as for the database, while the lane is free already
            lanes.start(1, work("second"))

    lanes = Lanes("test", follows)
    lanes.start(1, work("first"))
    await begun.wait()
    assert lanes.people == frozenset()
    assert lanes.at_work
    looks.set()
    while lanes.at_work:
        await lanes.one_ends()
    assert done == ["first", "second"]
