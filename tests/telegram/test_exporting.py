"""An export on its way into a chat: one message says how far it is, and what went wrong."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from structlog.testing import capture_logs

from bot.db import people
from bot.domain.access import Role, Standing
from bot.domain.exporting import SheetKind
from bot.domain.people import Person
from bot.facts.exports import Export
from bot.sandbox.person import Person as Someone
from bot.services.orders.exports import Exports
from tests.db.fresh import ordered, stock
from tests.services.floor import ANN
from tests.telegram.booth import Booth, bots

ADA = Person(900, "Ada", Standing.ALLOWED, "en", Role.OWNER)
REFUSED = "Telegram did not take the file."


async def has_three_orders(booth: Booth) -> Someone:
    """And Ada is in a chat with the bot."""
    async with booth.app.resources.database.write() as tx:
        await stock(tx)
        for number in range(3):
            await ordered(tx, nonce=f"n{number}")
    ada = booth.person(ADA.id)
    await ada.start()
    await booth.hears()
    return ada


async def asked(booth: Booth) -> Someone:
    """And she asks for them."""
    ada = await has_three_orders(booth)
    starts(booth, await begins(booth))
    return ada


async def begins(booth: Booth) -> Export:
    exports: Exports = booth.app.shop.exports
    return await exports.begin(ADA, 0, SheetKind.CSV)


def starts(booth: Booth, export: Export) -> None:
    booth.app.front.exporter.start(ADA, booth.app.front.languages.translator("en"), export)


async def ends(booth: Booth) -> None:
    await booth.app.resources.nursery.drain(10)


async def test_one_message_says_how_far_it_is_and_the_file_comes_as_another(booth: Booth) -> None:
    ada = await asked(booth)
    await ends(booth)
    progress, file = bots(ada)[-2:]
    assert progress.text == "📄 Done: 3 orders exported."
    assert file.raw["document"]["file_name"].endswith(".csv")
    assert [len(booth.calls(method)) for method in ("sendDocument", "editMessageText")] == [1, 2]


@pytest.mark.parametrize(
    ("status", "said"),
    [(400, REFUSED), (500, REFUSED), (413, "The file is larger than the 50 MB that Telegram takes.")],
)
async def test_a_file_that_telegram_refuses_is_said_to_be_refused(booth: Booth, status: int, said: str) -> None:
    booth.telegram.faults.add(method="sendDocument", status=status)
    ada = await asked(booth)
    await ends(booth)
    assert bots(ada)[-1].text.startswith(said)
    starts(booth, await begins(booth))
    await ends(booth)
    assert "document" in bots(ada)[-1].raw


async def test_who_blocks_the_bot_meanwhile_is_known_to_have_left(booth: Booth) -> None:
    booth.telegram.faults.add(method="sendDocument", status=403, description="Forbidden: bot was blocked by the user")
    await asked(booth)
    await ends(booth)
    known = await booth.app.shop.people.get(ADA.id)
    assert known is not None
    assert known.unreachable_at is not None


async def test_a_stop_breaks_off_what_is_on_its_way_and_says_so(booth: Booth) -> None:
    booth.telegram.faults.add(method="editMessageText", latency=5)
    ada = await asked(booth)
    await ada.sees("Making the file")
    booth.app.front.exporter.stop()
    await ends(booth)
    assert bots(ada)[-1].text.startswith("The bot is stopping")
    assert await left_beside(booth) == []


async def left_beside(booth: Booth) -> list[Any]:
    async with booth.app.resources.database.read() as tx:
        file = (await tx.connection.execute(text("PRAGMA database_list"))).one()[2]
    return await asyncio.to_thread(files_in, f"{file}.exports")


def files_in(folder: str) -> list[Any]:
    return list(Path(folder).rglob("*"))


async def test_a_database_that_fails_meanwhile_is_said(booth: Booth) -> None:
    ada = await has_three_orders(booth)
    export = await begins(booth)
    async with booth.app.resources.database.write() as tx:
        await tx.connection.execute(text("ALTER TABLE services RENAME TO elsewhere"))
    starts(booth, export)
    await ends(booth)
    assert bots(ada)[-1].text.startswith("💾 The database can't be read right now.")


async def test_a_mistake_of_ours_is_said_and_logged_and_the_next_export_may_begin(booth: Booth) -> None:
    ada = await has_three_orders(booth)
    export = await begins(booth)
    async with booth.app.resources.database.write() as tx:
        await tx.connection.execute(text("UPDATE orders SET finished_at = 9223372036854775807"))
    with capture_logs() as lines:
        starts(booth, export)
        await ends(booth)
    assert bots(ada)[-1].text.startswith("The bot made a mistake, so there is no file.")
    assert "background work failed" in [line["event"] for line in lines]
    assert await begins(booth)


async def test_who_is_no_admin_any_more_when_the_file_is_made_does_not_get_it(booth: Booth) -> None:
    await has_three_orders(booth)
    async with booth.app.resources.database.write() as tx:
        await people.appoint(tx, ANN, admin=True)
    helper = Person(ANN, "Ann", Standing.ALLOWED, "en", Role.ADMIN)
    ann = await booth.ann()
    export = await booth.app.shop.exports.begin(helper, 0, SheetKind.CSV)
    await booth.app.shop.people.decide(ADA, ANN, Standing.BLOCKED)
    booth.app.front.exporter.start(helper, booth.app.front.languages.translator("en"), export)
    await ends(booth)
    assert booth.calls("sendDocument") == []
    assert "document" not in bots(ann)[-1].raw
    assert await left_beside(booth) == []
