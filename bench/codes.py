"""How soon codes reach Telegram: many that are written at one moment, and one at a time.

    python -m bench.codes [--codes 500] [--single 20]

The whole bot on a new file, at its usual pace, before a far end in a process of its own that keeps Telegram's limits
(30 messages a second after a burst of 30, one a second in a chat after three) and notes when each message came. Both
processes read one monotonic clock.
"""

import argparse
import asyncio
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import mean, median
from tempfile import TemporaryDirectory
from typing import Any

from aiohttp import web

from bench.children import BOT_TOKEN, HERE, ask
from bench.ready_made import ReadyMade, message, serve
from bot.app import open_app
from bot.db import people
from bot.db.database import Tx
from bot.db.orders import orders
from bot.db.orders import sms as sms_rows
from bot.db.orders.orders import NewOrder
from bot.db.shop import catalog
from bot.db.telling import notices
from bot.domain.access import Standing
from bot.domain.notices import NoticeKind
from bot.domain.orders import Sms
from bot.domain.people import Person
from bot.domain.price_window import Window
from bot.sandbox.telegram.clock import Clock, utc_now
from bot.sandbox.telegram.errors import ApiError
from bot.sandbox.telegram.flood import Flood
from bot.settings import Settings
from bot.tasks import Nursery

FIRST = 10_000
_LONGEST = 120.0


class Limited(ReadyMade):
    """A far end that refuses what comes faster than Telegram takes it. Answers after `latency` seconds."""

    def __init__(self, latency: float) -> None:
        super().__init__()
        self._latency = latency
        self._flood = Flood(Clock(utc_now), on=True)
        self._sent: list[tuple[float, int, int]] = []
        """When, to whom, and with which status."""

    def app(self) -> web.Application:
        app = super().app()
        app.router.add_post("/bench/sent", self._tell)
        return app

    async def _call(self, request: web.Request) -> web.Response:
        if request.match_info["method"].lower() != "sendmessage":
            return await super()._call(request)
        came, given = time.monotonic(), await request.post()
        chat = int(str(given["chat_id"]))
        try:
            self._flood.pass_or_refuse(chat)
        except ApiError as error:
            self._sent.append((came, chat, error.code))
            return web.json_response(error.envelope(), status=error.code)
        self._sent.append((came, chat, 200))
        await asyncio.sleep(self._latency)
        return web.json_response({"ok": True, "result": message(chat) | {"message_id": len(self._sent)}})

    async def _tell(self, _request: web.Request) -> web.Response:
        told, self._sent = self._sent, []
        return web.json_response(told)


@contextmanager
def far_end(latency: float) -> Iterator[str]:
    """Yields its address."""
    command = [sys.executable, "-m", "bench.codes", "--far-end", str(latency)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=HERE) as process:
        assert process.stdout is not None  # noqa: S101 - it was asked for as a pipe
        try:
            yield process.stdout.readline().strip()
        finally:
            process.terminate()


async def add_code(tx: Tx, person_id: int, nonce: str) -> None:
    services, countries = await catalog.services_after(tx, 0, 1), await catalog.all_countries(tx)
    window = Window(100_000, 250_000)
    wish = NewOrder(person_id, nonce, services[0].id, countries[0].id, None, window, "USD", 250_000)
    order_id = await orders.add(tx, wish)
    sms_id = await sms_rows.add(tx, order_id or 0, "f", Sms(0, "Your code is 7731", "7731", None, None))
    await notices.add(tx, f"code:{order_id}", person_id, NoticeKind.CODE, order_id=order_id, sms_id=sms_id)


async def told(app: Any) -> None:
    """Until everything is marked."""
    async with asyncio.timeout(_LONGEST):
        while await app.shop.outbox.waiting():  # noqa: ASYNC110 - the database rings no bell for a mark
            await asyncio.sleep(0.25)


async def one_at_a_time(app: Any, url: str, count: int) -> list[float]:
    """Seconds from each commit until its message came."""
    dice, took = random.Random(1), []
    for number in range(count):
        await asyncio.sleep(dice.uniform(0.2, 0.7))
        async with app.resources.database.write() as tx:
            await add_code(tx, FIRST + number, f"single{number}")
        written = time.monotonic()
        await told(app)
        ((came, _, _),) = await asyncio.to_thread(ask, url, "/bench/sent")
        took.append(came - written)
    return took


async def all_at_once(app: Any, url: str, count: int) -> str:
    async with app.resources.database.write() as tx:
        for number in range(count):
            await add_code(tx, FIRST + number, "crowd")
    written, spent = time.monotonic(), time.process_time()
    await told(app)
    spent = time.process_time() - spent
    sent = await asyncio.to_thread(ask, url, "/bench/sent")
    good = [(came - written, chat) for came, chat, status in sent if status == 200]
    late = [chat for _, chat in good]
    behind = max((place - chat + FIRST for place, chat in enumerate(late)), default=0)
    return (
        f"{count} at once: first after {good[0][0] * 1000:.0f} ms, last after {good[-1][0]:.2f} s, "
        f"{len(sent) - len(good)} refused with 429, {len(good) - len(set(late))} twice, "
        f"at most {behind} places out of their order, {spent / count * 1000:.2f} ms of CPU a code"
    )


def settings(url: str, folder: Path) -> Settings:
    return Settings(
        bot_token=BOT_TOKEN,
        telegram_api_url=url,
        hidsim_api_url=f"{url}/hidsim",
        hidsim_identifier="demo@hidsim.example",
        hidsim_password="demo",  # noqa: S106 - opens nothing but the sandbox
        access="open",
        database_url=f"sqlite+aiosqlite:///{folder}/bot.db",
        _env_file=None,
    )


async def measure(url: str, folder: Path, single: int, crowd: int) -> None:
    async with open_app(settings(url, folder)) as app:
        work = Nursery().start(app.run(), "the bot")
        await app.ready.wait()
        async with app.resources.database.write() as tx:
            for number in range(crowd):
                await people.add(tx, Person(FIRST + number, "Ann", Standing.ALLOWED, "en"))
        await asyncio.sleep(3)
        took = await one_at_a_time(app, url, single)
        print(f"one at a time: mean {mean(took) * 1000:.0f} ms, median {median(took) * 1000:.0f}", end=" ms, ")
        print(f"latest {max(took) * 1000:.0f} ms from its commit to Telegram", flush=True)
        print(await all_at_once(app, url, crowd), flush=True)
        await asyncio.sleep(2)
        spent, seconds = time.process_time(), 10
        await asyncio.sleep(seconds)
        print(f"idle: {(time.process_time() - spent) / seconds * 100:.2f} % of a core")
        app.stop()
        await work


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--codes", type=int, default=500)
    parser.add_argument("--single", type=int, default=20, help="codes that come one at a time")
    parser.add_argument("--latency", type=float, default=0.05, help="seconds that the far end takes for a message")
    parser.add_argument("--far-end", type=float, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.far_end is not None:
        asyncio.run(serve(Limited(given.far_end)))
        return
    with far_end(given.latency) as url, TemporaryDirectory() as folder:
        asyncio.run(measure(url, Path(folder), given.single, given.codes))


if __name__ == "__main__":
    main()
