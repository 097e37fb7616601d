"""A backup holds what the database holds, or there is none."""

import os
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from bot.db.backup import BackupRefused, backup

ODD_FOLDERS = ["a#b", "100%", "50%25", "what?", "a b", "ключ 🔑", "q?mode=rw&x=1", "quote'\"s", "back\\slash"]


def made(file: Path, rows: int = 3) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE orders (id INTEGER PRIMARY KEY, note)")
        connection.executemany("INSERT INTO orders (note) VALUES (?)", [("x" * 500,)] * rows)
        connection.commit()
    return file


def rows_of(file: Path) -> int:
    with closing(sqlite3.connect(file)) as connection:
        return int(connection.execute("SELECT count(*) FROM orders").fetchone()[0])


def why(source: Path, target: Path) -> str:
    with pytest.raises(BackupRefused) as caught:
        backup(source, target)
    return str(caught.value)


@pytest.mark.parametrize("name", ODD_FOLDERS)
def test_any_path_is_taken_as_it_is_written(tmp_path: Path, name: str) -> None:
    source, target = made(tmp_path / name / "bot.db"), tmp_path / name / f"copy {name}.db"
    backup(source, target)
    assert rows_of(target) == 3


def test_a_copy_is_one_private_file_whatever_the_umask(tmp_path: Path) -> None:
    source, folder = made(tmp_path / "bot.db"), tmp_path / "copies"
    folder.mkdir()
    before = os.umask(0)
    try:
        backup(source, folder / "copy.db")
    finally:
        os.umask(before)
    (copy,) = folder.iterdir()
    assert copy.stat().st_mode & 0o777 == 0o600


def test_a_copy_can_be_read_where_nothing_can_be_written(tmp_path: Path) -> None:
    backup(made(tmp_path / "bot.db"), tmp_path / "copy.db")
    with closing(sqlite3.connect(f"{(tmp_path / 'copy.db').as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)


def test_what_is_written_meanwhile_does_not_disturb_it(tmp_path: Path) -> None:
    source, stop = made(tmp_path / "bot.db", 20_000), threading.Event()

    def write() -> None:
        with closing(sqlite3.connect(source)) as connection:
            while not stop.is_set():
                connection.execute("INSERT INTO orders (note) VALUES ('new')")
                connection.commit()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        backup(source, tmp_path / "copy.db")
    finally:
        stop.set()
        writer.join()
    assert 20_000 <= rows_of(tmp_path / "copy.db") <= rows_of(source)


def test_what_is_only_in_the_wal_is_copied(tmp_path: Path) -> None:
    source = made(tmp_path / "bot.db")
    with closing(sqlite3.connect(source)) as connection:
        connection.execute("INSERT INTO orders (note) VALUES ('in the log')")
        connection.commit()
        backup(source, tmp_path / "copy.db")
    assert rows_of(tmp_path / "copy.db") == 4


def test_nothing_is_ever_overwritten(tmp_path: Path) -> None:
    source = made(tmp_path / "bot.db")
    there = tmp_path / "there.db"
    there.write_text("mine")
    dangling = tmp_path / "dangling.db"
    dangling.symlink_to(tmp_path / "nothing")
    for target in (there, dangling, source, tmp_path / "bot.db-wal"):
        target.touch() if target.name.endswith("-wal") else None
        assert "exists already" in why(source, target)
    assert there.read_text() == "mine"


@pytest.mark.parametrize(
    ("target", "says"),
    [("", "is a folder"), ("missing/copy.db", "there is no folder"), ("file/copy.db", "there is no folder")],
)
def test_a_target_that_can_not_be_is_said(tmp_path: Path, target: str, says: str) -> None:
    (tmp_path / "file").touch()
    assert says in why(made(tmp_path / "bot.db"), tmp_path / target)


@pytest.mark.parametrize(
    ("content", "says"), [(None, "no database"), (b"", "no database"), (b"hello", "is no SQLite database")]
)
def test_a_source_that_is_no_database_is_said(tmp_path: Path, content: bytes | None, says: str) -> None:
    if content is not None:
        (tmp_path / "bot.db").write_bytes(content)
    assert says in why(tmp_path / "bot.db", tmp_path / "copy.db")
    assert not (tmp_path / "copy.db").exists()


def test_a_database_without_tables_is_no_backup(tmp_path: Path) -> None:
    source = made(tmp_path / "bot.db")
    with closing(sqlite3.connect(source)) as connection:
        connection.execute("DROP TABLE orders")
    assert "holds no tables" in why(source, tmp_path / "copy.db")


def test_a_damaged_database_is_no_backup_and_leaves_nothing_behind(tmp_path: Path) -> None:
    source = made(tmp_path / "bot.db", 500)
    content = bytearray(source.read_bytes())
    content[8192:16384] = os.urandom(8192)
    source.write_bytes(content)
    assert source.name in why(source, tmp_path / "copy.db") or "integrity" in why(source, tmp_path / "copy.db")
    assert [one.name for one in tmp_path.iterdir() if "copy" in one.name] == []


def test_a_full_disk_leaves_nothing_behind(tmp_path: Path) -> None:
    """A limit on the size of files stands for it."""
    import resource

    source, before = made(tmp_path / "bot.db", 2000), resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (65536, before[1]))
    try:
        said = why(source, tmp_path / "copy.db")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert "disk full" in said
    assert [one.name for one in tmp_path.iterdir() if "copy" in one.name] == []
