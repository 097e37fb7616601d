"""What becomes of notices and cards, written in groups: whoever comes while a commit is under way is part of the next.

Nobody waits for a group to fill, and each returns when what it brought is committed. A commit costs much more than
what is written in it, so where many notices are delivered at once the cost of each is small.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.db.database import Database, Tx
from bot.db.telling import notices
from bot.faults import DatabaseConflict, DatabaseFault
from bot.tasks import Nursery


@dataclass(frozen=True, slots=True)
class Done:
    """A notice that needs no more telling. `beside`: what else is written then."""

    notice_id: int
    message_id: int | None
    beside: Callable[[Tx], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class PutOff:
    """A notice that is tried again from `due` on. `refused`: for a reason of its own, which counts as a try."""

    notice_id: int
    due: datetime
    refused: bool


@dataclass(frozen=True, slots=True)
class Drawn:
    """A card that shows what is true, or that is gone."""

    write: Callable[[Tx], Awaitable[None]]


Mark = Done | PutOff | Drawn
_Entry = tuple[Mark, asyncio.Future[None]]


class Marks:
    """Remembers nothing: who can't be written hears of it."""

    def __init__(self, database: Database, nursery: Nursery) -> None:
        self._database = database
        self._nursery = nursery
        self._waiting: list[_Entry] = []
        self._at_work = False

    async def write(self, mark: Mark) -> None:
        """Returns when the mark is committed. Raises DatabaseFault: it was not written.

        A mark whose caller is cancelled meanwhile may be written all the same.
        """
        written: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((mark, written))
        if not self._at_work:
            self._at_work = True
            self._nursery.start(self._write_all(), "marks")
        await written

    async def _write_all(self) -> None:
        try:
            while self._waiting:
                await self._write_group()
        finally:
            self._at_work = False
            self._leave(self._take())

    def _take(self) -> list[_Entry]:
        taken, self._waiting = self._waiting, []
        return taken

    async def _write_group(self) -> None:
        """Who belongs to it is seen when the connection is free, not before."""
        group: list[_Entry] = []
        try:
            async with self._database.write() as tx:
                group = self._take()
                await _write(tx, [mark for mark, _ in group])
        except Exception as error:  # noqa: BLE001 - it is raised where the mark came from
            group = group or self._take()
            if len(group) > 1 and _is_of_one(error):
                for entry in group:
                    await self._write_alone(entry)
            else:
                _tell(group, error)
        else:
            _tell(group, None)
        finally:
            self._leave(group)

    async def _write_alone(self, entry: _Entry) -> None:
        """So that what is wrong with one mark is not wrong with the others."""
        try:
            async with self._database.write() as tx:
                await _write(tx, [entry[0]])
        except Exception as error:  # noqa: BLE001 - as above
            _tell([entry], error)
        else:
            _tell([entry], None)

    def _leave(self, group: Sequence[_Entry]) -> None:
        """At a stop, nobody waits for what is not written any more."""
        for _, written in group:
            if not written.done():
                written.cancel()


def _is_of_one(error: Exception) -> bool:
    """Whether it is about one mark; else nothing can be written at all."""
    return isinstance(error, DatabaseConflict) or not isinstance(error, DatabaseFault)


def _tell(group: Sequence[_Entry], error: Exception | None) -> None:
    for _, written in group:
        if written.done():
            continue
        if error is None:
            written.set_result(None)
        else:
            written.set_exception(error)


async def _write(tx: Tx, marks: Sequence[Mark]) -> None:
    done = [mark for mark in marks if isinstance(mark, Done)]
    await notices.done(tx, {mark.notice_id: mark.message_id for mark in done})
    for mark in done:
        await mark.beside(tx)
    for later in marks:
        if isinstance(later, PutOff):
            await notices.postpone(tx, later.notice_id, later.due, refused=later.refused)
        elif isinstance(later, Drawn):
            await later.write(tx)
