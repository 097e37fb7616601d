"""`hidsim-bot demo` as a person meets it: the real bot, in a process of its own, tapped through on the page."""

import os
from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.sandbox.page.demo_chat import PATIENCE, Chat, demo
from tests.sandbox.page.stage import Theatre

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session"), pytest.mark.timeout(180)]

PICTURE = Path(__file__).parents[3] / "docs" / "chat.png"
"""The README's. UPDATE_SCREENSHOT=1 takes it anew."""


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
