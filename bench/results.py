"""How long it takes to read what the last numbers of a service brought, in all of its countries.

    python -m bench.results [--orders 100000] [--rounds 31]

By a glance, on the loop's own thread, as a tap does it whenever what is remembered is a minute old: on a history of all
services, and then with all of its orders of the last thirty days and of one service, which is the most there is to
read. Exit 1 when a median is above 10 ms of processor time.
"""

import argparse
import asyncio
import sqlite3
import sys
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bench.history import NOW, make
from bot.db.database import Database
from bot.db.orders import trials
from bot.domain.results import PERIOD, results

LIMIT_MS = 10.0
_SERVICE = 1
_MICROSECOND = timedelta(microseconds=1)
_ALL_OF_ONE = """UPDATE orders SET service_id = :service, number_at = :now - (:orders - id) * :apart,
    finished_at = :now - (:orders - id) * :apart + 9000000 * (finished_at IS NOT NULL)"""


def all_of_one(file: Path, orders: int) -> None:
    """Every order becomes one of this service and of the last thirty days."""
    now, apart = (NOW - datetime(1970, 1, 1, tzinfo=UTC)) // _MICROSECOND, PERIOD // _MICROSECOND // orders
    with closing(sqlite3.connect(file)) as connection:
        connection.execute(_ALL_OF_ONE, {"service": _SERVICE, "now": now, "orders": orders, "apart": apart})
        connection.commit()


async def measured(file: Path, rounds: int) -> tuple[float, int]:
    """Median milliseconds of processor time, and how many countries have a result."""
    database, times, found = Database(f"sqlite+aiosqlite:///{file}", lambda: NOW), list[float](), 0
    for _ in range(rounds):
        async with database.glance() as tx:
            began = time.thread_time()
            found = len(results(await trials.last(tx, _SERVICE, tx.now - PERIOD)))
            times.append((time.thread_time() - began) * 1_000)
    await database.close()
    return median(times), found


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--orders", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=31)
    given = parser.parse_args()
    worst = 0.0
    with TemporaryDirectory() as folder:
        file = Path(folder) / "bot.db"
        make(file, given.orders)
        for name, change in (("of all services", None), ("all of one", all_of_one)):
            if change is not None:
                change(file, given.orders)
            taken, found = asyncio.run(measured(file, given.rounds))
            worst = max(worst, taken)
            print(f"{given.orders} orders, {name}: {taken:.1f} ms, {found} results")
    return 1 if worst > LIMIT_MS else 0


if __name__ == "__main__":
    sys.exit(main())
