"""The real command at work: what it says first, what it says of the far ends, and how it stops."""

import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.db.lock import ProcessLock
from bot.sandbox.hidsim import HidSimSandbox
from tests.hidsim.proxy import Proxy
from tests.hidsim.scripted_server import Behaviour, ScriptedServer, cut, say
from tests.sandbox.hidsim.api import serving
from tests.start.command import PASSWORD, ROOT, SOUND, environment, started_beside, until

WRONG = say(401, {"message": f"{PASSWORD} is wrong"})
PAGE = "<html><body>Welcome to our shop!</body></html>"


@pytest.fixture
def taken() -> Iterator[int]:
    """A port at which something listens."""
    with closing(socket.create_server(("127.0.0.1", 0))) as door:
        yield int(door.getsockname()[1])


def test_it_says_at_once_that_it_starts_and_what_looks_like_a_mistake(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("ADMIN_ID=900\nMARKUP=15\n")
    log = until(tmp_path, SOUND | {"ADMIN_IDS": None}, "serves nobody")
    first = log.splitlines()[0]
    assert "starting…" in first
    for place in (
        "hidsim_api=http://127.0.0.1:9",
        "telegram_api=http://127.0.0.1:9",
        f"database={tmp_path}/data/bot.db",
    ):
        assert place in first
    assert "did you mean ADMIN_IDS?" in log
    assert "did you mean MARKUP_PERCENT?" in log
    assert "canary" not in log


def test_without_its_health_page_it_runs_on_and_says_so(tmp_path: Path, taken: int) -> None:
    log = until(tmp_path, SOUND | {"STATUS_LISTEN": f"127.0.0.1:{taken}"}, "Telegram is not reached")
    assert "STATUS_LISTEN can't be listened at (something else listens there already)" in log
    assert f"listen=127.0.0.1:{taken}" in log
    assert "Telegram is not reached" in log
    assert "stopping" in log
    assert "Traceback" not in log


async def test_a_refused_sign_in_ends_it_and_names_the_settings(tmp_path: Path, far: ScriptedServer) -> None:
    far.on("/auth/login", WRONG)
    (tmp_path / ".env").write_text("HIDSIM_PASSWORD=canary #1\n")
    done = await started_beside(tmp_path, ["run"], SOUND | {"HIDSIM_API_URL": far.url, "HIDSIM_PASSWORD": None})
    assert done.status == 1
    assert "HIDSIM_IDENTIFIER or HIDSIM_PASSWORD is wrong" in done.err
    assert "was read as 6 characters" in done.err
    assert "Traceback" not in done.said
    assert "canary" not in done.said
    assert len(far.asked("/auth/login")) < 4


CHECKS: list[tuple[str, Behaviour, tuple[str, ...]]] = [
    (
        "a wrong password",
        WRONG,
        ("sign in: HidSim refused HIDSIM_IDENTIFIER or HIDSIM_PASSWORD (401).", "single quotes"),
    ),
    ("a wrong password, as Strapi says it", say(400, {"message": "Invalid"}), ("HIDSIM_PASSWORD (400).",)),
    ("nothing there", say(404, PAGE), ("HIDSIM_API_URL is {url}", "not the password")),
    ("nothing there, in JSON", say(404, {"message": "Cannot POST /auth/login"}), ("not the password",)),
    ("a web page", say(200, PAGE), ("HIDSIM_API_URL is {url}", "not the password")),
    ("a redirect", say(301, PAGE, Location="https://example.org"), ("HIDSIM_API_URL is {url}", "not the password")),
    ("a firewall's page", say(403, PAGE), ("HIDSIM_API_URL is {url}", "not the password")),
    ("no POST here", say(405, ""), ("HIDSIM_API_URL is {url}", "not the password")),
    ("a cut line", cut(), ("nothing answers at HIDSIM_API_URL, {url}",)),
]


@pytest.mark.parametrize(("what", "answer", "says"), CHECKS, ids=[what for what, _, _ in CHECKS])
async def test_check_tells_a_wrong_address_from_a_wrong_password(
    tmp_path: Path, far: ScriptedServer, what: str, answer: Behaviour, says: tuple[str, ...]
) -> None:
    far.on("/auth/login", answer)
    done = await started_beside(tmp_path, ["check"], SOUND | {"HIDSIM_API_URL": far.url})
    assert done.status == 1, what
    for one in says:
        assert one.format(url=far.url) in done.out
    if "HIDSIM_PASSWORD" not in says[0]:
        assert "HIDSIM_PASSWORD" not in done.out
    assert "Traceback" not in done.said
    assert "canary" not in done.said


@pytest.mark.parametrize("url", ["https://hidsim.invalid/api", "http://127.0.0.1:9"])
async def test_check_names_a_host_that_is_unknown_or_dead(tmp_path: Path, url: str) -> None:
    done = await started_beside(tmp_path, ["check"], SOUND | {"HIDSIM_API_URL": url})
    assert done.status == 1
    assert f"nothing answers at HIDSIM_API_URL, {url}" in done.out
    assert "Traceback" not in done.said


async def test_check_says_what_the_settings_deny_and_which_entries_deny_nothing(tmp_path: Path) -> None:
    given = {"DENIED_SERVICES": "телеграм,*bank*,Telegrm", "HIDDEN_COUNTRIES": "Brazil"}
    async with serving(HidSimSandbox(services=40, countries=12)) as far:
        account = {"HIDSIM_IDENTIFIER": "demo@hidsim.example", "HIDSIM_PASSWORD": "demo"}
        done = await started_beside(tmp_path, ["check"], SOUND | account | {"HIDSIM_API_URL": far.base} | given)
    assert done.status == 0, done.said
    assert "denied     1 of 40 services, 1 of 12 countries" in done.out
    assert "DENIED_SERVICES: 2 of 3 entries match nothing" in done.out
    assert done.out.rstrip().endswith("*bank*, Telegrm")


async def test_the_password_arrives_as_it_was_written(tmp_path: Path, far: ScriptedServer) -> None:
    far.on("/auth/login", WRONG)
    (tmp_path / ".env").write_text("HIDSIM_PASSWORD='pa${HOME}s s#\"x\"'\r\n")
    await started_beside(tmp_path, ["check"], SOUND | {"HIDSIM_API_URL": far.url, "HIDSIM_PASSWORD": None})
    assert b'"pa${HOME}s s#\\"x\\""' in far.asked("/auth/login")[0].body


async def test_both_services_are_asked_through_the_proxy(tmp_path: Path) -> None:
    ways = {"HIDSIM_API_URL": "https://hidsim.invalid", "TELEGRAM_API_URL": "https://telegram.invalid"}
    async with Proxy(answer=b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n") as proxy:
        settings = SOUND | ways | {"HTTPS_PROXY": proxy.with_credentials()}
        done = await started_beside(tmp_path, ["run"], settings, sign="Telegram is not reached")
        asked = set(proxy.asked)
    assert asked == {"CONNECT hidsim.invalid:443 HTTP/1.1", "CONNECT telegram.invalid:443 HTTP/1.1"}
    assert done.err.count("a proxy is used") == 2
    assert "proxy-secret" not in done.said
    assert "Traceback" not in done.said


@pytest.mark.parametrize("after", [0.15, 0.4, 0.8, 2.0])
def test_ctrl_c_in_the_first_seconds_ends_without_a_word(tmp_path: Path, after: float) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "run"],
        cwd=tmp_path,
        env=environment(tmp_path, SOUND) | {"STATUS_LISTEN": ""},
        stderr=subprocess.PIPE,
        text=True,
    )
    with process:
        if after < 0.2:
            _until_python_runs_our_code(process.pid)
        time.sleep(after)
        process.send_signal(signal.SIGINT)
        began = time.monotonic()
        said = process.communicate(timeout=30)[1]
    assert "Traceback" not in said
    assert process.returncode in (0, 130)
    assert time.monotonic() - began < 5


