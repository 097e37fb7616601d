"""How late other people's codes are while one chat's messages are answered slowly.

    python -m bench.slow_chat [--seconds 20] [--people 15]

The whole bot on a new file before the sandbox's Telegram, at its usual pace. One person's sends take `--seconds` each;
every second somebody else's code is written down, and counts until Telegram has it.
"""

import argparse
import asyncio
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bot.app import open_app
from bot.db.orders import orders
from bot.db.orders import sms as sms_rows
from bot.db.orders.orders import NewOrder
from bot.db.shop import catalog
from bot.db.telling import notices
from bot.domain.notices import NoticeKind
from bot.domain.orders import Sms
from bot.domain.price_window import Window
from bot.sandbox.person import Person
from bot.sandbox.server import SandboxServer
from bot.settings import Settings
from bot.tasks import Nursery

SLOW = 100


async def write_code(app: Any, person_id: int) -> None:
    async with app.resources.database.write() as tx:
        service, country = await _somewhere(tx)
        wish = NewOrder(person_id, f"n{person_id}", service, country, None, Window(100_000, 250_000), "USD", 250_000)
        order_id = await orders.add(tx, wish)
        if order_id is None:
            raise LookupError("the order is there already")
        sms_id = await sms_rows.add(tx, order_id, "f", Sms(0, "Your code is 7731", "7731", None, None))
        key = f"code:{order_id}:f"
        await notices.add(tx, key, person_id, NoticeKind.CODE, order_id=order_id, sms_id=sms_id)


async def _somewhere(connection: Any) -> tuple[int, int]:
    services, countries = await catalog.services_after(connection, 0, 1), await catalog.all_countries(connection)
    return services[0].id, countries[0].id


async def others_codes(app: Any, server: SandboxServer, people: int) -> list[float]:
    """Seconds that each code took."""
    took = []
    told = asyncio.Event()

    async def one(person_id: int) -> None:
        begun = time.monotonic()
        await write_code(app, person_id)
        person = Person(server.telegram, person_id)
        await server.telegram.state.records.bell.wait_for(lambda: any("7731" in m.text for m in person.chat()), 60)
        took.append(time.monotonic() - begun)
        if len(took) == people:
            told.set()

    codes = Nursery()
    for turn in range(people):
        codes.start(one(SLOW + 1 + turn), "a code")
        await asyncio.sleep(1)
    await told.wait()
    return sorted(took)


async def measure(seconds: float, people: int, folder: Path) -> list[float]:
    async with SandboxServer() as server:
        settings = Settings(
            bot_token=server.token,
            telegram_api_url=server.telegram_url,
            hidsim_api_url=server.hidsim_url,
            hidsim_identifier="demo@hidsim.example",
            hidsim_password="demo",  # noqa: S106 - opens nothing but the sandbox
            access="open",
            database_url=f"sqlite+aiosqlite:///{folder}/bot.db",
            _env_file=None,
        )
        async with open_app(settings) as app:
            work = Nursery().start(app.run(), "the bot")
            await app.ready.wait()
            for person_id in range(SLOW, SLOW + people + 1):
                await Person(server.telegram, person_id).start()
            await asyncio.sleep(3)
            server.telegram.faults.add(
                method="sendMessage", contains=f'"chat_id": "{SLOW}"', latency=seconds, times=1000
            )
            await write_code(app, SLOW)
            await asyncio.sleep(1)
            took = await others_codes(app, server, people)
            app.stop()
            await work
            return took


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--people", type=int, default=15)
    given = parser.parse_args()
    with TemporaryDirectory() as folder:
        took = asyncio.run(measure(given.seconds, given.people, Path(folder)))
    middle = took[len(took) // 2]
    print(
        f"others' codes: median {middle:.2f} s, latest {took[-1]:.2f} s, one chat answering after {given.seconds:g} s"
    )


if __name__ == "__main__":
    main()
