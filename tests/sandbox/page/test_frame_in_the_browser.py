"""Around the messages: people, unread marks, commands, the gallery, small screens."""

import pytest
from playwright.async_api import Page, expect

from tests.sandbox.page.stage import Stage, bubble, button, chat, key, keyboard

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_a_push_to_somebody_else_is_a_badge_on_their_tab_until_it_is_opened(stage: Stage) -> None:
    await stage.start(stage.buyer, stage.other)
    page = await stage.page()
    await stage.says("A code for the other", stage.other)
    await stage.says("And one more", stage.other)
    badge = page.locator(f"#tab-{stage.other} .badge")
    await expect(badge).to_have_text("2")
    assert (await page.title()).startswith("(2)")
    await page.locator(f"#tab-{stage.other}").click()
    await expect(bubble(page, "And one more")).to_be_in_viewport()
    await expect(badge).to_be_hidden()


async def test_a_push_while_scrolled_up_is_announced_and_moves_nothing(stage: Stage) -> None:
    await stage.start(stage.buyer)
    for number in range(30):
        await stage.says(f"Filler {number}.")
    page = await stage.page()
    await bubble(page, "Filler 3.").scroll_into_view_if_needed()
    await expect(page.get_by_role("button", name="To the newest message")).to_be_visible()
    before = await bubble(page, "Filler 4.").bounding_box()
    await stage.says("Your code")
    pill = page.get_by_role("button", name="↓ 1 new")
    await expect(pill).to_be_visible()
    assert await bubble(page, "Filler 4.").bounding_box() == before
    await expect(page.locator(f"#tab-{stage.buyer} .badge")).to_have_text("1")
    await pill.click()
    await expect(bubble(page, "Your code")).to_be_in_viewport()
    await expect(pill).to_be_hidden()
    await expect(page.locator(f"#tab-{stage.buyer} .badge")).to_be_hidden()


async def test_tabs_are_walked_with_the_arrow_keys(stage: Stage) -> None:
    page = await stage.page()
    await page.locator(f"#tab-{stage.buyer}").focus()
    await page.keyboard.press("ArrowRight")
    await expect(page.locator(f"#tab-{stage.other}")).to_have_attribute("aria-selected", "true")
    await expect(page.locator(f"#tab-{stage.other}")).to_be_focused()


async def test_a_command_is_chosen_from_the_menu_with_the_keyboard(stage: Stage) -> None:
    commands = [{"command": "start", "description": "Home"}, {"command": "orders", "description": "In progress"}]
    await stage.bot("setMyCommands", commands=commands)
    await stage.start(stage.buyer)
    page = await stage.page()
    await page.get_by_role("textbox", name="Message").press_sequentially("/o")
    await expect(page.get_by_role("menuitem")).to_have_count(1)
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    assert (await stage.updates())[0]["message"]["text"] == "/orders"
    await expect(page.get_by_role("menuitem")).to_have_count(0)
    await expect(bubble(page, "/orders")).to_be_visible()


async def test_enter_sends_and_what_was_typed_waits_while_another_chat_is_open(stage: Stage) -> None:
    await stage.start(stage.buyer)
    page = await stage.page()
    box = page.get_by_role("textbox", name="Message")
    await box.fill("telegram bra")
    await page.locator(f"#tab-{stage.other}").click()
    await expect(box).to_have_value("")
    await page.locator(f"#tab-{stage.buyer}").click()
    await expect(box).to_have_value("telegram bra")
    await box.press("Enter")
    assert (await stage.updates())[0]["message"]["text"] == "telegram bra"
    await expect(box).to_have_value("")


async def test_who_blocks_the_bot_can_not_write_until_it_is_unblocked(stage: Stage) -> None:
    await stage.start(stage.buyer)
    page = await stage.page()
    await page.get_by_role("button", name="Chat menu").click()
    await page.get_by_role("menuitem", name="Stop and block the bot").click()
    unblock = page.get_by_role("button", name="Unblock the bot")
    await expect(unblock).to_be_visible()
    await expect(page.get_by_role("textbox", name="Message")).to_be_hidden()
    assert (await stage.envelope("sendMessage", chat_id=stage.buyer, text="x"))["error_code"] == 403
    await unblock.click()
    await expect(page.get_by_role("textbox", name="Message")).to_be_visible()


async def test_an_arabic_chat_is_mirrored_and_each_text_has_its_own_direction(stage: Stage) -> None:
    person = await stage.person("ar")
    await stage.start(person)
    page = await stage.page(person)
    await stage.says("مرحبًا", person, reply_markup=keyboard([key("أول"), key("ثان")]))
    await stage.says("Telegram code: 48213", person)
    await expect(page.locator("#phone")).to_have_attribute("dir", "rtl")
    first, second = await button(page, "أول").bounding_box(), await button(page, "ثان").bounding_box()
    assert first is not None
    assert second is not None
    assert first["x"] > second["x"]
    directions = "all => all.map(one => getComputedStyle(one).direction)"
    assert await chat(page).locator(".msg:not(.mine) .text").evaluate_all(directions) == ["rtl", "ltr"]