def _until_python_runs_our_code(pid: int) -> None:
    """Before that, Ctrl-C meets Python itself."""
    ends = time.monotonic() + 10
    while time.monotonic() < ends and "pydantic_core" not in Path(f"/proc/{pid}/maps").read_text():
        time.sleep(0.01)


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_a_backup_that_is_interrupted_leaves_nothing_half_done(tmp_path: Path, sign: signal.Signals) -> None:
    with closing(sqlite3.connect(tmp_path / "bot.db")) as connection:
        connection.execute("CREATE TABLE t (a)")
        connection.executemany("INSERT INTO t VALUES (zeroblob(?))", [(4000,)] * 10_000)
        connection.commit()
    (tmp_path / "copies").mkdir()
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "backup", "copies/copy.db"],
        cwd=tmp_path,
        env=environment(tmp_path, {"DATABASE_URL": "sqlite+aiosqlite:///bot.db"}),
        stderr=subprocess.PIPE,
        text=True,
    )
    with process:
        while process.poll() is None and not list((tmp_path / "copies").iterdir()):
            time.sleep(0.005)
        process.send_signal(sign)
        said = process.communicate(timeout=30)[1]
    assert "Traceback" not in said
    assert process.returncode in (0, 130)
    assert [one.name for one in (tmp_path / "copies").iterdir()] == ["copy.db"] * (process.returncode == 0)


def test_the_line_for_cron_in_the_docs_makes_a_backup(tmp_path: Path) -> None:
    """As cron runs it: no settings but the one that stands above it, in the home of its user."""
    text = (ROOT / "docs" / "operating.md").read_text()
    url, line = re.findall(
        r"^# /etc/cron.d/hidsim-bot\nDATABASE_URL=(\S+)\n0 \* \* \* \* +hidsim +(.+)$", text, re.MULTILINE
    )[0]
    (tmp_path / "backups").mkdir()
    for there, here in (
        ("/opt/hidsim-bot/venv/bin/hidsim-bot", f"{sys.executable} -m bot"),
        ("/backups", f"{tmp_path}/backups"),
        ("\\%", "%"),
    ):
        line = line.replace(there, here)
    settings = {"DATABASE_URL": url.replace("/var/lib/hidsim-bot", f"{tmp_path}/var")}
    for shell in (f"{sys.executable} -m bot migrate", line):
        subprocess.run(["sh", "-c", shell], cwd=tmp_path, env=environment(tmp_path, settings), check=True, timeout=50)
    (copy,) = (tmp_path / "backups").iterdir()
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("SELECT count(*) > 10 FROM sqlite_master WHERE type = 'table'").fetchone() == (1,)


def test_a_second_bot_that_sees_the_file_through_a_mount_is_refused(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "there.db").touch()
    tried = subprocess.run(["unshare", "-m", "true"], check=False, capture_output=True)
    if tried.returncode:
        pytest.skip("nothing can be mounted here")
    with ProcessLock(tmp_path / "data" / "bot.db"):
        for mount, file in (("data there", "there/bot.db"), ("data/bot.db there.db", "there.db")):
            done = subprocess.run(
                ["unshare", "-m", "sh", "-c", f"mount --bind {mount} && exec {sys.executable} -m bot migrate"],
                cwd=tmp_path,
                env=environment(tmp_path, {"DATABASE_URL": f"sqlite+aiosqlite:///{file}"}),
                capture_output=True,
                text=True,
                timeout=50,
                check=False,
            )
            assert "already works on this database" in done.stderr
