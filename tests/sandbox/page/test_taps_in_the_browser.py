"""Buttons: a tap shows that it waits, what came of it, and that nobody answered."""

import pytest
from playwright.async_api import expect

from tests.sandbox.page.stage import Stage, bubble, button, chat, key, keyboard

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_a_tap_spins_until_it_is_answered_and_the_answer_is_a_toast(stage: Stage) -> None:
    await stage.start(stage.buyer)
    page = await stage.page()
    await stage.says("Menu", reply_markup=keyboard([key("Buy", style="success")]))
    await button(page, "Buy").click()
    tap = await stage.tapped()
    assert tap["data"] == "do:Buy"
    await expect(chat(page).locator(".key.waiting")).to_have_count(1)
    await stage.bot("answerCallbackQuery", callback_query_id=tap["id"], text="Ordered")
    await expect(chat(page).locator(".key.waiting")).to_have_count(0)
    await expect(page.locator(".toast")).to_have_text("Ordered")


async def test_an_alert_is_a_dialog_that_the_keyboard_closes(stage: Stage) -> None:
    await stage.start(stage.buyer)
    page = await stage.page()
    await stage.says("Card", reply_markup=keyboard([key("Close", style="danger")]))
    await button(page, "Close").click()
    query = (await stage.tapped())["id"]
    await stage.bot("answerCallbackQuery", callback_query_id=query, text="Too early: wait 8 s", show_alert=True)
    await expect(page.get_by_role("dialog")).to_contain_text("Too early: wait 8 s")
    await expect(page.get_by_role("button", name="OK")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("dialog")).to_be_hidden()


async def test_a_tap_that_nobody_answers_is_marked_after_ten_seconds(stage: Stage) -> None:
    await stage.start(stage.buyer)
    await stage.says("Card", reply_markup=keyboard([key("Refresh"), key("Menu")]))
    page = await stage.page(frozen=True)
    await button(page, "Refresh").click()
    tap = await stage.tapped()
    await page.clock.fast_forward(9000)
    await expect(chat(page).locator(".key.waiting")).to_have_count(1)
    await page.clock.fast_forward(1500)
    await expect(bubble(page, "Card").locator(".key .late")).to_have_text("not answered")
    await expect(chat(page).locator(".key.waiting")).to_have_count(0)
    await stage.bot("answerCallbackQuery", callback_query_id=tap["id"])
    await expect(page.locator(".late")).to_have_count(0)


async def test_a_missing_answer_stays_visible_when_the_button_is_edited_away(stage: Stage) -> None:
    await stage.start(stage.buyer)
    message = await stage.says("Card", reply_markup=keyboard([key("Refresh")]))
    page = await stage.page(frozen=True)
    await button(page, "Refresh").click()
    await stage.tapped()
    other = keyboard([key("Menu")])
    await stage.bot("editMessageText", chat_id=stage.buyer, message_id=message, text="Fresh", reply_markup=other)
    await expect(button(page, "Menu")).to_be_visible()
    await page.clock.fast_forward(10_500)
    await expect(bubble(page, "Fresh").locator(".late")).to_have_text("not answered")


async def test_the_focus_stays_on_the_button_when_its_message_is_edited(stage: Stage) -> None:
    await stage.start(stage.buyer)
    page = await stage.page()
    rows = keyboard([key("Less"), key("More")])
    message = await stage.says("Max $0.10", reply_markup=rows)
    await button(page, "More").focus()
    await page.keyboard.press("Enter")
    tap = await stage.tapped()
    await stage.bot("editMessageText", chat_id=stage.buyer, message_id=message, text="Max $0.15", reply_markup=rows)
    await stage.bot("answerCallbackQuery", callback_query_id=tap["id"])
    await expect(bubble(page, "Max $0.15")).to_be_visible()
    await expect(button(page, "More")).to_be_focused()


async def test_copy_buttons_and_code_copy_and_say_so(stage: Stage) -> None:
    await stage.start(stage.buyer)
    page = await stage.page()
    copying = keyboard([{"text": "Copy number", "copy_text": {"text": "+5511912345678"}}])
    await stage.says("Number <code>+55 11</code>", reply_markup=copying)
    await button(page, "Copy number").click()
    await expect(page.locator(".toast")).to_have_text("Copied")
    assert await page.evaluate("navigator.clipboard.readText()") == "+5511912345678"
    await chat(page).locator("code").click()
    await expect(page.locator(".toast")).to_have_count(2)
    assert await page.evaluate("navigator.clipboard.readText()") == "+55 11"


async def test_a_disabled_button_can_not_be_tapped(stage: Stage) -> None:
    await stage.start(stage.buyer)
    page = await stage.page()
    await stage.says("Prices", reply_markup=keyboard([{"text": "Sold out", "disabled": {}}, key("Menu")]))
    await expect(button(page, "Sold out")).to_have_attribute("aria-disabled", "true")
    await button(page, "Sold out").click(force=True)
    await button(page, "Menu").click()
    assert (await stage.tapped())["data"] == "do:Menu"


async def test_styles_are_visible_as_different_colours(stage: Stage) -> None:
    await stage.start(stage.buyer)
    page = await stage.page()
    styles = ("primary", "success", "danger")
    await stage.says("Colours", reply_markup=keyboard([key("plain")], *([key(name, style=name)] for name in styles)))
    await expect(button(page, "danger")).to_be_visible()
    colours = (
        await chat(page).locator(".key").evaluate_all("all => all.map(one => getComputedStyle(one).backgroundColor)")
    )
    assert len(set(colours)) == 4


async def test_a_tap_of_somebody_else_shows_on_the_page_too(stage: Stage) -> None:
    await stage.start(stage.buyer)
    page = await stage.page()
    await stage.says("Menu", reply_markup=keyboard([key("Buy")]))
    await expect(button(page, "Buy")).to_be_visible()
    await stage.post(f"/sim/people/{stage.buyer}/tap", label="Buy")
    await expect(chat(page).locator(".key.waiting")).to_have_count(1)
    await stage.bot("answerCallbackQuery", callback_query_id=(await stage.tapped())["id"])
    await expect(chat(page).locator(".key.waiting")).to_have_count(0)
