"""Orders as files: what stands in them, who can read them, and what is left of them."""

import csv
import io
import os
import re
import stat
import zipfile
from collections.abc import AsyncIterator
from contextlib import aclosing
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.db import people
from bot.domain.access import Role, Standing
from bot.domain.exporting import COLUMNS, SheetKind
from bot.domain.people import Person
from bot.domain.refusals import Reason, Refusal
from bot.facts.exports import Export, Made, Written
from bot.screens.desk.record import record as drawn
from bot.services.orders.exports import Exports
from tests.canary import Secrets, sung
from tests.screens.phone import ENGLISH
from tests.services.floor import ADA, ADMIN, ANN, Floor

HOSTILE = '=HYPERLINK("http://evil.example","x")'
BOTH = pytest.mark.parametrize("kind", list(SheetKind))


@pytest.fixture
async def sold(floor: Floor) -> Floor:
    """Three orders of somebody whose name is a formula: one with a code, one closed, one refused."""
    async with floor.database.write() as tx:
        await people.greet(tx, ANN, HOSTILE, "en")
    done = await floor.pending(nonce="n1")
    await floor.record(done, state="completed", number=done.number, code="135790", texts=())
    closed = await floor.pending(nonce="n2")
    floor.clock.forward(300)
    await floor.closing.close(ANN, closed.id)
    floor.director.fault("/purchase", status=406, body={"message": "none"})
    await floor.bought(nonce="n3")
    return floor


async def made(exports: Exports, kind: SheetKind, days: int = 0) -> list[tuple[str, bytes]]:
    export = await exports.begin(ADA, days, kind)
    try:
        return [(step.name, step.path.read_bytes()) async for step in only_files(exports, export)]
    finally:
        exports.end(export)


async def only_files(exports: Exports, export: Export) -> AsyncIterator[Made]:
    async with aclosing(exports.files(export)) as files:
        async for step in files:
            if isinstance(step, Made):
                yield step


