"""One process per database, by whatever name it goes there; and the sign of life."""

import os
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.db.location import DatabaseUnusable
from bot.db.lock import AlreadyRunning, Life, ProcessLock, life, lock_path


def age_of(file: Path, now: float | None = None) -> float:
    found = life(file) if now is None else life(file, lambda: now)
    assert found is not None
    assert found.age is not None
    return found.age


def refused(file: Path) -> str:
    with pytest.raises(AlreadyRunning) as caught:
        ProcessLock(file).__enter__()
    return str(caught.value)


def test_a_second_process_is_told_that_one_runs_already(tmp_path: Path) -> None:
    file = tmp_path / "bot.db"
    with ProcessLock(file):
        assert "bot.db.lock" in refused(file)
        assert life(file) is not None
    with ProcessLock(file):
        assert life(file) is not None


def test_another_name_of_the_same_file_is_refused_as_well(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "data" / "bot.db"
    (tmp_path / "elsewhere").mkdir()
    with ProcessLock(file):
        (tmp_path / "link.db").symlink_to(file)
        (tmp_path / "folder").symlink_to(tmp_path / "data")
        (tmp_path / "elsewhere" / "hard.db").hardlink_to(file)
        monkeypatch.chdir(tmp_path / "elsewhere")
        for name in ("../data/bot.db", "../link.db", "../folder/bot.db", "hard.db", "./../elsewhere/hard.db"):
            assert "already works on this database" in refused(Path(name))


def test_health_agrees_under_every_name(tmp_path: Path) -> None:
    file = tmp_path / "data" / "bot.db"
    with ProcessLock(file, lambda: 100.0):
        (tmp_path / "link.db").symlink_to(file)
        (tmp_path / "hard.db").hardlink_to(file)
        assert age_of(tmp_path / "link.db", 107) == 7
        assert age_of(tmp_path / "data" / ".." / "data" / "bot.db", 107) == 7
        assert life(tmp_path / "hard.db") == Life(None)
    assert life(tmp_path / "hard.db") is None


def test_a_lock_file_that_somebody_deleted_lets_no_second_bot_in(tmp_path: Path) -> None:
    file = tmp_path / "bot.db"
    with ProcessLock(file):
        lock_path(file).unlink()
        assert "already works on this database" in refused(file)
        assert life(file) == Life(None)


def test_a_file_put_in_the_place_of_one_in_use_is_refused(tmp_path: Path) -> None:
    """It would meet the -wal of the other one."""
    file = tmp_path / "bot.db"
    with ProcessLock(file):
        file.rename(tmp_path / "away.db")
        assert "bot.db.lock" in refused(file)


def test_sqlite_works_on_the_locked_file_and_its_closing_does_not_free_it(tmp_path: Path) -> None:
    file = tmp_path / "bot.db"
    with ProcessLock(file):
        for _ in range(2):
            with closing(sqlite3.connect(file)) as connection:
                connection.execute("PRAGMA journal_mode=WAL")
                connection.execute("CREATE TABLE IF NOT EXISTS t (a)")
                connection.commit()
            assert refused(file)
    with ProcessLock(file):
        assert file.stat().st_size > 0


def test_a_refused_start_leaves_the_lock_with_its_owner(tmp_path: Path) -> None:
    file = tmp_path / "bot.db"
    with ProcessLock(file):
        (tmp_path / "hard.db").hardlink_to(file)
        for _ in range(3):
            assert refused(file)
            assert refused(tmp_path / "hard.db")
    with ProcessLock(tmp_path / "hard.db"):
        assert "another name" in refused(file)


def test_another_database_has_a_lock_of_its_own(tmp_path: Path) -> None:
    with ProcessLock(tmp_path / "one.db"), ProcessLock(tmp_path / "other.db"):
        assert lock_path(tmp_path / "one.db") != lock_path(tmp_path / "other.db")


def test_nobody_holds_a_lock_that_was_never_taken_or_was_given_back(tmp_path: Path) -> None:
    file = tmp_path / "bot.db"
    assert life(file) is None
    with ProcessLock(file):
        pass
    assert life(file) is None


def test_looking_does_not_take_the_lock(tmp_path: Path) -> None:
    file = tmp_path / "bot.db"
    with ProcessLock(file):
        pass
    assert life(file) is None
    with ProcessLock(file, lambda: 5.0):
        assert age_of(file, 6) == age_of(file, 6) == 1


async def test_the_sign_of_life_goes_by_a_clock_that_nobody_sets(tmp_path: Path) -> None:
    file, clock = tmp_path / "bot.db", [1000.0]
    with ProcessLock(file, lambda: clock[0]) as lock:
        for wall in (0, 4_000_000_000):
            os.utime(lock_path(file), (wall, wall))
            assert age_of(file, 1060) == 60
        clock[0] = 1060
        await lock.breathe()
        assert age_of(file, 1060) == 0
        assert abs(lock_path(file).stat().st_mtime - time.time()) < 60


@pytest.mark.parametrize("written", [b"", b"12\n", b"12 none\n", b"12 99999999999.000\n"])
def test_a_sign_that_can_not_be_read_is_judged_by_the_files_own_time(tmp_path: Path, written: bytes) -> None:
    """Empty, garbled, or of a machine whose clock began at another time."""
    file = tmp_path / "bot.db"
    with ProcessLock(file):
        lock_path(file).write_bytes(written)
        assert 0 <= age_of(file) < 60


def test_a_lock_is_freed_by_an_exception(tmp_path: Path) -> None:
    file = tmp_path / "bot.db"
    with pytest.raises(LookupError), ProcessLock(file):
        raise LookupError
    assert life(file) is None


def test_a_file_that_is_no_database_is_refused_and_left_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / "bot.db"
    file.write_text("my notes")
    with pytest.raises(DatabaseUnusable, match=r"bot\.db is no SQLite database"):
        ProcessLock(file).__enter__()
    assert file.read_text() == "my notes"
    file.unlink()
    with ProcessLock(file):
        assert life(file) is not None


def test_what_we_make_is_for_the_owner_only_whatever_the_umask(tmp_path: Path) -> None:
    file = tmp_path / "new" / "folder" / "bot.db"
    before = os.umask(0)
    try:
        with ProcessLock(file), closing(sqlite3.connect(file)) as connection:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("CREATE TABLE t (a)")
            modes = {one.name: one.stat().st_mode & 0o777 for one in file.parent.iterdir()}
    finally:
        os.umask(before)
    assert modes == dict.fromkeys(("bot.db", "bot.db-wal", "bot.db-shm", "bot.db.lock"), 0o600)
    assert [folder.stat().st_mode & 0o777 for folder in (file.parent, file.parent.parent)] == [0o700, 0o700]


def test_what_an_older_release_left_open_to_all_is_closed(tmp_path: Path) -> None:
    file = tmp_path / "bot.db"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE t (a)")
        (tmp_path / "bot.db.lock").touch()
        files = [tmp_path / name for name in ("bot.db", "bot.db-wal", "bot.db-shm", "bot.db.lock")]
        for one in files:
            one.chmod(0o644)
        with capture_logs() as said, ProcessLock(file):
            assert {one.stat().st_mode & 0o777 for one in files} == {0o600}
        with capture_logs() as again, ProcessLock(file):
            pass
    assert [line["log_level"] for line in said] == ["warning"] * 4
    assert [one.name for one in files if f"{one} had mode 0644" not in [line["database"] for line in said]] == []
    assert again == []
