"""Orders of a time as files for other programs: written in slices, kept for their owner alone, gone when sent."""

import asyncio
import shutil
import tempfile
from collections.abc import AsyncGenerator, Sequence
from datetime import timedelta
from pathlib import Path

from bot.db import audit
from bot.db.database import Database, sqlite_file
from bot.db.desk import exports as rows
from bot.db.location import PRIVATE_FOLDER
from bot.domain.access import Right
from bot.domain.acts import Act
from bot.domain.exporting import LONGEST_PERIOD, ROWS_A_FILE, Cell, SheetKind, cells
from bot.domain.people import Person
from bot.domain.refusals import Reason, Refusal
from bot.domain.whole_numbers import read_whole
from bot.facts.exports import Export, Made, Written
from bot.services.desk.sheets import Sheet, open_sheet

_A_SLICE = 500


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
        if actor.id in self._under_way:
            raise Refusal(Reason.EXPORT_UNDER_WAY)
        self._under_way.add(actor.id)
        try:
            return await self._begin(actor, days, kind)
        except BaseException:
            self._under_way.discard(actor.id)
            raise

    async def _begin(self, actor: Person, days: int, kind: SheetKind) -> Export:
        async with self._database.survey() as tx:
            period = await rows.period(tx, days, tx.now - timedelta(days=days) if days else None)
        if not period.count:
            raise Refusal(Reason.NOTHING_TO_EXPORT)
        asked = {"days": days, "kind": kind.value, "rows": period.count}
        async with self._database.write() as tx:
            await audit.write(tx, Act.ORDERS_EXPORTED, actor_id=actor.id, detail=asked)
            files = -(-period.count // self._rows_a_file)
            return Export(actor.id, kind, period, files, tx.now)

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
                    sheet = await asyncio.to_thread(open_sheet, export.kind, path)
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
            async with self._database.survey() as tx:
                found = await rows.after(tx, last, export.period, min(_A_SLICE, self._rows_a_file, rest))
            if not found:
                return
            last, rest = found[-1].order, rest - len(found)
            yield [cells(row) for row in found]

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


def _clear(folder: Path, unfinished: Sheet | None) -> None:
    if unfinished is not None:
        unfinished.abandon()
    shutil.rmtree(folder, ignore_errors=True)


def _name(export: Export, number: int) -> str:
    part = f"-{number}-of-{export.files}" if export.files > 1 else ""
    span = f"-{export.period.days}-days" if export.period.days else ""
    return f"orders-{export.at:%Y-%m-%d}{span}{part}.{export.kind.value}"
