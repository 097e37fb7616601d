"""One Chromium for all browser tests of a worker; a sandbox and a fresh page for each test."""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import async_playwright

from bot.sandbox.server import SandboxServer
from tests.sandbox.page.stage import Stage, Theatre

# Until a loop was set once, pytest-asyncio makes one of its own that nobody closes; the warning then fails any test.
asyncio.set_event_loop(None)

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
SCREENS = [
    {
        "name": "home",
        "text_html": "<b>Welcome</b> &lt;b&gt; <img src=x onerror=alert(1)>\n<blockquote>quoted</blockquote>\nafter",
        "keyboard": [[{"text": "Buy a number", "style": "primary"}], [{"text": "Copy", "kind": "copy_text"}]],
        "language": "en",
        "rtl": False,
    },
    {"name": "home", "text_html": "مرحبًا", "keyboard": [], "language": "ar", "rtl": True},
    {"name": "help", "text_html": "<i>Help</i>", "keyboard": [], "language": "en", "rtl": False},
]


def chromium() -> str:
    """Skips when there is none, unless REQUIRE_BROWSER=1 forbids it."""
    wanted = os.environ.get("CHROMIUM", "/usr/bin/chromium")
    found = wanted if Path(wanted).exists() else shutil.which("chromium") or shutil.which("google-chrome")
    if found:
        return found
    reason = f"no Chromium at {wanted} (set CHROMIUM to its path)"
    if os.environ.get("REQUIRE_BROWSER") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def theatre() -> AsyncIterator[Theatre]:
    path = chromium()
    async with async_playwright() as playwright:
        launched = await playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield Theatre(launched)
        await launched.close()


@pytest_asyncio.fixture(loop_scope="session")
async def stage(theatre: Theatre) -> AsyncIterator[Stage]:
    async with SandboxServer(speed=100, gallery=lambda: SCREENS) as server, Stage(server, theatre) as opened:
        yield opened
        assert opened.complaints == []
