"""What admins look at, in a shop with a long past: how long each screen takes, and what an export holds in memory.

    python -m bench.desk [--people 10000] [--orders 100000] [--rounds 15]

The whole bot on a file with so many rows, before a far end that answers at once; each update goes the way of every
update, and the time is until its screen was drawn. Exit 1 when the median of one is above 300 ms.
"""

import argparse
import asyncio
import itertools
import resource
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from aiogram.types import Update

from bench.children import BOT_TOKEN, ready_made
from bench.history import RESELLER, make
from bench.ready_made import message
from bench.tables import table
from bot import logs
from bot.app import open_app
from bot.domain.exporting import SheetKind
from bot.running import App, Pace
from bot.screens import origin
from bot.screens.callbacks import Buy, ToHistory, ToHome, ToPrice, ToServices
from bot.screens.callbacks_of_admins import (
    ToAudit,
    ToBalance,
    ToPeople,
    ToPerson,
    ToRecord,
    ToRecords,
    ToStats,
    ToStatus,
)
from bot.settings import Settings
from bot.telegram.send_pacing import SendLimits

OWNER = 900_001
LIMIT_MS = 300.0
_NO_LIMITS = Pace(limits=SendLimits(1_000, 1_000, 1_000, 1_000), taps=1_000, taps_burst=1_000)
"""Waits for nobody's limits, so that only our own time counts."""
_update_ids = itertools.count(1)


def settings(url: str, file: Path) -> Settings:
    return Settings(
        bot_token=BOT_TOKEN,
        admin_ids=frozenset({OWNER}),
        telegram_api_url=url,
        hidsim_api_url=f"{url}/hidsim",
        hidsim_identifier="demo@hidsim.example",
        hidsim_password="demo",  # noqa: S106 - opens nothing but the sandbox
        access="open",
        max_open_orders=100,
        database_url=f"sqlite+aiosqlite:///{file}",
    )


def tap(person: int, data: str) -> Update:
    number = next(_update_ids)
    who = {"id": person, "is_bot": False, "first_name": "Ann"}
    given = {"id": str(number), "from": who, "chat_instance": "1", "message": message(person), "data": data}
    return Update.model_validate({"update_id": number, "callback_query": given})


def says(person: int, text: str) -> Update:
    number = next(_update_ids)
    who = {"id": person, "is_bot": False, "first_name": "Ann"}
    said = {**message(person), "message_id": number + 100, "from": who, "text": text}
    said.pop("reply_markup")
    said.pop("entities")
    return Update.model_validate({"update_id": number, "message": said})


async def took(app: App, update: Update) -> float:
    """Milliseconds until its screen was drawn."""
    began = time.perf_counter()
    await app.front.dispatcher.feed_update(app.front.bot, update)
    return (time.perf_counter() - began) * 1000


def screens(app: App) -> dict[str, Callable[[int], Update]]:
    """Each makes an update; the number is the round, for what differs each time."""
    service = next(one for one in app.shop.catalog.services.values() if one.name == "Telegram")
    country = next(one for one in app.shop.catalog.countries.values() if one.code == "BR")
    pair = {"service": service.id, "country": country.id, "low": 0, "high": 999_000}
    price = ToPrice(**pair, via=origin.HOME).pack()
    last = 100_000
    return {
        "/users": lambda _: says(OWNER, "/users"),
        "people, page 600": lambda _: tap(OWNER, ToPeople(number=600).pack()),
        "people, a search": lambda n: tap(OWNER, ToPeople(words=f"person {n}").pack()),
        "a person's page, 200 orders": lambda n: tap(OWNER, ToPerson(person=2 + n).pack()),
        "a reseller's page, 6,700 orders": lambda _: tap(OWNER, ToPerson(person=RESELLER).pack()),
        "/stats 7": lambda _: says(OWNER, "/stats 7"),
        "/stats 90": lambda _: says(OWNER, "/stats 90"),
        "stats by a button, as words": lambda _: tap(OWNER, ToStats(days=90, table=True).pack()),
        "/balance": lambda _: tap(OWNER, ToBalance().pack()),
        "/status": lambda _: tap(OWNER, ToStatus().pack()),
        "everybody's orders, page 1000": lambda _: tap(OWNER, ToRecords(number=1_000).pack()),
        "an order's story": lambda n: tap(OWNER, ToRecord(order=last // 2 + n).pack()),
        "/audit": lambda _: tap(OWNER, ToAudit().pack()),
        "Home": lambda _: tap(RESELLER, ToHome().pack()),
        "History, the first page": lambda _: tap(RESELLER, ToHistory().pack()),
        "History, the last page": lambda _: tap(RESELLER, ToHistory(number=100_000).pack()),
        "services": lambda _: tap(RESELLER, ToServices().pack()),
        "a price": lambda _: tap(RESELLER, price),
        "a tap on Buy": lambda n: tap(2 + n, Buy(**pair, nonce=f"bench{n}").pack()),
    }


async def export(app: App, kind: SheetKind, days: int) -> tuple[str, str, str, str]:
    owner = await app.shop.people.meet(OWNER, "Ann", "en")
    if owner is None:
        raise LookupError("the owner is no admin")
    before, began, size = _peak(), time.perf_counter(), 0
    asked = await app.shop.exports.begin(owner, days, kind)
    async for step in app.shop.exports.files(asked):
        size += _size(step)
    app.shop.exports.end(asked)
    seconds = time.perf_counter() - began
    return kind.value, f"{asked.period.count:,}", f"{seconds:.1f}", f"{size / 2**20:.1f} / {_peak() - before:.1f}"


def _size(step: object) -> int:
    path = getattr(step, "path", None)
    return path.stat().st_size if isinstance(path, Path) else 0


def _peak() -> float:
    """MiB that this process ever took."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


async def measure(url: str, file: Path, rounds: int) -> float:
    """Prints the tables; the slowest median in milliseconds."""
    async with open_app(settings(url, file), _NO_LIMITS) as app:
        await app.begin()
        await app.ready.wait()
        lines, slowest = [], 0.0
        for name, makes in screens(app).items():
            found = sorted([await took(app, makes(number)) for number in range(rounds)])
            slowest = max(slowest, median(found))
            lines.append((name, f"{median(found):.1f}", f"{found[-1]:.1f}"))
        print(table(("screen", "ms, median", "ms, worst"), lines), flush=True)
        small = [await export(app, kind, 7) for kind in SheetKind]
        whole = [await export(app, kind, 0) for kind in SheetKind]
        print(table(("export", "orders", "seconds", "MiB: file / more memory"), [*small, *whole]), flush=True)
        app.clock.stop()
        await app.resources.purchases.drain(10)
        return slowest


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--orders", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=15)
    given = parser.parse_args()
    logs.configure("ERROR", "console")
    with ready_made() as url, TemporaryDirectory() as folder:
        file = Path(folder) / "bot.db"
        make(file, given.orders, given.people, datetime.now(UTC))
        slowest = asyncio.run(measure(url, file, given.rounds))
    print(f"slowest median {slowest:.0f} ms, limit {LIMIT_MS:.0f}")
    sys.exit(1 if slowest > LIMIT_MS else 0)


if __name__ == "__main__":
    main()
