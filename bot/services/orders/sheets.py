"""Tables in files, a slice of rows at a time: CSV, and XLSX by XlsxWriter, whose only door this is.

Everything here blocks, so it is called in a thread. What is written lies on the disk, not in memory.
"""

import csv
import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import IO, Protocol

import xlsxwriter
from xlsxwriter.exceptions import XlsxWriterException

from bot.db.location import PRIVATE
from bot.domain.exporting import Cell, SheetKind, harmless, one_line

_EXACT_IN_XLSX = 10**15
"""A spreadsheet keeps fifteen digits of a number."""
_TIME = "%Y-%m-%d %H:%M:%S"


class Sheet(Protocol):
    """A file that its owner alone can read, with the columns' names in its first row."""

    def write(self, rows: Iterable[Sequence[Cell]]) -> None:
        """Raises OSError."""

    def close(self) -> None:
        """The file is whole then. Raises OSError."""

    def abandon(self) -> None:
        """Lets go of what is open; the file is of no use."""


def open_sheet(kind: SheetKind, path: Path, columns: Sequence[str]) -> Sheet:
    """`path` must not exist; what else has to lie on the disk meanwhile lies beside it. Raises OSError."""
    return CsvSheet(path, columns) if kind is SheetKind.CSV else XlsxSheet(path, columns)


def _private(path: Path) -> int:
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE)


class CsvSheet:
    """Commas, lines that end as RFC 4180 says, and a mark at the beginning by which Excel knows that it is UTF-8.

    Every cell is in quotes, because other separators are usual elsewhere; texts are harmless; times are UTC.
    """

    def __init__(self, path: Path, columns: Sequence[str]) -> None:
        self._file: IO[str] = os.fdopen(_private(path), "w", encoding="utf-8-sig", newline="")
        self._writer = csv.writer(self._file, quoting=csv.QUOTE_ALL)
        self._writer.writerow(columns)

    def write(self, rows: Iterable[Sequence[Cell]]) -> None:
        self._writer.writerows([self._cell(cell) for cell in row] for row in rows)

    def _cell(self, cell: Cell) -> str:
        match cell:
            case None:
                return ""
            case str():
                return harmless(cell)
            case datetime():
                return cell.astimezone(UTC).strftime(_TIME)
            case Decimal():
                return format(cell, "f")
            case int():
                return str(cell)

    def close(self) -> None:
        self._file.close()

    def abandon(self) -> None:
        with suppress(OSError):  # what waits to be written finds no room either
            self._file.close()


class XlsxSheet:
    """Each cell is written as what it is, so that no text is ever a formula or a link."""

    def __init__(self, path: Path, columns: Sequence[str]) -> None:
        self._file: IO[bytes] = os.fdopen(_private(path), "wb")
        given = {"constant_memory": True, "tmpdir": str(path.parent), "strings_to_formulas": False}
        self._book = xlsxwriter.Workbook(self._file, given)
        self._time = self._book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        self._amount = self._book.add_format({"num_format": "0.00####"})
        self._sheet = self._book.add_worksheet("orders")
        self._sheet.freeze_panes(1, 0)
        self._row = 0
        self.write([columns])

    def write(self, rows: Iterable[Sequence[Cell]]) -> None:
        for row in rows:
            for column, cell in enumerate(row):
                self._put(column, cell)
            self._row += 1

    def _put(self, column: int, cell: Cell) -> None:
        match cell:
            case str():
                self._sheet.write_string(self._row, column, one_line(cell))
            case datetime():
                naive = cell.astimezone(UTC).replace(tzinfo=None)
                self._sheet.write_datetime(self._row, column, naive, self._time)
            case Decimal():
                self._sheet.write_number(self._row, column, float(cell), self._amount)
            case int() if abs(cell) < _EXACT_IN_XLSX:
                self._sheet.write_number(self._row, column, cell)
            case int():
                self._sheet.write_string(self._row, column, str(cell))

    def close(self) -> None:
        try:
            self._book.close()
        except XlsxWriterException as error:
            raise OSError(f"a workbook could not be written: {type(error).__name__}") from error
        self._file.close()

    def abandon(self) -> None:
        with suppress(OSError):
            self._sheet.row_data_fh.close()
        with suppress(OSError):
            self._file.close()
