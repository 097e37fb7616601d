"""The ten main screens on a phone of 360 px, light and dark: nothing reaches out. `make photographs` keeps them."""

import os
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.sandbox.page.demo_chat import PATIENCE, Chat, demo
from tests.sandbox.page.stage import Theatre

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session"), pytest.mark.timeout(240)]

FOLDER = Path(__file__).parents[3] / "docs" / "screens"
DESK, PHONE = {"width": 1000, "height": 1000}, {"width": 360, "height": 740}
WIDE = """() => [document.documentElement, ...document.querySelectorAll("#phone .bubble, #phone .keyboard")]
  .filter((one) => one.scrollWidth > one.clientWidth || one.getBoundingClientRect().right > innerWidth)
  .map((one) => one.textContent.slice(0, 60))"""
AT_REST = """async () => {
  const frame = () => new Promise(requestAnimationFrame);
  await frame();
  await frame();
  const moving = Promise.allSettled(document.getAnimations().map((one) => one.finished));
  await Promise.race([moving, new Promise((done) => setTimeout(done, 500))]);
}"""
"""What a new theme sets moving has come to rest; a spinner never does."""


class Camera:
    """`photographs`: which were taken. What is too wide fails at once."""

    def __init__(self, page: Page) -> None:
        self.photographs: list[str] = []
        self._page = page

    async def take(self, name: str) -> None:
        """The screen that is shown, in both themes."""
        await self._page.set_viewport_size(PHONE)
        for scheme in ("light", "dark"):
            await self._page.emulate_media(color_scheme=scheme)
            await self._page.evaluate(AT_REST)
            assert await self._page.evaluate(WIDE) == [], name
            if os.environ.get("UPDATE_SCREENSHOT") == "1":
                FOLDER.mkdir(parents=True, exist_ok=True)
                await self._page.screenshot(path=FOLDER / f"{name}-{scheme}.png")
        await self._page.emulate_media(color_scheme="light")
        await self._page.set_viewport_size(DESK)
        self.photographs.append(name)


async def test_the_main_screens_fit_a_phone(theatre: Theatre) -> None:
    async with demo() as url:
        page = await theatre.fresh()
        await page.set_viewport_size(DESK)
        await page.goto(url)
        chat, camera = Chat(page), Camera(page)
        await expect(page.locator("#bot-name")).to_have_text("Demo shop", timeout=PATIENCE)
        await page.locator("#start").click(timeout=PATIENCE)
        await chat.sees("left to spend today")
        await camera.take("home")
        await through_a_purchase(chat, camera)
        await through_the_menu(chat, camera)
        await page.context.close()
    assert len(camera.photographs) == 10


async def through_a_purchase(chat: Chat, camera: Camera) -> None:
    await chat.tap("Buy a number")
    await chat.sees("Which service")
    await camera.take("services")
    await chat.tap("Telegram")
    await chat.sees("which country?")
    await camera.take("countries")
    await chat.tap("Brazil")
    await chat.sees("Matching now")
    await camera.take("price")
    await chat.tap("Save")
    await chat.tap("Buy · up to")
    await chat.sees("+55")
    await camera.take("number")
    await chat.direct("Code now")
    await chat.sees("🔑")
    await chat.sees("Done")
    await camera.take("code")


async def through_the_menu(chat: Chat, camera: Camera) -> None:
    for label, says in (
        ("History", "1 order"),
        ("Favorites", "Tap one to buy"),
        ("Settings", "Settings"),
        ("Help", "How"),
    ):
        await chat.tap("Menu")
        await chat.sees("left to spend today")
        await chat.tap(label)
        await chat.sees(says)
        await camera.take(label.lower())
