"""A migrated database file for each test: migrated once a session, copied for each test."""

import asyncio
import shutil
import threading
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import update

from bot.db import people, schema
from bot.db.database import Database, Tx
from bot.db.migrate import migrate
from bot.db.orders import orders
from bot.db.orders.orders import NewOrder
from bot.db.shop import catalog
from bot.domain.access import Standing
from bot.domain.orders import Order
from bot.domain.people import Person
from bot.domain.price_window import Window

NOW = datetime(2026, 1, 15, 12, 0, tzinfo=UTC)
ANN, BEN = 100, 200


class Clock:
    """Stands still until a test sets it."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


def at(tx: Tx, now: datetime) -> Tx:
    """The same transaction, with all that is to follow its commit, as one that began at another time."""
    then = Tx(tx.connection, now)
    tx.after_commit(then.committed)
    return then


async def altered(tx: Tx, order_id: int, **columns: object) -> None:
    """An order as no journey makes it."""
    await tx.connection.execute(update(schema.orders).where(schema.orders.c.id == order_id).values(**columns))


def url_of(file: Path) -> str:
    return f"sqlite+aiosqlite:///{file}"


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database at head, closed and whole in one file."""
    file = tmp_path_factory.mktemp("migrated") / "bot.db"

    async def make() -> None:
        database = Database(url_of(file))
        await migrate(database)
        await database.close()

    thread = threading.Thread(target=lambda: asyncio.run(make()))  # the tests' own loop is not to be disturbed
    thread.start()
    thread.join()
    return file


@pytest.fixture
def file(migrated_file: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(migrated_file, tmp_path / "bot.db"))


@pytest.fixture
async def database(file: Path) -> AsyncIterator[Database]:
    """Its clock stands at NOW."""
    database = Database(url_of(file), Clock())
    yield database
    await database.close()


async def stock(tx: Tx) -> None:
    """Ann and Ben, one service (id 1) and one country (id 1)."""
    for person_id, name in ((ANN, "Ann"), (BEN, "Ben")):
        await people.add(tx, Person(person_id, name, Standing.ALLOWED, "en"))
    await catalog.save_services(tx, [("a" * 24, "Telegram")])
    await catalog.save_countries(tx, [("c" * 24, "Brazil", "BR")])


def wanted(person_id: int = ANN, nonce: str = "n1", held: int = 250_000, low: int = 100_000) -> NewOrder:
    return NewOrder(person_id, nonce, 1, 1, None, Window(low, held), "USD", held)


async def ordered(tx: Tx, person_id: int = ANN, nonce: str = "n1", held: int = 250_000) -> Order:
    """A new order in `placing`."""
    order_id = await orders.add(tx, wanted(person_id, nonce, held))
    assert order_id is not None
    return await found(tx, order_id)


async def found(tx: Tx, order_id: int) -> Order:
    order = await orders.get(tx, order_id)
    assert order is not None
    return order
