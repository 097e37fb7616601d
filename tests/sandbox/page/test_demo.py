"""The demo: the sandbox and the bot as a real child process, with settings that lead nowhere else."""

import asyncio
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.sandbox.__main__ import parse
from bot.sandbox.bot_process import BotProcess
from bot.sandbox.demo import BOT, Options, environment, run
from bot.sandbox.gallery import screens
from bot.sandbox.server import SandboxServer
from bot.sandbox.shop_settings import ShopSettings
from bot.settings import load

# Shows its environment and folder, then waits for SIGTERM.
CHILD = (
    "import json, os, signal, sys; signal.signal(signal.SIGTERM, lambda *_: sys.exit(0));"
    " print(json.dumps(dict(os.environ, FOLDER=os.getcwd())), file=sys.stderr, flush=True); signal.pause()"
)
DYING = "import sys; print('HIDSIM_API_URL is not set', file=sys.stderr); sys.exit(2)"


class Audience:
    """Keeps what is said, and stops the demo when the bot speaks."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.stop = asyncio.Event()

    def __call__(self, line: str) -> None:
        self.lines.append(line)
        if line.startswith("bot | {"):
            self.stop.set()

    @property
    def child(self) -> dict[str, str]:
        shown: dict[str, str] = json.loads(next(one for one in self.lines if one.startswith("bot | {"))[6:])
        return shown


def python(script: str) -> Sequence[str]:
    return (sys.executable, "-S", "-E", "-c", script)


async def test_the_demo_runs_the_bot_until_it_is_stopped_and_leaves_nothing() -> None:
    audience = Audience()
    status = await run(Options(port=0, command=python(CHILD)), audience.stop, audience)
    assert status == 0
    assert audience.lines[0].startswith("The chat: http://127.0.0.1:")
    assert audience.child["DATABASE_URL"] == f"sqlite+aiosqlite:///{audience.child['FOLDER']}/bot.db"
    assert not os.access(audience.child["FOLDER"], os.F_OK)


async def test_the_data_folder_is_kept_when_one_is_named(tmp_path: Path) -> None:
    audience = Audience()
    folder = tmp_path / "deep" / "data"
    await run(Options(port=0, data=folder, command=python(CHILD)), audience.stop, audience)
    assert audience.child["FOLDER"] == str(folder)
    assert folder.is_dir()


async def test_the_childs_settings_are_valid_and_none_comes_from_outside(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HIDSIM_PASSWORD", "a real one")
    monkeypatch.setenv("BILLING", "prepaid")
    monkeypatch.setenv("HIDSIM_DEMO_OTHER", "kept")
    async with SandboxServer() as server:
        given = environment(server, tmp_path, ShopSettings())
    assert (given["ACCESS"], given["BILLING"]) == ("open", "shared")
    assert given["HIDSIM_PASSWORD"] == "demo"
    assert given["HIDSIM_DEMO_OTHER"] == "kept"
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path)  # where there is no .env
    settings = load()
    assert settings.telegram_api_url == server.url
    assert settings.hidsim_api_url == f"{server.url}/hidsim"
    assert settings.admin_ids == frozenset(server.admin_ids)
    assert (settings.shop_name, settings.contact) == ("Demo shop", "@demo_support")


def test_every_screen_of_the_bot_is_in_the_gallery_and_can_be_sent_as_json() -> None:
    shown = json.loads(json.dumps(list(screens())))
    assert {"home", "help"} <= {screen["name"] for screen in shown}
    assert all(screen["text_html"] for screen in shown)
    assert "en" in {screen["language"] for screen in shown}


async def test_the_password_given_opens_the_cardboard_account(tmp_path: Path) -> None:
    async with SandboxServer() as server, aiohttp.ClientSession() as http:
        given = environment(server, tmp_path, ShopSettings())
        login = {"identifier": given["HIDSIM_IDENTIFIER"], "password": given["HIDSIM_PASSWORD"]}
        async with http.post(f"{given['HIDSIM_API_URL']}/auth/login", json=login) as response:
            assert response.status in (200, 201)


async def test_a_bot_that_can_not_start_ends_the_demo_with_its_last_words() -> None:
    audience = Audience()
    status = await run(Options(port=0, command=python(DYING)), audience.stop, audience)
    assert status == 1
    assert "HIDSIM_API_URL is not set" in audience.lines[-1]


async def test_a_port_in_use_is_said() -> None:
    audience = Audience()
    async with SandboxServer() as other:
        await run(Options(port=other.port, command=python(CHILD)), audience.stop, audience)
        assert audience.lines[0] == f"Port {other.port} is in use, so a free one was taken."


@pytest.mark.parametrize(
    ("arguments", "at_a_terminal", "tour"),
    [((), True, False), ((), False, True), (("--stay",), False, False), (("--tour",), True, True)],
)
def test_the_tour_is_played_when_asked_for_or_when_nobody_could_stop_the_demo(
    arguments: Sequence[str], at_a_terminal: bool, tour: bool
) -> None:
    assert parse(arguments, at_a_terminal=at_a_terminal) == Options(tour=tour)


def test_the_options_are_read() -> None:
    given = parse(["--dialect", "variant", "--port", "0", "--data", "kept", "--stay"], at_a_terminal=True)
    assert given == Options("variant", 0, False, Path("kept"))
    assert given.command == BOT == (sys.executable, "-m", "bot", "run")


def test_the_shop_is_set_by_flags() -> None:
    flags = ["--access", "Closed", "--billing", "prepaid", "--shop-name", "Ours", "--contact", "", "--markup", "20"]
    assert parse(flags, at_a_terminal=True).shop == ShopSettings("closed", "prepaid", "Ours", "", "20")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (["--access", "clsed"], "invalid choice: 'clsed' (choose from"),
        (["--billing", "free"], "invalid choice: 'free' (choose from"),
        (["--contact", "ask me"], "CONTACT ('ask me') is no @username of Telegram's and no web address"),
        (["--markup", "20%"], "MARKUP is '20%': write a whole number from 0 to 1000, without a % sign"),
        (["--shop-name", "x" * 65], "write a name of at most 64 characters"),
    ],
)
def test_a_setting_that_the_bot_would_refuse_is_said_before_anything_starts(
    wrong: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match="2"):
        parse(wrong, at_a_terminal=True)
    assert said in capsys.readouterr().err


async def test_the_demo_says_what_its_settings_mean_for_the_people_of_the_page() -> None:
    audience = Audience()
    await run(Options(port=0, shop=ShopSettings("closed", "prepaid"), command=python(CHILD)), audience.stop, audience)
    assert "This bot is not open to everybody: Robin lets the buyers in, and Kim is a stranger to it." in audience.lines
    assert any("begin with none: they ask for some with a tap, and Robin grants it" in line for line in audience.lines)


@pytest.mark.parametrize("wrong", [["--port", "x"], ["--port", "70000"], ["--dialect", "x"], ["--tour", "--stay"]])
def test_wrong_options_are_refused(wrong: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        parse(wrong, at_a_terminal=True)
    assert "error:" in capsys.readouterr().err


async def test_the_drawer_restarts_the_bot() -> None:
    audience: Any = Audience()
    async with SandboxServer() as server, aiohttp.ClientSession() as http:
        server.bot = BotProcess(python(CHILD), {}, audience)
        async with asyncio.TaskGroup() as group:
            group.create_task(server.bot.run())
            await audience.stop.wait()
            first = server.bot.pid
            audience.stop.clear()
            async with http.post(f"{server.url}/sim/director/restart-bot", json={}) as response:
                assert response.status == 200
            await audience.stop.wait()
            assert server.bot.pid not in (None, first)
            await server.bot.stop()
