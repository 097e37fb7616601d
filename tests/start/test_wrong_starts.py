"""What is wrong on the machine or in the settings ends in a sentence: its variable or path, and what to do.

Each row starts the real command. `docs/operating.md` has the same list for people.
"""

import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.db.lock import ProcessLock
from tests.start.command import (
    OBEDIENT,
    PASSWORD,
    ROOT,
    SOMEBODY,
    SOUND,
    STRANGER,
    TOKEN,
    Done,
    environment,
    needs_root,
    started,
)

Prepare = Callable[[Path], object]


@dataclass(frozen=True)
class Row:
    """A mistake: what is prepared in the folder, what is set, which command is typed, and what must be said."""

    what: str
    says: tuple[str, ...]
    set: dict[str, str | None] = field(default_factory=dict)
    prepare: Prepare = lambda _: None
    command: str = "run"
    before: tuple[str, ...] = ()
    status: int = 1


def database(path: str) -> dict[str, str | None]:
    return {"DATABASE_URL": f"sqlite+aiosqlite:///{path}"}


def holds(path: str, content: bytes, mode: int = 0o644) -> Prepare:
    def prepare(folder: Path) -> None:
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_bytes(content)
        (folder / path).chmod(mode)

    return prepare


def folder_with(mode: int, owner: int = 0, file: str | None = None) -> Prepare:
    def prepare(folder: Path) -> None:
        data = folder / "data"
        data.mkdir()
        if file is not None:
            with closing(sqlite3.connect(data / file)) as connection:
                connection.execute("CREATE TABLE t (a)")
        data.chmod(mode)
        os.chown(data, owner, owner)

    return prepare


def tables_of_another(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "bot.db")) as connection:
        connection.execute("CREATE TABLE moz_places (url)")


def cut_in_two(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "bot.db")) as connection:
        connection.execute("CREATE TABLE t (a)")
    (folder / "bot.db").write_bytes((folder / "bot.db").read_bytes()[:700])


def newer(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "bot.db")) as connection:
        connection.execute("CREATE TABLE alembic_version (version_num)")
        connection.execute("INSERT INTO alembic_version VALUES ('9999')")
        connection.commit()


def another_owns(file: str, mode: int = 0o600) -> Prepare:
    def prepare(folder: Path) -> None:
        (folder / file).write_bytes(b"SQLite format 3\0")
        (folder / file).chmod(mode)
        os.chown(folder / file, STRANGER, STRANGER)

    return prepare


def dotenv(text: str, encoding: str = "utf-8") -> Prepare:
    return holds(".env", text.encode(encoding), 0o600)


