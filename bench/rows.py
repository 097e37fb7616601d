"""What a long history costs: the time of each statement at 10,000 and at 300,000 orders, and of a large catalog.

    python -m bench.rows [--orders 10000 300000] [--services 20000] [--rounds 7]

Every statement runs in a transaction that is taken back, on a file of each size; the medians stand side by side.
Then the whole purchase transaction, the minute's check of the books, and the longest time that the event loop stood
still while the catalog was read again. Takes about two minutes and 0.6 GB in the temporary folder.
"""

import argparse
import asyncio
import gc
import json
import sys
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from aiohttp import web

from bench.history import NOW, RESELLER, make
from bench.stalls import longest_stall
from bench.statements import STATEMENTS, Statement
from bot import logs
from bot.app import open_app
from bot.db import audit, switches
from bot.db.database import Database, Tx
from bot.db.money import books
from bot.db.orders import figures, orders
from bot.domain.acts import Act
from bot.domain.ledger import HIDSIM, hold
from bot.domain.price_window import Window
from bot.services.safety.pause import PAUSED
from bot.services.safety.recount import Recount
from bot.settings import Settings

LIMIT_MS = 50.0
"""Nobody may hold the one connection for longer."""


class Undone(Exception):
    """Takes a transaction back."""


async def purchase(tx: Tx) -> None:
    """What a tap on Buy writes."""
    new = orders.NewOrder(RESELLER, "bench", 1, 1, None, Window(100_000, 250_000), "USD", 250_000)
    order_id = await orders.add(tx, new)
    if order_id is None:
        raise LookupError("this purchase stands there already")
    await switches.value(tx, PAUSED)
    await figures.count(tx, RESELLER, in_progress=True)
    await figures.spent_since(tx, NOW.replace(hour=0), RESELLER)
    await books.post(tx, hold(order_id, RESELLER, new.held))
    await audit.write(tx, Act.ORDER_PLACING, actor_id=RESELLER, order_id=order_id, detail={"held": new.held})
    await orders.get(tx, order_id)


async def once(database: Database, statement: Statement) -> float:
    """Milliseconds."""
    took = 0.0
    try:
        async with database.write() as tx:
            began = time.perf_counter()
            await statement.work(tx)
            took = (time.perf_counter() - began) * 1000
            raise Undone  # noqa: TRY301 - it takes the transaction back
    except Undone:
        return took


async def measure(file: Path, statements: Sequence[Statement], rounds: int) -> list[float]:
    database = Database(f"sqlite+aiosqlite:///{file}", lambda: NOW)
    found = [median([await once(database, one) for _ in range(rounds)]) for one in statements]
    await database.close()
    return found


async def check_of_books(file: Path) -> list[float]:
    """Milliseconds of the first check and of a later one, and the longest that a reader waited meanwhile."""
    database, waits, done = Database(f"sqlite+aiosqlite:///{file}"), [0.0], asyncio.Event()

    async def reads() -> None:
        while not done.is_set():
            began = time.perf_counter()
            async with database.read() as tx:
                waits.append((time.perf_counter() - began) * 1000)
                await books.balance(tx, HIDSIM)
            await asyncio.sleep(0.001)

    recount, took = Recount(database), list[float]()
    async with asyncio.TaskGroup() as group:
        group.create_task(reads())
        for _ in range(2):
            began = time.perf_counter()
            if found := await recount.differences():
                raise LookupError(f"the books that were made do not add up: {found}")
            took.append((time.perf_counter() - began) * 1000)
        done.set()
    await database.close()
    return [*took, max(waits)]


@asynccontextmanager
async def hidsim_with(services: int) -> AsyncIterator[tuple[str, dict[str, bytes]]]:
    """A far end that answers from ready-made bytes; the second part is what it answers with."""
    countries = [{"_id": f"c{n:023}", "id": str(n), "name": f"Country {n}"} for n in range(150)]
    bodies = {"/services": b"", "/countries": json.dumps(countries).encode()}

    async def answer(request: web.Request) -> web.Response:
        body = bodies.get(request.path, b'{"token": "a.b.c", "_id": "1", "balance": 5}')
        return web.Response(body=body, content_type="application/json")

    app = web.Application()
    app.router.add_route("*", "/{rest:.*}", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}", bodies
    finally:
        await runner.cleanup()


def catalog_of(services: int, renamed: int) -> bytes:
    names = (f"Service {n * 7919 % 100_003}" + (" new" if n < renamed else "") for n in range(services))
    return json.dumps([{"_id": f"a{n:023}", "id": str(n), "name": name} for n, name in enumerate(names)]).encode()


async def catalog(folder: Path, services: int) -> list[tuple[str, float, float]]:
    """(what changed, milliseconds in all, longest stall in milliseconds) of readings of the catalog."""
    found = []
    async with hidsim_with(services) as (url, bodies):
        settings = Settings(
            bot_token="123456789:AAbbccddeeffgghhiijjkk",  # noqa: S106 - nobody's
            telegram_api_url="http://127.0.0.1:9",
            hidsim_api_url=url,
            hidsim_identifier="bench@hidsim.example",
            hidsim_password="bench",  # noqa: S106 - nobody's
            hidsim_rate_per_second=500,
            database_url=f"sqlite+aiosqlite:///{folder}/catalog.db",
            _env_file=None,
        )
        async with open_app(settings) as app:
            gc.freeze()  # as the command does
            for what, renamed in (("all new", 0), ("nothing new", 0), ("50 renamed", 50), ("all renamed", services)):
                bodies["/services"] = catalog_of(services, renamed)
                async with longest_stall() as stall:
                    began = time.perf_counter()
                    await app.shop.catalog.refresh()
                    took = time.perf_counter() - began
                found.append((what, took * 1000, stall.seconds * 1000))
    return found


def run(sizes: Sequence[int], services: int, rounds: int) -> int:
    statements = (*STATEMENTS, Statement("tap: buy", purchase, purchase, "the whole transaction"))
    with TemporaryDirectory(prefix="bench-rows-") as name:
        folder = Path(name)
        files = [folder / f"{size}.db" for size in sizes]
        for size, file in zip(sizes, files, strict=True):
            make(file, size)
        columns = [asyncio.run(measure(file, statements, rounds)) for file in files]
        print("ms at  " + "  ".join(f"{size:>9,}" for size in sizes) + "  orders (medians)")
        for one, *times in zip(statements, *columns, strict=True):
            over = "  TOO LONG" if max(times) > LIMIT_MS else ""
            print("       " + "  ".join(f"{took:9.2f}" for took in times) + f"  {one.when} · {one.name}{over}")
        for size, file in zip(sizes, files, strict=True):
            first, later, waited = asyncio.run(check_of_books(file))
            print(
                f"books, {size:,} orders: first check {first:.0f} ms, later {later:.0f}; a reader waited {waited:.1f}"
            )
        for what, took, stall in asyncio.run(catalog(folder, services)):
            print(f"catalog of {services:,}, {what}: {took:.0f} ms, the loop stood still for {stall:.0f} ms at most")
    return int(max(max(column) for column in columns) > LIMIT_MS)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--orders", type=int, nargs="+", default=[10_000, 300_000])
    parser.add_argument("--services", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=7)
    given = parser.parse_args()
    logs.configure("ERROR", "console")
    return run(given.orders, given.services, given.rounds)


if __name__ == "__main__":
    sys.exit(main())
