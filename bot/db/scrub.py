"""What was overwritten is taken out of SQLite's log, too."""

from bot.db.database import Database


async def scrub(database: Database) -> bool:
    """Moves the log (`-wal`) into the file and empties it, where erased texts would else stay until it is written over.

    False: somebody who reads at this moment, such as a backup, keeps it from being emptied. That is not waited for, as
    everybody else would wait behind it for the one connection. Raises DatabaseFault.
    """
    async with database.read() as tx:
        if tx.connection.dialect.name != "sqlite":
            return True
        patience = (await tx.connection.exec_driver_sql("PRAGMA busy_timeout")).scalar_one()
        await tx.connection.exec_driver_sql("PRAGMA busy_timeout=0")
        try:
            blocked, *_ = (await tx.connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")).one()
        finally:
            await tx.connection.exec_driver_sql(f"PRAGMA busy_timeout={patience}")
        return not blocked
