"""Brings a database to this release's tables. The only importer of Alembic."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect

from bot.db.database import Database, sqlite_file, usable
from bot.db.location import DatabaseUnusable


class DatabaseIsNewer(DatabaseUnusable):
    """The database was written by a later release. Its message is for the operator."""


class NotOurs(DatabaseUnusable):
    """Another program's tables are in it. Its message is for the operator."""


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def _upgrade(connection: Connection, revision: str) -> None:
    config = _config(connection)
    scripts = ScriptDirectory.from_config(config)
    current = MigrationContext.configure(connection).get_current_revision()
    if current is not None and current not in {step.revision for step in scripts.walk_revisions()}:
        raise DatabaseIsNewer(
            f"the database is at revision {current}, which this release does not know: "
            "run the newer release, or restore a backup made with this one"
        )
    if current is None and (others := set(inspect(connection).get_table_names()) - {"alembic_version"}):
        raise NotOurs(
            f"the database holds tables of another program ({', '.join(sorted(others)[:3])}): "
            "set DATABASE_URL to a file of the bot's own"
        )
    command.upgrade(config, revision)


async def migrate(database: Database, revision: str = "head") -> None:
    """Upgrades in one transaction; does nothing when the database is current. Raises DatabaseUnusable."""
    with usable(sqlite_file(database.url) or Path(database.url)):
        async with database.write() as tx:
            await tx.connection.run_sync(_upgrade, revision)


async def downgrade(database: Database, revision: str) -> None:
    """Takes steps back; for tests and for an operator who knows what the newer tables held."""
    async with database.write() as tx:
        await tx.connection.run_sync(lambda c: command.downgrade(_config(c), revision))