HERE = database("bot.db")
NEEDED: dict[str, str | None] = dict.fromkeys(("BOT_TOKEN", "HIDSIM_API_URL", "HIDSIM_IDENTIFIER", "HIDSIM_PASSWORD"))
ROWS = [
    # --- the settings
    Row("nothing is set", ("BOT_TOKEN is not set", "cp .env.example .env", "HIDSIM_PASSWORD is not set"), NEEDED),
    Row("a needed value is empty", ("HIDSIM_PASSWORD is not set",), {"HIDSIM_PASSWORD": " "}),
    Row(".env is a folder", (".env is a folder",), prepare=lambda folder: (folder / ".env").mkdir()),
    Row(".env is Latin-1", (".env is not UTF-8",), prepare=dotenv("HIDSIM_PASSWORD=caf\xe9", "latin-1")),
    Row(".env is UTF-16", (".env is UTF-16",), prepare=dotenv("BOT_TOKEN=1", "utf-16")),
    Row(".env has a line without =", ("line 2 of .env has no =",), prepare=dotenv("# mine\nBOT_TOKEN 123\n")),
    Row(
        ".env has an open quote",
        ("line 1 of .env (HIDSIM_PASSWORD) can't be read", "single quotes"),
        prepare=dotenv("HIDSIM_PASSWORD='abc\nACCESS=open\n"),
    ),
    Row(
        ".env has something behind a quote",
        ("line 1 of .env (HIDSIM_PASSWORD) can't be read",),
        prepare=dotenv("HIDSIM_PASSWORD='it's'\n"),
    ),
    Row("the token is none", ("BOT_TOKEN", "BotFather"), {"BOT_TOKEN": "my-bot"}),
    Row("an admin has a name", ("ADMIN_IDS", "numeric ids"), {"ADMIN_IDS": "@ann"}),
    Row("an admin is a group", ("ADMIN_IDS", "numeric ids"), {"ADMIN_IDS": "-100123"}),
    Row("the address has no scheme", ("HIDSIM_API_URL", "https://"), {"HIDSIM_API_URL": "hidsim.example"}),
    Row("the address is plain http", ("HIDSIM_API_URL", "https"), {"HIDSIM_API_URL": "http://hidsim.example"}),
    Row("a percent sign", ("MARKUP_PERCENT is '15%'", "whole number"), {"MARKUP_PERCENT": "15%"}),
    Row("a comma", ("DAILY_SPEND is '7,50'", "with a point"), {"DAILY_SPEND": "7,50"}),
    Row("a number too large", ("MAX_OPEN_ORDERS is '1000'", "from 1 to 100"), {"MAX_OPEN_ORDERS": "1000"}),
    Row("an entry that names all", ("DENIED_SERVICES", "'*'", "names nothing"), {"DENIED_SERVICES": "PayPal,*"}),
    Row("two bounds", ("GUARD_CLOSES_PERCENT ('50,65')", "such as 50,65,80"), {"GUARD_CLOSES_PERCENT": "50,65"}),
    Row("an amount in words", ("ALERT_BALANCE is 'ten'", "0 switches it off"), {"ALERT_BALANCE": "ten"}),
    Row("an unknown word", ("ACCESS is 'everybody'", "closed, invite or open"), {"ACCESS": "everybody"}),
    Row("a currency's name", ("CURRENCY is 'dollars'", "three capital letters"), {"CURRENCY": "dollars"}),
    Row("a parameter with a blank", ("HIDSIM_SEARCH_PARAM is 'a b'",), {"HIDSIM_SEARCH_PARAM": "a b"}),
    Row("a loud level", ("LOG_LEVEL is 'loud'", "DEBUG"), {"LOG_LEVEL": "loud"}),
    Row("a port alone", ("STATUS_LISTEN", "127.0.0.1:8081"), {"STATUS_LISTEN": "8081"}),
    Row("a line break in a value", ("HIDSIM_IDENTIFIER (", "has a line break"), {"HIDSIM_IDENTIFIER": "a\nb"}),
    Row("a proxy that is none", ("HTTPS_PROXY", "127.0.0.1:3128"), {"HTTPS_PROXY": "http://"}),
    Row("an engine that is not there", ("DATABASE_URL", "sqlite+aiosqlite:///"), {"DATABASE_URL": "postgresql://db/x"}),
    Row("two slashes", ("DATABASE_URL", "fourth slash"), {"DATABASE_URL": "sqlite+aiosqlite://data/bot.db"}),
    Row("a tilde", ("DATABASE_URL", "~"), database("~/bot.db")),
    Row("options behind the path", ("DATABASE_URL", "?"), database("bot.db?timeout=5")),
    Row(
        "the token under another name",
        ("BOT_TOKEN is not set, but TELEGRAM_BOT_TOKEN is",),
        {"BOT_TOKEN": None, "TELEGRAM_BOT_TOKEN": TOKEN},
    ),
    # --- the place of the database
    Row("the folder is a file", ("{folder}/data", "is a file"), database("data/bot.db"), holds("data", b"")),
    Row("above it is a file", ("{folder}/data", "is a file"), database("data/a/b/bot.db"), holds("data", b"")),
    Row("the path is a folder", ("{folder}/data", "is a folder"), database("data"), lambda f: (f / "data").mkdir()),
    Row("the path ends with a slash", ("is a folder",), database("data/"), lambda f: (f / "data").mkdir()),
    Row("random bytes", ("{folder}/bot.db is no SQLite database",), HERE, holds("bot.db", os.urandom(8192))),
    Row("a text", ("{folder}/bot.db is no SQLite database",), HERE, holds("bot.db", b"hello")),
    Row("zeros", ("{folder}/bot.db is no SQLite database",), HERE, holds("bot.db", bytes(4096))),
    Row("a head without a body", ("{folder}/bot.db",), HERE, holds("bot.db", b"SQLite format 3\0"), "migrate"),
    Row("cut in two", ("{folder}/bot.db", "damaged"), HERE, cut_in_two, "migrate"),
    Row("another program's", ("moz_places", "DATABASE_URL"), HERE, tables_of_another, "migrate"),
    Row("of a later release", ("9999", "newer release"), HERE, newer, "migrate"),
    Row("a name that is too long", ("File name too long",), database("x" * 300)),
    Row("a link to itself", ("leads back to itself",), HERE, lambda f: (f / "bot.db").symlink_to(f / "bot.db")),
    Row("a device", ("/dev/null", "device"), database("/dev/null")),
    Row("the lock is a folder", ("bot.db.lock",), HERE, lambda f: (f / "bot.db.lock").mkdir()),
    Row("the rows' log is a folder", ("bot.db",), HERE, lambda f: (f / "bot.db-wal").mkdir(), "migrate"),
    # --- other commands
    Row("nothing to copy", ("{folder}/data/bot.db", "DATABASE_URL"), NEEDED, command="backup copy.db"),
    Row("no books", ("{folder}/data/bot.db", "DATABASE_URL"), NEEDED, command="books"),
    Row("books of a text", ("is no SQLite database",), HERE, holds("bot.db", b"hello"), "books"),
    Row("a copy of a text", ("is no SQLite database",), HERE, holds("bot.db", b"hello"), "backup copy.db"),
    Row("books of another's", ("bot.db",), HERE, tables_of_another, "books"),
    Row("an unknown command", ("usage: hidsim-bot", "invalid choice"), command="start", status=2),
    Row("no file for the copy", ("FILE",), command="backup", status=2),
]
OF_OTHERS = [
    Row("a folder of root's", ("{folder}/data", "belongs to root"), {}, folder_with(0o755), before=SOMEBODY),
    Row("the same for migrate", ("belongs to root", "uid 10001"), {}, folder_with(0o755), "migrate", SOMEBODY),
    Row("no folder can be made", ("{folder}", "belongs to root"), {}, before=SOMEBODY),
    Row("a file of root's", ("bot.db", "belongs to root"), {}, folder_with(0o777, 0, "bot.db"), "migrate", SOMEBODY),
    Row("a file of another's", ("bot.db", "belongs to uid 10001"), HERE, another_owns("bot.db"), before=OBEDIENT),
    Row("a folder of another's", ("data", "uid 10001"), {}, folder_with(0o755, STRANGER), before=OBEDIENT),
    Row("a folder only to read", ("data", "mode 0555"), {}, folder_with(0o555), before=OBEDIENT),
    Row("a file only to read", ("bot.db", "mode 0444"), HERE, holds("bot.db", b"", 0o444), before=OBEDIENT),
    Row("a lock of another's", ("bot.db.lock", "uid 10001"), HERE, another_owns("bot.db.lock"), before=OBEDIENT),
    Row("books of another's file", ("bot.db", "uid 10001"), HERE, another_owns("bot.db"), "books", OBEDIENT),
    Row("health of another's lock", ("lock", "10001"), HERE, another_owns("bot.db.lock"), "health", OBEDIENT),
    Row(".env of another's", (".env can't be read",), {}, another_owns(".env"), before=OBEDIENT),
]


