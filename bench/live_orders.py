"""Live orders put into a new database by SQL: pending, with a number, its notice told, and the hold in the books."""

import asyncio
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from bench.arrivals import Live
from bench.far import HIGH, LOW
from bench.partner import COUNTRY, SERVICE, number_of, operation_id
from bot.db.database import Database
from bot.db.migrate import migrate

_STEPS = (
    "INSERT INTO services (id, hidsim_id, name, gone) VALUES (1, :service, 'Telegram', 0)",
    "INSERT INTO countries (id, hidsim_id, name, code, gone) VALUES (1, :country, 'Brazil', 'BR', 0)",
    """INSERT INTO people (id, name, standing, language, first_seen_at)
    SELECT DISTINCT person, 'Ann', 'allowed', 'en', placed FROM given""",
    """INSERT INTO orders (id, person_id, nonce, service_id, country_id, window_low, window_high, currency, held, state,
        revision, operation_id, number, price, cost, placed_at, number_at, expires_at, close_wanted)
    SELECT id, person, 's' || id, 1, 1, :low, :high, 'USD', 200000, 'pending', 2, operation, number, 200000, 200000,
        placed, numbered, placed + :life, 0 FROM given""",
    "INSERT INTO operation_ids (alias, order_id) SELECT operation, id FROM given",
    """INSERT INTO notices (key, person_id, kind, lane, urgency, order_id, detail, created_at, due_at, tries, done_at,
        message_id)
    SELECT 'number:' || id, person, 'number', 0, 1, id, '{}', numbered, numbered, 0, numbered, id FROM given""",
    """INSERT INTO cards (person_id, message_id, order_id, shown_revision, order_revision, role)
    SELECT person, id, id, 2, 2, 'push' FROM given""",
    """INSERT INTO accounts (name, balance)
    SELECT 'wallet:' || person, -200000 * COUNT(*) FROM given GROUP BY person
    UNION ALL SELECT 'held:' || person, 200000 * COUNT(*) FROM given GROUP BY person""",
    """INSERT INTO transfers (ref, source, target, amount, order_id, at)
    SELECT 'hold:' || id, 'wallet:' || person, 'held:' || person, 200000, id, placed FROM given""",
)


def make(file: Path, orders: Sequence[Live], life: float) -> None:
    """A migrated file with the one service and country of `bench.far`, and these orders, each for `life` seconds."""

    async def empty() -> None:
        database = Database(f"sqlite+aiosqlite:///{file}")
        await migrate(database)
        await database.close()

    asyncio.run(empty())
    bounds = {"service": SERVICE, "country": COUNTRY, "low": LOW, "high": HIGH, "life": int(life * 1e6)}
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute(
            "CREATE TEMP TABLE given (id INTEGER PRIMARY KEY, person INTEGER, placed INTEGER, numbered INTEGER,"
            " operation TEXT, number TEXT)"
        )
        connection.execute("BEGIN")
        connection.executemany("INSERT INTO given VALUES (?, ?, ?, ?, ?, ?)", map(_row, orders))
        for step in _STEPS:
            connection.execute(step, bounds)
        connection.execute("COMMIT")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _row(one: Live) -> tuple[object, ...]:
    times = (int(one.placed_at * 1e6), int(one.number_at * 1e6))
    return (one.short_id, one.person, *times, operation_id(one.short_id), number_of(one.short_id))
