"""SQLite in a world: what a dead process had not committed is rolled back; locks are waited for in the world's time."""

import asyncio
import sqlite3
import tempfile
from collections.abc import Callable, Coroutine
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import aiosqlite
import pytest

from tests.sim import storage
from tests.sim.alone import alone
from tests.sim.process import Process
from tests.sim.small import Small, after


@dataclass
class Place:
    """A small world with a disk, a file with a table on it, and a process that uses them."""

    small: Small
    disk: storage.Disk
    file: Path
    process: Process

    def start(self, work: Coroutine[Any, Any, Any]) -> "asyncio.Task[Any]":
        return self.process.start(work, "use the file")

    def rows(self) -> list[str]:
        """From beside."""
        with closing(sqlite3.connect(self.file)) as eye:
            return [text for (text,) in eye.execute("SELECT text FROM t ORDER BY rowid")]

    @property
    def now(self) -> float:
        return self.small.loop.time()


def on_a_disk(work: Callable[[Place], Coroutine[Any, Any, None]]) -> None:
    small, disk = Small(), storage.Disk(Random(1).uniform)
    storage.take_the_place_of_threads(disk)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "a.db"
        with closing(sqlite3.connect(file)) as first:
            first.executescript("PRAGMA journal_mode=WAL; CREATE TABLE t (text TEXT)")
        small.run(lambda _: work(Place(small, disk, file, small.process("bot"))))


async def write(place: Place, *texts: str, commit: bool = True) -> None:
    """Leaves its connection open, as a process does that dies or goes on."""
    connection = await aiosqlite.connect(place.file, isolation_level=None)
    await connection.execute("BEGIN IMMEDIATE")
    for text in texts:
        await connection.execute("INSERT INTO t VALUES (?)", (text,))
    if commit:
        await connection.execute("COMMIT")


# -- death


async def _dies(place: Place) -> None:
    await place.start(write(place, "committed"))
    await place.start(write(place, "not committed", commit=False))
    place.process.die()
    assert place.rows() == ["committed"]
    place.process = place.small.process("bot-2")
    await place.start(write(place, "the next life's"))
    assert place.rows() == ["committed", "the next life's"]


async def _dies_anywhere(place: Place) -> None:
    """After every single callback of its life: (whether it stands in the file, whether it was heard of)"""
    ends = set[tuple[bool, bool]]()
    for step in range(1, 40):
        heard: list[str] = []
        place.process = place.small.process(f"bot-{step}")
        place.process.dies_at_step = step
        place.start(_writes_and_hears(place, str(step), heard))
        await asyncio.sleep(1)
        ends.add((str(step) in place.rows(), bool(heard)))
    assert ends == {(False, False), (True, False), (True, True)}


async def _writes_and_hears(place: Place, text: str, heard: list[str]) -> None:
    await write(place, text)
    heard.append(text)
    await asyncio.sleep(60)


async def _writes_no_more(place: Place) -> None:
    async def works() -> None:
        for number in range(100):
            await write(place, str(number))

    place.start(works())
    await after(0.05, place.process.die)
    left = place.rows()
    await asyncio.sleep(5)
    assert place.rows() == left
    assert 0 < len(left) < 100


def test_what_was_not_committed_is_rolled_back_when_its_process_dies() -> None:
    alone(what_was_not_committed)


def test_a_process_can_die_before_it_hears_of_its_commit_and_hears_of_none_that_was_not() -> None:
    alone(dies_anywhere)


def test_a_dead_process_writes_nothing_more() -> None:
    alone(writes_nothing_more)


def what_was_not_committed() -> None:
    on_a_disk(_dies)


def dies_anywhere() -> None:
    on_a_disk(_dies_anywhere)


def writes_nothing_more() -> None:
    on_a_disk(_writes_no_more)


# -- the lock


async def _waits_for_a_lock(place: Place) -> None:
    assert place.disk.lock(place.file)
    task, begun = place.start(write(place, "later")), place.now
    await after(0.1, place.disk.unlock)
    assert place.rows() == []
    await task
    assert place.rows() == ["later"]
    assert 0.1 <= place.now - begun < 0.15


async def _gives_up(place: Place) -> None:
    assert place.disk.lock(place.file)
    begun = place.now
    with pytest.raises(sqlite3.OperationalError, match="locked"):
        await place.start(write(place, "never"))
    assert storage.LOCK_PATIENCE <= place.now - begun < storage.LOCK_PATIENCE + 0.05


def waits_for_a_lock() -> None:
    on_a_disk(_waits_for_a_lock)


def gives_up() -> None:
    on_a_disk(_gives_up)


def test_a_lock_is_waited_for_in_the_worlds_time() -> None:
    alone(waits_for_a_lock)


def test_who_waits_too_long_for_a_lock_is_told_so() -> None:
    alone(gives_up)


# -- the disk


async def _is_full(place: Place) -> None:
    big = "x" * 100_000
    await place.start(write(place, "before"))
    place.disk.fill(full=True)
    with pytest.raises(sqlite3.OperationalError, match="full"):
        await place.start(write(place, big))
    assert place.rows() == ["before"]
    place.process.die()
    place.process = place.small.process("bot-2")
    place.disk.fill(full=False)
    await place.start(write(place, big))
    assert place.rows() == ["before", big]


async def _hangs(place: Place) -> None:
    place.disk.hangs_until = place.now + 7
    await place.start(write(place, "late"))
    assert 7 <= place.now < 7.1


def is_full() -> None:
    on_a_disk(_is_full)


def hangs() -> None:
    on_a_disk(_hangs)


def test_a_full_disk_takes_nothing_that_needs_room() -> None:
    alone(is_full)


def test_a_disk_that_hangs_answers_when_it_goes_on() -> None:
    alone(hangs)
