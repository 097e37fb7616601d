"""The director's drawer in the browser, and what the page says of the bot's process."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import pytest
from playwright.async_api import expect

from bot.sandbox.bot_process import BotGaveUp, BotProcess
from tests.sandbox.page.stage import Stage, eventually

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_what_was_done_is_a_log_and_a_list_and_neither_hides_the_other(stage: Stage) -> None:
    page = await stage.page(width=1280)
    await page.get_by_role("button", name="Telegram 429").click()
    log = page.get_by_role("log", name="What was done")
    await expect(log.get_by_role("list").get_by_role("listitem")).to_have_count(1)
    given = await page.evaluate("[...document.querySelectorAll('ol[role], ul[role], li[role]')].map((one) => one.id)")
    assert given == [], "a list with the role of something else is no list to who hears it"


async def test_the_people_say_who_they_are_to_the_bot_and_the_drawer_what_that_means(stage: Stage) -> None:
    stage.server.notes = ["Kim is a stranger to this bot."]
    page = await stage.page(width=360, height=740)
    assert await page.locator(".tab small").all_inner_texts() == ["English", "Arabic", "Admin", "Stranger"]
    sizes = "all => all.filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.textContent)"
    assert await page.locator(".tab small").evaluate_all(sizes) == []
    await page.get_by_role("button", name="Director", exact=True).click()
    await expect(page.get_by_text("Kim is a stranger to this bot.")).to_be_visible()


async def test_a_bot_that_starts_is_said_with_the_time_it_takes(stage: Stage) -> None:
    page = await stage.page()
    async with child(stage, "import time; time.sleep(60)"):
        await expect(page.get_by_text("The bot is starting, which usually takes 5–10 s.")).to_be_visible()
        await eventually(page.locator("#bot-status"), "starting… 1 s")
        stage.server.bot.answered()  # type: ignore[union-attr]
        await expect(page.get_by_text("The bot is starting")).to_be_hidden()
        await eventually(page.locator("#bot-status"), "@")


async def test_a_bot_that_gave_up_is_said_with_what_went_wrong(stage: Stage) -> None:
    page = await stage.page()
    async with child(stage, "raise SystemExit('no such file: cardboard')"):
        await expect(page.get_by_text("(exit status 1): no such file: cardboard. It isn't started")).to_be_visible()
        await eventually(page.locator("#bot-status"), "gave up")


@asynccontextmanager
async def child(stage: Stage, script: str) -> AsyncIterator[None]:
    """A process in the place of the bot's."""
    process = BotProcess((sys.executable, "-S", "-E", "-c", script), {}, lambda line: None, deaths=1, patience=0.5)
    stage.server.bot = process
    async with asyncio.TaskGroup() as group:
        group.create_task(_live(process))
        yield
        await process.stop()


async def _live(process: BotProcess) -> None:
    with suppress(BotGaveUp):
        await process.run()


async def test_on_a_phone_the_drawer_slides_in_and_escape_closes_it(stage: Stage) -> None:
    page = await stage.page()
    drawer = page.get_by_role("complementary", name="Director")
    await expect(drawer).to_be_hidden()
    await page.get_by_role("button", name="Director", exact=True).click()
    await expect(drawer.get_by_role("button", name="Code now")).to_be_in_viewport()
    await page.keyboard.press("Escape")
    await expect(drawer).to_be_hidden()
    await expect(page.get_by_role("button", name="Director", exact=True)).to_be_focused()


async def test_the_drawer_switches_hidsim_off_and_on(stage: Stage) -> None:
    page = await stage.page(width=1280)
    await page.get_by_role("button", name="HidSim down").click()
    await expect(page.get_by_role("button", name="HidSim up")).to_have_attribute("aria-pressed", "true")
    assert stage.server.hidsim.director.state()["down"] is True
    await page.get_by_role("button", name="HidSim up").click()
    await expect(page.get_by_role("button", name="HidSim down")).to_have_attribute("aria-pressed", "false")
    assert stage.server.hidsim.director.state()["down"] is False


@pytest.mark.parametrize(
    ("label", "act"),
    [
        ("Lose the next answer", "lose-answer"),
        ("HidSim's balance empty", "empty-balance"),
        ("Refuse the sign-in", "refuse-login"),
        ("HidSim 429 for 5 s", "hidsim-429"),
    ],
)
async def test_a_trouble_is_switched_on_and_off_and_how_it_ends_is_said(stage: Stage, label: str, act: str) -> None:
    page = await stage.page(width=1280)
    one = page.get_by_role("button", name=label)
    await one.click()
    await expect(one).to_have_attribute("aria-pressed", "true")
    says = "It ends by itself" if act == "hidsim-429" else "press the button again to undo it"
    await eventually(page.locator("#log li").first, says)
    assert (await stage.get("/sim/director/state"))["hidsim"]["on"] == [act]
    await one.click()
    await expect(one).to_have_attribute("aria-pressed", "false")
    assert (await stage.get("/sim/director/state"))["hidsim"]["on"] == []


async def test_the_drawer_makes_telegram_refuse_one_message(stage: Stage) -> None:
    await stage.start(stage.buyer)
    page = await stage.page(width=1280)
    await page.get_by_role("button", name="Telegram 429").click()
    await eventually(page.locator("#log"), "refuses the next message for 3 s")
    refused = await stage.envelope("sendMessage", chat_id=stage.buyer, text="x")
    assert (refused["error_code"], refused["parameters"]) == (429, {"retry_after": 3})
    assert (await stage.envelope("sendMessage", chat_id=stage.buyer, text="x"))["ok"] is True


async def test_the_drawer_says_why_something_can_not_be_done(stage: Stage) -> None:
    page = await stage.page(width=1280)
    await page.get_by_role("button", name="Code now").click()
    await eventually(page.locator("#log"), "no operation is open")
    await page.get_by_role("button", name="Restart the bot").click()
    await eventually(page.locator("#log"), "can't be restarted from here")
    stage.complaints.clear()  # the browser reports every answer of 404 and 409


async def test_a_queued_story_is_marked_on_its_button(stage: Stage) -> None:
    page = await stage.page(width=1280)
    await page.get_by_role("button", name="Second SMS").click()
    await expect(page.get_by_role("button", name="Second SMS")).to_have_attribute("aria-pressed", "true")
    assert stage.server.hidsim.director.state()["queued_stories"] == ["second_sms"]