@pytest.mark.parametrize("width", [320, 390, 1280])
async def test_nothing_sticks_out_of_the_screen(stage: Stage, width: int) -> None:
    await stage.start(stage.buyer)
    page = await stage.page(width=width, height=700)
    rows = keyboard([key("Stop everything now"), key("Unpronounceable"), key("x" * 60)], [key("Buy · up to $0.25")])
    await stage.says(f"{'w' * 300} <pre>{'p' * 300}</pre> <code>{'c' * 200}</code>", reply_markup=rows)
    await expect(button(page, "Buy · up to $0.25")).to_be_visible()
    assert await sticking_out(page) == []


async def sticking_out(page: Page) -> list[str]:
    found: list[str] = await page.evaluate(
        """() => {
          const phone = document.getElementById("phone").getBoundingClientRect();
          return [...document.querySelectorAll("#phone *")].filter((one) => {
            const box = one.getBoundingClientRect();
            const shown = box.width && !one.closest(".tabs, .sr, [hidden], svg");
            return shown && (box.right > phone.right + 1 || box.left < phone.left - 1);
          }).map((one) => one.tagName + "." + one.className);
        }"""
    )
    return found


async def test_every_control_has_a_name(stage: Stage) -> None:
    await stage.start(stage.buyer)
    page = await stage.page(width=1280)
    await stage.says("Menu", reply_markup=keyboard([key("Buy")]))
    await expect(button(page, "Buy")).to_be_visible()
    nameless = await page.evaluate(
        """() => [...document.querySelectorAll("button, a, input, textarea, [role=button]")]
             .filter((one) => !one.closest("[hidden], label") && !one.textContent.trim() && !one.ariaLabel)
             .map((one) => one.outerHTML)"""
    )
    assert nameless == []


async def test_the_switch_changes_the_theme_and_it_is_remembered(stage: Stage) -> None:
    page = await stage.page(scheme="dark")
    await expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    await page.get_by_role("button", name="Switch between light and dark").click()
    await expect(page.locator("html")).to_have_attribute("data-theme", "light")
    await page.reload()
    await expect(page.locator("html")).to_have_attribute("data-theme", "light")


async def test_a_list_of_eight_is_seen_whole_with_its_heading_on_a_phone(stage: Stage) -> None:
    await stage.start(stage.buyer)
    page = await stage.page(width=360, height=740)
    rows = [[key(f"🇧🇷 Brazil {number} · $0.12 · 320")] for number in range(8)]
    ways = [[key("◀️"), key("1/6"), key("▶️")], [key("Any of these"), key("Best")], [key("Cheapest"), key("Stock")]]
    ends = [key("A–Z"), key("Back"), key("Menu")]
    await stage.says("<b>Telegram</b>: which country?", reply_markup=keyboard(*rows, *ways, ends))
    await expect(button(page, "Menu")).to_be_in_viewport(ratio=1)
    await expect(button(page, "🇧🇷 Brazil 0 · $0.12 · 320")).to_be_in_viewport(ratio=1)
    await expect(bubble(page, "which country?").locator(".bubble")).to_be_in_viewport(ratio=1)


async def test_a_sandbox_that_went_away_is_said(stage: Stage) -> None:
    page = await stage.page()
    await expect(page.get_by_text("The sandbox doesn't answer")).to_be_hidden()
    await stage.server.__aexit__(None, None, None)
    await expect(page.get_by_text("The sandbox doesn't answer")).to_be_visible()
    await page.goto("about:blank")
    stage.complaints.clear()  # the browser reports the lost connection


async def test_the_gallery_shows_every_screen_and_its_markup_is_no_markup_of_ours(stage: Stage) -> None:
    page = await stage.page(path="/gallery", width=1280)
    await expect(page.locator("figure:visible")).to_have_count(2)
    home = page.locator('figure[data-name="home"]:visible')
    await expect(home.locator(".bubble")).to_contain_text("Welcome <b> <img src=x onerror=alert(1)>")
    await expect(home.locator("strong")).to_have_text("Welcome")
    assert await home.locator("img").count() == 0
    await page.get_by_label("Language").select_option("ar")
    await expect(page.locator("figure:visible .screen")).to_have_attribute("dir", "rtl")
    await page.get_by_label("Language").select_option("")
    await page.get_by_label("Find a screen").fill("help")
    await expect(page.locator("figure:visible")).to_have_count(1)
