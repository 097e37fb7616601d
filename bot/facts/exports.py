"""What an export of orders tells while it is made."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from bot.domain.exporting import Period, SheetKind


@dataclass(frozen=True, slots=True)
class Export:
    """What somebody asked for, at `at`; `files`: in how many files it comes. `own`: their own orders alone."""

    person_id: int
    kind: SheetKind
    period: Period
    files: int
    at: datetime
    own: bool = False


@dataclass(frozen=True, slots=True)
class Written:
    """So many orders stand in its files by now."""

    rows: int


@dataclass(frozen=True, slots=True)
class Made:
    """A file that is ready: the `number`th, from 1. It is there until the next one is asked for."""

    path: Path
    name: str
    rows: int
    number: int


class ExportEnd(StrEnum):
    """Why there is no (further) file."""

    STOPPED = "stopped"  # the bot is
    NO_ROOM = "no_room"  # the disk, or its rights
    NO_DATABASE = "no_database"
    TOO_BIG = "too_big"  # for Telegram
    BROKEN = "broken"  # by a mistake of ours
    REFUSED = "refused"  # by Telegram, or on the way there