@pytest.fixture
def folder() -> Iterator[Path]:
    """Below a folder that others may enter, which pytest's own is not."""
    with tempfile.TemporaryDirectory() as made:
        Path(made).chmod(0o755)
        yield Path(made)


def _try(row: Row, folder: Path) -> Done:
    row.prepare(folder)
    done = started(folder, row.command.split(), SOUND | row.set, row.before)
    assert done.status == row.status, done
    assert "Traceback" not in done.said
    for one in row.says:
        assert one.format(folder=folder) in done.said
    assert "canary" not in done.said
    assert len(done.err.splitlines()) <= 6, done
    return done


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.what)
def test_a_mistake_is_said_in_a_sentence(row: Row, folder: Path) -> None:
    _try(row, folder)


@pytest.mark.parametrize("row", OF_OTHERS, ids=lambda row: row.what)
def test_what_belongs_to_another_is_said_with_whose_it_is(row: Row, folder: Path) -> None:
    needs_root()
    _try(row, folder)


def test_a_folder_that_is_gone_under_our_feet_is_said(folder: Path) -> None:
    gone = folder / "gone"
    gone.mkdir()
    script = f"cd {gone} && rmdir {gone} && exec python -m bot health"
    done = started_in_a_shell(folder, script)
    assert "working folder" in done.said
    assert "Traceback" not in done.said


