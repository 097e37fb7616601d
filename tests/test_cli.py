"""The commands: what they say and how they end. In this process where that can be; the module as a program once."""

import asyncio
import logging
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import structlog

import bot.app  # noqa: F401 - its imports cost seconds, which are not a test's
from bot import cli, logs
from bot.db.lock import ProcessLock, lock_path
from bot.settings import Settings

TOKEN = "123456789:AAcanary-of-the-token-secret"
PASSWORD = "canary-of-the-password"
Run = Callable[..., int | str | None]


@pytest.fixture(autouse=True)
def _logging_as_it_was() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    levels = {name: logging.getLogger(name).level for name in (*logs._QUIET, "apscheduler")}
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    for name, was in levels.items():
        logging.getLogger(name).setLevel(was)
    structlog.reset_defaults()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "data" / "bot.db"


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, file: Path) -> Iterator[Run]:
    """Runs a command with sound settings in the environment; what it hands to sys.exit."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)
    for name, value in {
        "BOT_TOKEN": TOKEN,
        "HIDSIM_API_URL": "http://127.0.0.1:9",
        "HIDSIM_IDENTIFIER": "me",
        "HIDSIM_PASSWORD": PASSWORD,
        "DATABASE_URL": f"sqlite+aiosqlite:///{file}",
    }.items():
        monkeypatch.setenv(name, value)

    def command(*words: str) -> int | str | None:
        monkeypatch.setattr(sys, "argv", ["hidsim-bot", *words])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        asyncio.set_event_loop(None)
        return ended.value.code

    signals = {sign: signal.getsignal(sign) for sign in (signal.SIGINT, signal.SIGTERM)}
    yield command
    for sign, was in signals.items():
        signal.signal(sign, was)


@pytest.mark.parametrize("words", [[], ["fly"], ["run", "--fast"], ["health", "now"], ["backup"]])
def test_what_is_no_command_is_said_with_the_usage(
    run: Run, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    assert run(*words) == 2
    said = capsys.readouterr().err
    assert "usage: hidsim-bot" in said
    assert "error:" in said


def test_help_names_every_command(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--help") == 0
    said = capsys.readouterr().out
    for command in ("run", "check", "migrate", "books", "backup", "health", "demo"):
        assert re.search(rf"^\s+{command}\s+\w", said, re.MULTILINE)


@pytest.mark.parametrize("command", ["run", "check"])
def test_wrong_settings_are_said_a_line_each_and_no_secret_with_them(
    run: Run, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setenv("ACCESS", "everybody")
    monkeypatch.setenv("ADMIN_IDS", TOKEN)
    monkeypatch.delenv("HIDSIM_IDENTIFIER")
    said = str(run(command))
    lines = said.splitlines()
    assert [line.split()[1] for line in lines] == ["ADMIN_IDS", "HIDSIM_IDENTIFIER", "ACCESS"]
    assert all(line.startswith("hidsim-bot: ") for line in lines)
    assert "canary" not in said


def test_migrate_makes_the_database_and_says_so(run: Run, file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for _ in range(2):
        assert run("migrate") == 0
        assert capsys.readouterr().out == "the database is up to date\n"
    with sqlite3.connect(file) as connection:
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    connection.close()
    assert {"orders", "transfers", "notices", "alembic_version"} <= tables


@pytest.mark.parametrize("command", ["migrate", "run"])
def test_beside_a_running_bot_the_database_is_left_alone(run: Run, file: Path, command: str) -> None:
    with ProcessLock(file):
        said = str(run(command))
    assert "already works on this database" in said
    assert file.stat().st_size == 0


@pytest.mark.parametrize("command", ["migrate", "run"])
def test_a_database_of_a_later_release_is_refused(run: Run, file: Path, command: str) -> None:
    assert run("migrate") == 0
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    said = str(run(command))
    assert "9999" in said
    assert said.startswith("hidsim-bot: ")


def test_health_is_bad_where_no_bot_runs(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("health") == 1
    assert "no bot runs" in capsys.readouterr().out
    assert run("migrate") == 0
    assert run("health") == 1


def test_health_is_good_while_a_bot_breathes_and_bad_when_it_stopped_breathing(
    run: Run, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    late = [0.0]
    with ProcessLock(file, lambda: time.monotonic() - late[0]) as lock:
        assert run("health") == 0
        assert "sign of life is 0 s old" in capsys.readouterr().out
        late[0] = 60
        lock.beat()
        assert run("health") == 1
        late[0] = 0
        lock.beat()
        assert run("health") == 0


@pytest.mark.parametrize("wall", [0, 4_000_000_000])
def test_a_wall_clock_that_was_set_does_not_matter_to_health(run: Run, file: Path, wall: int) -> None:
    with ProcessLock(file):
        os.utime(lock_path(file), (wall, wall))
        assert run("health") == 0


def test_health_under_another_name_of_the_file_says_which_to_ask(
    run: Run, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with ProcessLock(file):
        (tmp_path / "hard.db").hardlink_to(file)
        (tmp_path / "link.db").symlink_to(file)
        monkeypatch.setenv("DATABASE_URL", "sqlite+aiosqlite:///link.db")
        assert run("health") == 0
        monkeypatch.setenv("DATABASE_URL", "sqlite+aiosqlite:///hard.db")
        assert run("health") == 1
    assert "under another name" in capsys.readouterr().out


ODD = ["a#b", "100%", "50%25", "what?", "a b", "ключ", "x?mode=rw"]


@pytest.mark.parametrize("name", ODD)
def test_every_command_takes_a_path_as_it_is_written(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path / name / 'bot.db'}")
    if "=" in name:
        assert "takes no options" in str(run("migrate"))
        return
    for words in (["migrate"], ["books"], ["backup", str(tmp_path / name / "copy.db")]):
        assert run(*words) == 0
    assert run("health") == 1
    assert str(tmp_path / name / "bot.db") in capsys.readouterr().out
    for copy in ("bot.db", "copy.db"):
        with sqlite3.connect(tmp_path / name / copy) as connection:
            (tables,) = connection.execute("SELECT count(*) FROM sqlite_master WHERE type = 'table'").fetchone()
        connection.close()
        assert tables > 10
    assert {one.name for one in tmp_path.iterdir()} == {name}


def test_what_looks_at_the_database_needs_its_address_alone(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("BOT_TOKEN", "HIDSIM_API_URL", "HIDSIM_IDENTIFIER", "HIDSIM_PASSWORD"):
        monkeypatch.delenv(name)
    monkeypatch.setenv("LOG_LEVEL", "loud")
    (tmp_path / ".env").write_bytes(b"\xff\xfe not for this user")
    assert run("migrate") == 0
    assert run("books") == 0
    assert run("backup", str(tmp_path / "copy.db")) == 0
    assert run("health") == 1


def test_books_of_a_new_database_add_up(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("migrate") == 0
    assert run("books") == 0
    assert "the books add up" in capsys.readouterr().out


def test_books_that_were_tampered_with_are_told_account_by_account(
    run: Run, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("migrate") == 0
    with sqlite3.connect(file) as connection:
        connection.execute("INSERT INTO accounts (name, balance) VALUES ('wallet:100', 1500000)")
    connection.close()
    assert run("books") == 1
    said = capsys.readouterr().out
    assert "wallet:100  off by 1.5" in said
    assert "DO NOT ADD UP" in said


def test_books_can_be_read_beside_a_running_bot_and_are_not_changed(run: Run, file: Path) -> None:
    assert run("migrate") == 0
    before = file.read_bytes()
    with ProcessLock(file):
        assert run("books") == 0
    assert file.read_bytes() == before


def test_without_a_database_books_and_backup_say_so(run: Run, tmp_path: Path) -> None:
    assert "no database" in str(run("books"))
    assert str(run("backup", str(tmp_path / "copy.db"))).startswith("hidsim-bot: ")


def test_a_backup_is_a_whole_database_and_never_overwrites(run: Run, tmp_path: Path) -> None:
    assert run("migrate") == 0
    copy = tmp_path / "copy.db"
    assert run("backup", str(copy)) == 0
    with sqlite3.connect(copy) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()
    assert str(run("backup", str(copy))).startswith("hidsim-bot: ")


def test_check_says_line_by_line_what_is_missing_and_shows_no_secret(
    run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("check") == 1
    captured = capsys.readouterr()
    assert captured.out.splitlines()
    assert "canary" not in captured.out + captured.err


def test_the_module_is_a_program(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bot", "run"],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(Path(__file__).parents[1])},
        capture_output=True,
        text=True,
        timeout=50,
        check=False,
    )
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.splitlines()[0].startswith("hidsim-bot: BOT_TOKEN is not set")