def read_csv(data: bytes) -> list[dict[str, str]]:
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def sheet_of(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        return book.read("xl/worksheets/sheet1.xml").decode()


def folder_of(floor: Floor) -> Path:
    return next(Path(floor.database.url.removeprefix("sqlite+aiosqlite:///")).parent.glob("*.exports"))


def put_in_the_way(folder: Path) -> None:
    folder.write_text("a file, where the folder should be")


async def test_a_table_has_a_row_for_each_order_with_what_came_of_it(sold: Floor) -> None:
    [(name, data)] = await made(sold.shop.exports, SheetKind.CSV)
    rows = read_csv(data)
    assert name.endswith(".csv")
    assert tuple(rows[0]) == COLUMNS
    assert [row["outcome"] for row in rows] == ["code", "closed", "refused"]
    assert [row["reason"] for row in rows] == ["", "", "no_match"]
    assert [row["charged"] != "0" for row in rows] == [True, False, False]
    assert [float(row["cost"] or 0) > 0 for row in rows] == [True, False, False]
    assert rows[1]["cost"] == "0"
    assert {row["person_id"] for row in rows} == {str(ANN)}


async def test_a_lost_purchase_that_was_judged_bought_costs_what_was_booked_for_it(floor: Floor) -> None:
    lost = await floor.left_placing()
    await floor.shop.lost.take_over([lost.id])
    await floor.shop.lost.judge(ADA, lost.id, bought=True)
    [(_, data)] = await made(floor.shop.exports, SheetKind.CSV)
    [row] = read_csv(data)
    booked = (await floor.money())["suspense"]
    assert round(float(row["cost"]) * 1_000_000) == booked > 0
    story = await floor.shop.record.order(ADA, lost.id)
    assert story.cost == booked
    assert "Judged bought" in drawn(story, ENGLISH).text


@BOTH
async def test_no_number_and_no_code_is_in_a_file(sold: Floor, kind: SheetKind) -> None:
    [(_, data)] = await made(sold.shop.exports, kind)
    shown = data.decode("utf-8-sig") if kind is SheetKind.CSV else sheet_of(data)
    async with sold.database.read() as tx:
        numbers = (await tx.connection.execute(text("SELECT number FROM orders WHERE number IS NOT NULL"))).scalars()
        digits = [re.sub(r"\D", "", number) for number in numbers]
    assert len(digits) == 2
    assert [one for one in (*digits, "135790") if one in shown] == []
    secrets = Secrets()
    for number in digits:
        secrets.add(number, "135790", ["Your Telegram code is 135790"])
    assert list(sung(shown, secrets)) == []
    assert list(sung(f"{shown}\n{digits[0]}", secrets)) == ["a number"]


async def test_a_name_that_is_a_formula_is_text_in_a_csv(sold: Floor) -> None:
    [(_, data)] = await made(sold.shop.exports, SheetKind.CSV)
    assert {row["person"] for row in read_csv(data)} == {"'" + HOSTILE}


async def test_a_name_that_is_a_formula_is_text_in_a_workbook(sold: Floor) -> None:
    [(_, data)] = await made(sold.shop.exports, SheetKind.XLSX)
    shown = sheet_of(data)
    assert "<f>" not in shown
    assert "hyperlink" not in shown
    assert shown.count("=HYPERLINK(") == 3
    assert re.search(r'<c r="A2"><v>1</v>', shown)


@BOTH
async def test_what_does_not_fit_into_one_file_comes_in_several(sold: Floor, kind: SheetKind) -> None:
    exports = Exports(sold.database, rows_a_file=2)
    names = [name for name, _ in await made(exports, kind)]
    assert [name.partition("-of-")[2] for name in names] == [f"2.{kind.value}"] * 2


@BOTH
async def test_a_file_is_for_its_owner_alone_and_gone_when_the_next_step_is_taken(sold: Floor, kind: SheetKind) -> None:
    before = os.umask(0)
    try:
        export = await sold.shop.exports.begin(ADA, 0, kind)
        modes, files = set(), []
        async for step in only_files(sold.shop.exports, export):
            files.append(step.path)
            modes |= {stat.S_IMODE(one.stat().st_mode) for one in folder_of(sold).rglob("*") if one.is_file()}
            modes.add(stat.S_IMODE(folder_of(sold).stat().st_mode))
    finally:
        os.umask(before)
    assert modes == {0o600, 0o700}
    assert [one.exists() for one in files] == [False]
    assert list(folder_of(sold).iterdir()) == []


@BOTH
async def test_an_export_that_is_broken_off_leaves_nothing(sold: Floor, kind: SheetKind) -> None:
    export = await sold.shop.exports.begin(ADA, 0, kind)
    async with aclosing(sold.shop.exports.files(export)) as files:
        assert isinstance(await anext(files), Written)
        assert list(folder_of(sold).rglob("*.*"))
    assert list(folder_of(sold).iterdir()) == []


async def test_what_a_crash_left_is_gone_after_the_next_start(sold: Floor) -> None:
    await made(sold.shop.exports, SheetKind.CSV)
    left = folder_of(sold) / "abc" / "1.csv"
    left.parent.mkdir()
    left.write_text("orders")
    sold.shop.exports.tidy()
    assert not left.parent.parent.exists()
    assert await made(sold.shop.exports, SheetKind.CSV)


async def test_only_the_days_that_were_asked_for_are_in_it(sold: Floor) -> None:
    sold.clock.forward(timedelta(days=8).total_seconds())
    with pytest.raises(Refusal) as caught:
        await sold.shop.exports.begin(ADA, 7, SheetKind.CSV)
    assert caught.value.facts.reason is Reason.NOTHING_TO_EXPORT
    await sold.bought(nonce="n4")
    [(_, data)] = await made(sold.shop.exports, SheetKind.CSV, 7)
    assert [row["order"] for row in read_csv(data)] == ["4"]
    [(_, data)] = await made(sold.shop.exports, SheetKind.CSV, 9)
    assert [row["order"] for row in read_csv(data)] == ["1", "2", "3", "4"]


async def test_a_person_has_one_export_at_a_time(sold: Floor) -> None:
    exports, ben = sold.shop.exports, Person(5, "Ben", Standing.ALLOWED, "en", Role.ADMIN)
    export = await exports.begin(ADA, 0, SheetKind.CSV)
    with pytest.raises(Refusal) as caught:
        await exports.begin(ADA, 0, SheetKind.XLSX)
    assert caught.value.facts.reason is Reason.EXPORT_UNDER_WAY
    assert await exports.begin(ben, 0, SheetKind.CSV)
    exports.end(export)
    assert await exports.begin(ADA, 0, SheetKind.CSV)


async def test_the_audit_says_who_exported_what(sold: Floor) -> None:
    await made(sold.shop.exports, SheetKind.XLSX, 30)
    [line] = (await sold.shop.record.audit(ADA)).lines
    assert (line.actor_id, line.word) == (ADMIN, "orders.exported")
    assert line.detail == {"days": 30, "kind": "xlsx", "rows": 3}


@pytest.mark.parametrize("words", ["x", "0", "99999", "-7", "7 days", "²", "1" * 30])
async def test_what_is_no_number_of_days_is_refused(floor: Floor, words: str) -> None:
    with pytest.raises(Refusal) as caught:
        floor.shop.exports.typed(ADA, words)
    assert caught.value.facts.reason is Reason.BAD_PERIOD


async def test_days_are_read(floor: Floor) -> None:
    exports = floor.shop.exports
    assert (exports.typed(ADA, None), exports.typed(ADA, " 45 ")) == (None, 45)


async def test_a_disk_that_takes_nothing_is_an_os_error(sold: Floor) -> None:
    export = await sold.shop.exports.begin(ADA, 0, SheetKind.CSV)
    put_in_the_way(Path(f"{sold.database.url.removeprefix('sqlite+aiosqlite:///')}.exports"))
    with pytest.raises(OSError):
        await anext(sold.shop.exports.files(export))