def started_in_a_shell(folder: Path, script: str) -> Done:
    """Writes no compiled modules: under a limit of size they would be cut short, for everybody."""
    words = ["sh", "-c", script.replace("python", sys.executable)]
    given = environment(folder, SOUND) | {"PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(words, env=given, cwd=folder, capture_output=True, text=True, timeout=50, check=False)
    return Done(done.returncode, done.stdout, done.stderr)


def test_a_database_that_another_bot_works_on_is_said_at_once(folder: Path) -> None:
    with ProcessLock(folder / "bot.db"):
        for words in (["run"], ["migrate"]):
            done = started(folder, words, SOUND | HERE)
            assert (done.status, "already works on this database" in done.err) == (1, True)


def test_no_room_at_the_first_migration_is_said(folder: Path) -> None:
    """A limit on the size of files stands for the full disk."""
    done = started_in_a_shell(folder, "ulimit -f 20; exec python -m bot migrate")
    assert done.status == 1
    assert "Traceback" not in done.said
    assert "disk full" in done.err
    assert "bot.db" in done.err


@pytest.mark.parametrize("blocks", [1, 80])
def test_no_room_for_a_database_that_is_there_is_said(folder: Path, blocks: int) -> None:
    """With one block there is none for what SQLite puts beside it, with eighty for the rows' log only at first."""
    assert started(folder, ["migrate"], SOUND).status == 0
    with closing(sqlite3.connect(folder / "data" / "bot.db")) as connection:
        connection.execute("PRAGMA wal_autocheckpoint=0")
        connection.execute("CREATE TABLE IF NOT EXISTS filler (a)")
    done = started_in_a_shell(folder, f"ulimit -f {blocks}; timeout -s TERM 12 python -m bot run")
    assert "Traceback" not in done.said


def test_a_python_that_is_too_old_is_said(folder: Path) -> None:
    done = started_in_a_shell(
        folder, "exec python -c 'import sys; sys.version_info = (3, 9, 2); import bot.cli; bot.cli.main()'"
    )
    assert done.status == 1
    assert done.err.startswith("hidsim-bot: Python 3.11 or newer is needed")


def test_a_package_that_is_not_installed_is_said(folder: Path) -> None:
    done = started_in_a_shell(folder, "exec python -S -m bot run")
    assert done.status == 1
    assert done.err.startswith("hidsim-bot: the package pydantic is not installed")


@pytest.mark.parametrize("home", [None, "/nowhere", "/proc"])
def test_no_home_is_needed(folder: Path, home: str | None) -> None:
    done = started(folder, ["migrate"], {"HOME": home} | HERE)
    assert (done.status, done.out) == (0, "the database is up to date\n")


def test_a_stale_lock_of_a_dead_bot_is_no_obstacle(folder: Path) -> None:
    (folder / "bot.db.lock").write_text("     12345            1.000\n")
    assert started(folder, ["migrate"], HERE).status == 0


def test_the_version_is_told_without_any_setting(folder: Path) -> None:
    done = started(folder, ["--version"], {})
    assert done.status == 0
    assert done.out.startswith("hidsim-bot ")
    assert done.err == ""


def test_secrets_in_the_wrong_line_are_not_shown(folder: Path) -> None:
    done = started(folder, ["run"], SOUND | {"MARKUP_PERCENT": TOKEN, "CURRENCY": PASSWORD, "ACCESS": f"x{PASSWORD}"})
    assert [line.split()[1] for line in done.err.splitlines()] == ["ACCESS", "MARKUP_PERCENT", "CURRENCY"]
    assert "canary" not in done.said


def test_the_command_says_where_it_is_from(folder: Path) -> None:
    """These tests try this working copy, whatever is installed."""
    done = started_in_a_shell(folder, "exec python -c 'import bot; print(bot.__file__)'")
    assert done.out.startswith(str(ROOT))
