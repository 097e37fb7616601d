"""The demo with the real bot in it, and the phone of its page."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from playwright.async_api import Locator, Page, expect

from bot.sandbox.demo import Options, run

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
