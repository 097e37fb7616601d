"""A bot as it is written in an afternoon: a loop over all live orders, oldest first, at R requests a second.

`python -m bench.naive URL R` before a world of `bench.far`. It keeps nothing, and sends a code as soon as it reads it.
"""

import asyncio
import json
import sys
import time
from typing import Any

import aiohttp

from bench.partner import SERVICE


class Naive:
    def __init__(self, url: str, bench: str, rate: float, session: aiohttp.ClientSession) -> None:
        self._telegram = f"{url}/bot3:naive"
        self._hidsim = f"{url}/hidsim"
        self._bench = bench
        self._gap = 1 / rate
        self._next = 0.0
        self._session = session
        self._live: dict[str, int] = {}

    async def run(self) -> None:
        async with self._session.post(f"{self._bench}/live", json={}) as answer:
            self._live = dict(await answer.json())
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._hear(tasks))
            while True:
                for one in list(self._live):
                    await self._turn()
                    tasks.create_task(self._poll(one))
                if not self._live:
                    await asyncio.sleep(0.05)

    async def _hear(self, tasks: asyncio.TaskGroup) -> None:
        offset = 0
        while True:
            for update in await self._call("getUpdates", offset=offset, timeout=30):
                offset = update["update_id"] + 1
                tasks.create_task(self._buy(update["callback_query"]["from"]["id"]))

    async def _buy(self, person: int) -> None:
        while True:
            await self._turn()
            bought = await self._ask("POST", f"/services/{SERVICE}/purchase")
            if bought is not None:
                self._live[bought["_id"]] = person
                return

    async def _poll(self, one: str) -> None:
        operation = await self._ask("GET", f"/operations/{one}")
        if operation is None or operation["state"] in ("creating", "pending"):
            return
        person = self._live.pop(one, None)
        if person is not None and operation["code"]:
            await self._call("sendMessage", chat_id=person, text=f"Telegram: {operation['code']}")

    async def _turn(self) -> None:
        now = time.monotonic()
        self._next = max(self._next, now) + self._gap
        await asyncio.sleep(self._next - self._gap - now)

    async def _ask(self, method: str, path: str) -> Any:
        async with self._session.request(method, self._hidsim + path) as answer:
            body = await answer.read()
            if answer.status == 429:
                self._next = max(self._next, time.monotonic() + float(answer.headers.get("Retry-After", 1)))
            return json.loads(body) if answer.status < 300 else None

    async def _call(self, method: str, **given: object) -> Any:
        async with self._session.post(f"{self._telegram}/{method}", data=given) as answer:
            return (await answer.json())["result"]


async def main(url: str, bench: str, rate: float) -> None:
    async with aiohttp.ClientSession() as session:
        await Naive(url, bench, rate, session).run()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], float(sys.argv[3])))
