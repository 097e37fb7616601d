"""What a poll costs by itself: an aiohttp GET of an operation and its JSON read, at a rate or as fast as it goes.

`python -m bench.bare_polls URL BENCH RATE [AT_ONCE]`: RATE 0 asks without a pause, AT_ONCE at a time.
"""

import asyncio
import itertools
import json
import sys
import time

import aiohttp


async def _get(session: aiohttp.ClientSession, url: str) -> None:
    async with session.get(url, headers={"Authorization": "Bearer bench-token"}) as answer:
        json.loads(await answer.read())


async def _paced(session: aiohttp.ClientSession, urls: list[str], rate: float) -> None:
    due = time.monotonic()
    async with asyncio.TaskGroup() as tasks:
        for url in itertools.cycle(urls):
            tasks.create_task(_get(session, url))
            due = max(due + 1 / rate, time.monotonic() - 0.1)
            await asyncio.sleep(due - time.monotonic())


async def _unpaced(session: aiohttp.ClientSession, urls: list[str], at_once: int) -> None:
    async def one_after_another(mine: list[str]) -> None:
        for url in itertools.cycle(mine):
            await _get(session, url)

    async with asyncio.TaskGroup() as tasks:
        for number in range(at_once):
            tasks.create_task(one_after_another(urls[number::at_once]))


async def main(url: str, bench: str, rate: float, at_once: int) -> None:
    async with aiohttp.ClientSession() as session:
        async with session.post(f"{bench}/live", json={}) as answer:
            urls = [f"{url}/hidsim/operations/{one}" for one, _ in await answer.json()]
        await (_paced(session, urls, rate) if rate else _unpaced(session, urls, at_once))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], float(sys.argv[3]), int((sys.argv[4:] or ["16"])[0])))
