"""What was overwritten is taken out of SQLite's log, too."""

from bot.db.database import Database


async def scrub(database: Database) -> None:
    """Moves the log (`-wal`) into the file and empties it, where erased texts would else stay until it is written over.

    Somebody who reads at this moment keeps it from being emptied: then the next call does. Raises DatabaseFault.
    """
    async with database.read() as tx:
        if tx.connection.dialect.name == "sqlite":
            await tx.connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
