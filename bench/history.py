"""A database with a long history, made by SQL: orders with their SMS, notices, cards, transfers and audit.

It is the past of a shop that is open: 60 orders are in progress, one person is a reseller with a fifteenth of all
orders, 5,000 others share the rest, and the books add up. At one order a fixed time apart, ending now.
"""

import asyncio
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.db.database import Database
from bot.db.migrate import migrate

NOW = datetime(2026, 1, 15, 12, tzinfo=UTC)
RESELLER, PEOPLE, SERVICES, COUNTRIES = 1, 5_000, 800, 150
IN_PROGRESS = 60
A_DAY = 800
_APART = 86_400_000_000 // A_DAY

_STATE = f"""CASE
    WHEN n > :orders - {IN_PROGRESS} THEN CASE n % 12 WHEN 0 THEN 'creating' WHEN 1 THEN 'placing' ELSE 'pending' END
    WHEN n % 5000 = 0 THEN 'released' WHEN n % 33 = 0 THEN 'refused' WHEN n % 10 = 0 THEN 'system_refunded'
    ELSE 'completed' END"""

_STEPS = (
    """INSERT INTO people (id, name, search_name, standing, language, first_seen_at)
    SELECT n, 'Person ' || n, 'person ' || n,
        CASE n % 50 WHEN 0 THEN 'blocked' ELSE 'allowed' END, 'en', :now - n * 3600000000
    FROM numbers WHERE n <= :people""",
    """INSERT INTO services (id, hidsim_id, name, gone) SELECT n, printf('a%023d', n), 'Service ' || n, 0
    FROM numbers WHERE n <= :services""",
    """INSERT INTO countries (id, hidsim_id, name, code, gone) SELECT n, printf('c%023d', n), 'Country ' || n, NULL, 0
    FROM numbers WHERE n <= :countries""",
    f"""INSERT INTO orders (id, person_id, nonce, service_id, country_id, window_low, window_high, currency,
        held, state, revision, operation_id, number, price, cost, charged, placed_at, number_at, asked_at, expires_at,
        finished_at, close_wanted)
    SELECT n, CASE n % 15 WHEN 0 THEN {RESELLER} ELSE 2 + n * 7919 % (:people - 1) END, 'n' || n,
        1 + n * n % :services, 1 + n * 31 % :countries, 100000, 250000, 'USD', 250000, state, 4,
        CASE WHEN state NOT IN ('placing', 'refused', 'released') THEN printf('b%023d', n) END,
        CASE WHEN state IN ('pending', 'completed') THEN '+5511' || n END,
        CASE WHEN state = 'completed' THEN 200000 END, CASE WHEN state = 'completed' THEN 200000 END,
        CASE WHEN n <= :orders - {IN_PROGRESS} THEN CASE WHEN state = 'completed' THEN 200000 ELSE 0 END END,
        placed, placed + 3000000, placed + 9000000, placed + 1200000000,
        CASE WHEN n <= :orders - {IN_PROGRESS} THEN placed + 20000000 END, 0
    FROM (SELECT n, {_STATE} AS state, :now - (:orders - n) * {_APART} AS placed FROM numbers WHERE n <= :orders)""",  # noqa: S608 - our own constants
    """INSERT INTO operation_ids (alias, order_id) SELECT lower(operation_id), id FROM orders
    WHERE operation_id IS NOT NULL""",
    """INSERT INTO sms (order_id, fingerprint, text, code, guessed, sender, received_at)
    SELECT id, printf('%064x', id), 'Your code is ' || (100000 + id), 100000 + id, 0, 'Service', placed_at + 20000000
    FROM orders WHERE state = 'completed'""",
    """INSERT INTO notices (key, person_id, kind, lane, urgency, order_id, detail, created_at, due_at, tries, done_at,
        message_id)
    SELECT 'number:' || id, person_id, 'number', 0, 1, id, '{}', placed_at, placed_at, 0,
        CASE WHEN finished_at IS NOT NULL THEN placed_at + 4000000 END, id * 2 FROM orders WHERE number IS NOT NULL""",
    """INSERT INTO notices (key, person_id, kind, lane, urgency, order_id, sms_id, detail, created_at, due_at, tries,
        done_at, message_id)
    SELECT 'code:' || o.id, person_id, 'code', 0, 0, o.id, s.id, '{}', placed_at, placed_at, 0, placed_at + 21000000,
        o.id * 2 + 1 FROM sms s JOIN orders o ON o.id = s.order_id""",
    """INSERT INTO cards (person_id, message_id, order_id, shown_revision, order_revision, role)
    SELECT person_id, id * 2, id, 4, 4, 'push' FROM orders WHERE number IS NOT NULL""",
    """INSERT INTO accounts (name, balance) SELECT 'wallet:' || id, 0 FROM people
    UNION ALL SELECT 'held:' || id, 0 FROM people""",
    "INSERT INTO accounts (name, balance) VALUES ('hidsim', 0), ('cost', 0), ('revenue', 0), ('funding', 0)",
    """INSERT INTO transfers (ref, source, target, amount, order_id, at)
    SELECT 'hold:' || id, 'wallet:' || person_id, 'held:' || person_id, held, id, placed_at FROM orders""",
    """INSERT INTO transfers (ref, source, target, amount, order_id, at)
    SELECT 'cost:' || id, 'hidsim', 'cost', cost, id, placed_at FROM orders WHERE state = 'completed'""",
    """INSERT INTO transfers (ref, source, target, amount, order_id, at)
    SELECT 'capture:' || id, 'held:' || person_id, 'revenue', charged, id, finished_at FROM orders
    WHERE state = 'completed'""",
    """INSERT INTO transfers (ref, source, target, amount, order_id, at)
    SELECT CASE state WHEN 'completed' THEN 'rest:' ELSE 'release:' END || id, 'held:' || person_id,
        'wallet:' || person_id, held - charged, id, finished_at FROM orders WHERE finished_at IS NOT NULL""",
    """UPDATE accounts SET balance = sums.amount FROM (
        SELECT name, SUM(amount) AS amount FROM (
            SELECT target AS name, amount FROM transfers UNION ALL SELECT source, -amount FROM transfers)
        GROUP BY name) AS sums WHERE sums.name = accounts.name""",
    """INSERT INTO audit (at, actor_id, act, order_id, detail)
    SELECT placed_at, person_id, 'order.placing', id, '{"held": 250000}' FROM orders""",
    """INSERT INTO audit (at, act, order_id, detail) SELECT finished_at, 'order.' || state, id, '{}' FROM orders
    WHERE finished_at IS NOT NULL""",
)


def make(file: Path, orders: int, people: int = PEOPLE, now: datetime = NOW) -> None:
    """Writes the whole history into a new file. Takes about a minute for each million rows of all tables."""

    async def empty() -> None:
        database = Database(f"sqlite+aiosqlite:///{file}")
        await migrate(database)
        await database.close()

    asyncio.run(empty())
    fill(file, orders, people, now)


def fill(file: Path, orders: int, people: int = PEOPLE, now: datetime = NOW) -> None:
    """Into a file whose tables are there and empty. `now`: when the history ends."""
    ends = (now - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)
    given = {"orders": orders, "now": ends, "people": people, "services": SERVICES, "countries": COUNTRIES}
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute("PRAGMA cache_size=-200000")
        connection.execute("CREATE TEMP TABLE numbers (n INTEGER PRIMARY KEY)")
        connection.execute(
            "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < ?)"
            " INSERT INTO numbers SELECT n FROM c",
            (max(orders, people),),
        )
        connection.execute("BEGIN")
        for step in _STEPS:
            connection.execute(step, given)
        connection.execute("COMMIT")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
