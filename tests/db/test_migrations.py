"""Steps up and down, and that they lead to the tables that the code knows."""

from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from bot.db.database import Database
from bot.db.migrate import DatabaseIsNewer, downgrade, migrate
from bot.db.schema import metadata
from tests.db.fresh import url_of

_FOLDER = Path(__file__).parents[2] / "bot" / "db" / "migrations"
REVISIONS = [step.revision for step in reversed(list(ScriptDirectory(str(_FOLDER)).walk_revisions()))]


def shape(connection: Connection) -> dict[str, Any]:
    """Every table with its columns, keys and indexes."""
    found = inspect(connection)
    return {
        table: (
            [(c["name"], str(c["type"]), c["nullable"]) for c in found.get_columns(table)],
            sorted((i["name"] or "", tuple(i["column_names"])) for i in found.get_indexes(table)),
            sorted(tuple(u["column_names"]) for u in found.get_unique_constraints(table)),
            sorted((tuple(f["constrained_columns"]), f["referred_table"]) for f in found.get_foreign_keys(table)),
        )
        for table in sorted(found.get_table_names())
        if table != "alembic_version"
    }


async def shape_of(database: Database) -> dict[str, Any]:
    async with database.read() as tx:
        return await tx.connection.run_sync(shape)


async def test_every_step_goes_up_down_and_up_again(tmp_path: Path) -> None:
    database = Database(url_of(tmp_path / "stairs.db"))
    below = "base"
    for revision in REVISIONS:
        before = await shape_of(database)
        await migrate(database, revision)
        after = await shape_of(database)
        await downgrade(database, below)
        assert await shape_of(database) == before
        await migrate(database, revision)
        assert await shape_of(database) == after
        below = revision
    await database.close()


async def test_the_migrated_tables_are_those_of_the_schema(database: Database) -> None:
    def differences(tx: Connection) -> list[Any]:
        context = MigrationContext.configure(tx, opts={"compare_type": True, "compare_server_default": True})
        return list(compare_metadata(context, metadata))

    async with database.read() as tx:
        assert await tx.connection.run_sync(differences) == []


async def test_the_migrated_tables_equal_those_made_from_the_schema(database: Database, tmp_path: Path) -> None:
    other = Database(url_of(tmp_path / "made.db"))
    async with other.write() as tx:
        await tx.connection.run_sync(metadata.create_all)
    assert await shape_of(other) == await shape_of(database)
    await other.close()


async def test_ids_are_never_given_twice(database: Database) -> None:
    async with database.read() as tx:
        tables = await tx.connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'table'"))
        made = {row.name: row.sql for row in tables}
    for table in ("services", "countries", "searches", "orders", "sms", "notices", "transfers", "audit"):
        assert "AUTOINCREMENT" in made[table], table


async def test_migrating_again_changes_nothing(database: Database) -> None:
    before = await shape_of(database)
    await migrate(database)
    assert await shape_of(database) == before


async def test_a_database_of_a_later_release_is_left_alone(database: Database) -> None:
    async with database.write() as tx:
        await tx.connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(DatabaseIsNewer, match="9999"):
        await migrate(database)
    async with database.read() as tx:
        assert (await tx.connection.execute(text("SELECT version_num FROM alembic_version"))).scalar_one() == "9999"


async def test_a_step_that_fails_leaves_the_database_as_it_was(tmp_path: Path) -> None:
    database = Database(url_of(tmp_path / "halfway.db"))
    async with database.write() as tx:
        await tx.connection.execute(text("CREATE TABLE transfers (in_the_way INTEGER)"))
    before = await shape_of(database)
    with pytest.raises(Exception, match="transfers"):
        await migrate(database)
    assert await shape_of(database) == before
    await database.close()
