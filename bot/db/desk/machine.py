"""What the database knows of the bot that works on it: what waits, who is alive, versions, room on the disk."""

import shutil
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select, text

from bot.db.database import Tx
from bot.db.location import files_of, sqlite_file
from bot.db.schema import processes

_VERSIONS = {
    "sqlite": ("SQLite", text("SELECT sqlite_version()")),
    "postgresql": ("PostgreSQL", text("SHOW server_version")),
}


@dataclass(frozen=True, slots=True)
class Room:
    """Bytes: what the database's files take, and what is free beside them."""

    size: int
    free: int


async def alive(tx: Tx, silence: timedelta) -> int:
    """Processes that gave a sign of life within `silence`."""
    query = select(func.count()).select_from(processes).where(processes.c.beat_at > tx.now - silence)
    return (await tx.connection.execute(query)).scalar_one()


async def revision(tx: Tx) -> str:
    """The newest migration that the tables have."""
    found = await tx.connection.execute(text("SELECT version_num FROM alembic_version"))
    return str(found.scalar_one_or_none() or "")


async def engine(tx: Tx) -> str:
    """The engine with its version."""
    name, version = _VERSIONS[tx.connection.dialect.name]
    return f"{name} {(await tx.connection.execute(version)).scalar_one()}"


def room(url: str) -> Room | None:
    """None where the database is no file, or the system does not say. It may take long: not for the event loop."""
    file = sqlite_file(url)
    if file is None:
        return None
    try:
        size = sum(one.stat().st_size for one in files_of(file) if one.exists())
        return Room(size, shutil.disk_usage(file.parent).free)
    except OSError:
        return None
