"""One process per database, and its sign of life."""

import os
import time
from pathlib import Path

import pytest

from bot.db.lock import AlreadyRunning, ProcessLock, held_since, lock_path


def test_a_second_process_is_told_that_one_runs_already(tmp_path: Path) -> None:
    file = tmp_path / "bot.db"
    with ProcessLock(file):
        with pytest.raises(AlreadyRunning, match=r"bot\.db\.lock"):
            ProcessLock(file).__enter__()
        assert held_since(file) is not None
    with ProcessLock(file):
        assert held_since(file) is not None


def test_another_database_has_a_lock_of_its_own(tmp_path: Path) -> None:
    with ProcessLock(tmp_path / "one.db"), ProcessLock(tmp_path / "other.db"):
        assert lock_path(tmp_path / "one.db") != lock_path(tmp_path / "other.db")


def test_nobody_holds_a_lock_that_was_never_taken_or_was_given_back(tmp_path: Path) -> None:
    file = tmp_path / "bot.db"
    assert held_since(file) is None
    with ProcessLock(file):
        pass
    assert held_since(file) is None


def test_looking_does_not_take_the_lock(tmp_path: Path) -> None:
    file = tmp_path / "bot.db"
    with ProcessLock(file):
        pass
    assert held_since(file) is None
    with ProcessLock(file):
        assert held_since(file) == held_since(file)


async def test_the_sign_of_life_is_the_last_breath(tmp_path: Path) -> None:
    file = tmp_path / "bot.db"
    with ProcessLock(file) as lock:
        os.utime(lock_path(file), (1_000_000, 1_000_000))
        assert held_since(file) == 1_000_000
        await lock.breathe()
        seen = held_since(file)
        assert seen is not None
        assert abs(seen - time.time()) < 60


def test_a_lock_is_freed_by_an_exception(tmp_path: Path) -> None:
    file = tmp_path / "bot.db"
    with pytest.raises(LookupError), ProcessLock(file):
        raise LookupError
    assert held_since(file) is None


def test_the_folder_is_made_and_the_lock_is_for_the_owner_only(tmp_path: Path) -> None:
    file = tmp_path / "new" / "folder" / "bot.db"
    with ProcessLock(file):
        assert lock_path(file).stat().st_mode & 0o077 == 0
