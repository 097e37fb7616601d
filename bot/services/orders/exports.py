"""Orders of a time as files for other programs: written in slices, kept for their owner alone, gone when sent."""

import asyncio
import shutil
import tempfile
from collections.abc import AsyncGenerator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from bot.db import audit
from bot.db.database import Database, sqlite_file
from bot.db.location import PRIVATE_FOLDER
from bot.db.orders import exports as rows
from bot.domain.access import Right
from bot.domain.acts import Act
from bot.domain.exporting import (
    COLUMNS,
    LONGEST_PERIOD,
    OWN_COLUMNS,
    ROWS_A_FILE,
    Cell,
    OwnRow,
    Period,
    SheetKind,
    cells,
    own_cells,
)
from bot.domain.people import Person
from bot.domain.refusals import Reason, Refusal
from bot.domain.whole_numbers import read_whole
from bot.facts.exports import Export, Made, Written
from bot.i18n.phone import international
from bot.services.orders.sheets import Sheet, open_sheet

_A_SLICE = 500


Slice = tuple[Sequence[int], Sequence[Sequence[Cell]]]
"""Orders' ids, and a row for each."""


class Exports:
    """One at a time for each person. Sends nothing: who asks for the files sends them.

    Files lie in a folder beside a SQLite database, where `tidy` deletes at the next start what a crash left; else in
    the system's folder for such files, and nobody does.
    """

    def __init__(self, database: Database, rows_a_file: int = ROWS_A_FILE) -> None:
        self._database = database
        self._rows_a_file = rows_a_file
        self._under_way: set[int] = set()

    def typed(self, actor: Person, words: str | None) -> int | None:
        """The days behind `/export`; None for none. Raises Refusal for what is no number of days."""
        actor.must_have(Right.EXPORT)
        text = (words or "").strip()
        if not text:
            return None
        if not (days := read_whole(text, below=LONGEST_PERIOD + 1)):
            raise Refusal(Reason.BAD_PERIOD)
        return days

    async def begin(self, actor: Person, days: int, kind: SheetKind) -> Export:
        """Writes down who exports what; `end` has to follow, whatever becomes of it. `days`: 0 for all there is.

        Raises Refusal: nothing to export, their last one is under way, or the actor may not.
        """
        actor.must_have(Right.EXPORT)
        with self._one_at_a_time(actor):
            return await self._begin(actor, days, kind)

    async def begin_own(self, person: Person) -> Export:
        """All of their own orders, with numbers and codes; `end` has to follow. It is nobody's business, so no audit.

        Raises Refusal: nothing to export, or their last one is under way.
        """
        person.must_have(Right.SEE_OWN)
        with self._one_at_a_time(person):
            async with self._database.survey() as tx:
                period = await rows.own_period(tx, person.id)
                if not period.count:
                    raise Refusal(Reason.NOTHING_TO_EXPORT)
                return Export(person.id, SheetKind.CSV, period, self._files(period), tx.now, own=True)

    @contextmanager
    def _one_at_a_time(self, person: Person) -> Iterator[None]:
        """Until `end`; what fails here has ended."""
        if person.id in self._under_way:
            raise Refusal(Reason.EXPORT_UNDER_WAY)
        self._under_way.add(person.id)
        try:
            yield
        except BaseException:
            self._under_way.discard(person.id)
            raise

    def _files(self, period: Period) -> int:
        return -(-period.count // self._rows_a_file)

    async def _begin(self, actor: Person, days: int, kind: SheetKind) -> Export:
        async with self._database.survey() as tx:
            period = await rows.period(tx, days, tx.now - timedelta(days=days) if days else None)
        if not period.count:
            raise Refusal(Reason.NOTHING_TO_EXPORT)
        asked = {"days": days, "kind": kind.value, "rows": period.count}
        async with self._database.write() as tx:
            await audit.write(tx, Act.ORDERS_EXPORTED, actor_id=actor.id, detail=asked)
            return Export(actor.id, kind, period, self._files(period), tx.now)

    def end(self, export: Export) -> None:
        self._under_way.discard(export.person_id)

    async def files(self, export: Export) -> AsyncGenerator[Written | Made]:
        """Makes the files, and says how far it is. Each is gone when the next step is asked for.

        Raises OSError when the disk takes them not, and DatabaseFault.
        """
        folder = await asyncio.to_thread(self._make_room)
        sheet: Sheet | None = None
        written, number, filled = 0, 0, 0
        try:
            async for found in self._slices(export):
                if sheet is None:
                    number, filled = number + 1, 0
                    path = folder / f"{number}.{export.kind.value}"
                    columns = OWN_COLUMNS if export.own else COLUMNS
                    sheet = await asyncio.to_thread(open_sheet, export.kind, path, columns)
                await asyncio.to_thread(sheet.write, found)
                filled, written = filled + len(found), written + len(found)
                yield Written(written)
                if filled >= self._rows_a_file or written >= export.period.count:
                    await asyncio.to_thread(sheet.close)
                    sheet = None
                    yield Made(path, _name(export, number), filled, number)
                    await asyncio.to_thread(path.unlink)
        finally:
            await asyncio.to_thread(_clear, folder, sheet)

    async def _slices(self, export: Export) -> AsyncGenerator[Sequence[Sequence[Cell]]]:
        """As many orders as there were at the beginning, in the order of their ids."""
        last, rest = export.period.first - 1, export.period.count
        while rest > 0:
            most = min(_A_SLICE, self._rows_a_file, rest)
            ids, found = (
                await self._own(export, last, most) if export.own else await self._everybodys(export, last, most)
            )
            if not ids:
                return
            last, rest = ids[-1], rest - len(ids)
            yield found

    async def _everybodys(self, export: Export, last: int, most: int) -> Slice:
        async with self._database.survey() as tx:
            found = await rows.after(tx, last, export.period, most)
        return [row.order for row in found], [cells(row) for row in found]

    async def _own(self, export: Export, last: int, most: int) -> Slice:
        async with self._database.survey() as tx:
            found = await rows.own_after(tx, last, export.person_id, most)
        return [row.order for row in found], await asyncio.to_thread(_as_read, found)

    def tidy(self) -> None:
        """Deletes what a crash left. Blocks; what can't be deleted stays."""
        if (home := self._home) is not None:
            shutil.rmtree(home, ignore_errors=True)

    @property
    def _home(self) -> Path | None:
        """None for a database that is no file."""
        file = sqlite_file(self._database.url)
        return None if file is None else file.with_name(f"{file.name}.exports")

    def _make_room(self) -> Path:
        home = self._home
        if home is not None:
            home.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
        return Path(tempfile.mkdtemp(dir=home))


def _as_read(found: Sequence[OwnRow]) -> list[tuple[Cell, ...]]:
    """With their numbers as people read them."""
    return [
        own_cells(row if row.number is None else replace(row, number=international(row.number, row.country_code)))
        for row in found
    ]


def _clear(folder: Path, unfinished: Sheet | None) -> None:
    if unfinished is not None:
        unfinished.abandon()
    shutil.rmtree(folder, ignore_errors=True)


def _name(export: Export, number: int) -> str:
    part = f"-{number}-of-{export.files}" if export.files > 1 else ""
    span = f"-{export.period.days}-days" if export.period.days else ""
    return f"orders-{export.at:%Y-%m-%d}{span}{part}.{export.kind.value}"
