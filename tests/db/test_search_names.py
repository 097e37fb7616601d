"""Names of people who were there before they could be looked for."""

from pathlib import Path

from sqlalchemy import text

from bot.db import people
from bot.db.database import Database
from bot.db.migrate import migrate
from bot.db.people import Wanted
from bot.db.search_names import folded
from tests.db.fresh import url_of

NAMES = ("Аня <b>", "José", "", "王伟", "\u202e🦊", "x" * 5_000)


async def test_who_wrote_to_the_release_before_is_found(tmp_path: Path) -> None:
    database = Database(url_of(tmp_path / "before.db"))
    await migrate(database, "0010")
    async with database.write() as tx:
        for person_id, name in enumerate(NAMES):
            row = {"id": person_id, "name": name}
            insert = "INSERT INTO people (id, name, standing, first_seen_at) VALUES (:id, :name, 'allowed', 1)"
            await tx.connection.execute(text(insert), row)
    await migrate(database)
    async with database.read() as tx:
        kept = (await tx.connection.execute(text("SELECT search_name FROM people ORDER BY id"))).scalars().all()
        found = await people.listed(tx, Wanted(words="anya"), 8)
    await database.close()
    assert list(kept) == [folded(name) for name in NAMES]
    assert [one.id for one in found] == [0]
