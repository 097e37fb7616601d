"""An open bot that meets nobody: nothing is called until it runs."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from bot.app import open_app
from bot.running import App
from bot.settings import Settings
from tests.db.fresh import migrated_file

__all__ = ["migrated_file"]

TOKEN = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"


@pytest_asyncio.fixture
async def app(tmp_path: Path) -> AsyncIterator[App]:
    settings = Settings(
        bot_token=TOKEN,
        hidsim_api_url="http://127.0.0.1:9",
        hidsim_identifier="shop@hidsim.example",
        hidsim_password="secret",
        database_url=f"sqlite+aiosqlite:///{tmp_path}/bot.db",
    )
    async with open_app(settings) as opened:
        yield opened
