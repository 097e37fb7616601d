"""`hidsim-bot demo` as a person meets it: the real bot, in a process of its own, tapped through on the page."""

import asyncio
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import Locator, Page, expect

from bot.sandbox.demo import Options, run
from tests.sandbox.page.stage import Theatre

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session"), pytest.mark.timeout(180)]

PICTURE = Path(__file__).parents[3] / "docs" / "chat.png"
"""The README's. UPDATE_SCREENSHOT=1 takes it anew."""
PATIENCE = 30_000
"""Milliseconds: the bot takes seconds to start, and the machine may do much else."""
GREETING = "The chat: "


@asynccontextmanager
async def demo() -> AsyncIterator[str]:
    """Yields the chat's address, and stops the demo at the end."""
    stop, lines = asyncio.Event(), asyncio.Queue[str]()
    async with asyncio.TaskGroup() as group:
        ended = group.create_task(run(Options(port=0), stop, lines.put_nowait))
        yield await _address(lines.get)
        stop.set()
    assert ended.result() == 0


async def _address(hear: Callable[[], Awaitable[str]]) -> str:
    while True:
        line = await hear()
        if line.startswith(GREETING):
            return line.removeprefix(GREETING)


class Chat:
    """The phone in the page; labels are tapped where they were shown last."""

    def __init__(self, page: Page) -> None:
        self.page = page

    async def tap(self, label: str) -> None:
        found = self.page.locator("#phone button.key:visible", has_text=label).last
        await expect(found).to_be_visible(timeout=PATIENCE)
        await found.click()

    async def direct(self, label: str) -> None:
        await self.page.locator("#drawer button.act", has_text=label).first.click()

    def says(self, text: str) -> Locator:
        return self.page.locator("#phone .bubble", has_text=text).last

    async def sees(self, text: str) -> None:
        await expect(self.says(text)).to_be_visible(timeout=PATIENCE)

    async def buys(self) -> None:
        """Four taps from the menu to a number."""
        for label in ("Buy a number", "Telegram", "Brazil", "Buy · up to"):
            await self.tap(label)
        await self.sees("+55")


async def test_a_person_buys_a_number_gets_its_code_and_closes_another_one(theatre: Theatre) -> None:
    async with demo() as url:
        page = await theatre.fresh()
        await page.set_viewport_size({"width": 1000, "height": 1000})
        await page.goto(url)
        chat = Chat(page)
        await expect(page.locator("#bot-name")).to_have_text("Demo shop", timeout=PATIENCE)
        await page.locator("#start").click(timeout=PATIENCE)
        await chat.buys()
        await chat.direct("Code now")
        await chat.sees("🔑")
        await chat.sees("Done")
        if os.environ.get("UPDATE_SCREENSHOT") == "1":
            await page.evaluate("Promise.all(document.getAnimations().map((one) => one.finished))")
            await page.screenshot(path=PICTURE)
        await chat.tap("Menu")
        await chat.sees("left to spend today")
        await chat.direct("Never a code")
        await chat.buys()
        await chat.direct("Too early to close for 8 s")
        await chat.tap("Close")
        await expect(page.get_by_role("dialog")).to_contain_text("Too early")
        await page.keyboard.press("Enter")
        await chat.tap("Close when allowed")
        await chat.sees("Closed: the number is given back.")
        await page.context.close()
