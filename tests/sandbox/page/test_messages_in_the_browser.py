"""What the bot sends is shown as on a phone, and text from outside is only ever text."""

import pytest
from playwright.async_api import Locator, expect

from tests.sandbox.page.stage import Stage, bubble, button, chat, key, keyboard

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]
MOMENT = 1_790_000_000  # 21 September 2026, 14:13:20 UTC
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360f8ffff3f0005fe02fea72d2d2f0000000049454e44ae426082"
)


async def test_an_empty_chat_has_a_start_button_and_the_answer_appears(stage: Stage) -> None:
    page = await stage.page()
    await page.get_by_role("button", name="Start", exact=True).click()
    heard = await stage.updates()
    assert heard[0]["message"]["text"] == "/start"
    await stage.says("<b>Welcome</b> back, <i>friend</i>")
    await expect(bubble(page, "Welcome back").locator("strong")).to_have_text("Welcome")
    await expect(bubble(page, "Welcome back").locator("em")).to_have_text("friend")
    await expect(page.get_by_role("button", name="Start", exact=True)).to_be_hidden()


async def test_hostile_text_stays_text_in_messages_buttons_toasts_and_names(stage: Stage) -> None:
    evil = "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>"
    escaped = evil.replace("<", "&lt;")
    await stage.post("/sim/people", id=stage.buyer, first_name=evil[:60])
    await stage.start(stage.buyer)
    page = await stage.page()
    await stage.says(f"SMS: {escaped}", reply_markup=keyboard([key(evil[:40])]))
    await expect(bubble(page, "SMS:").locator(".text")).to_contain_text(evil)
    await bubble(page, "SMS:").locator(".key").click()
    await stage.bot("answerCallbackQuery", callback_query_id=(await stage.tapped())["id"], text=evil)
    await expect(page.locator(".toast")).to_have_text(evil)
    assert await page.locator("#phone img, #phone script").count() == 0
    assert "owned" not in await page.title()


async def test_the_page_forbids_itself_to_turn_text_into_markup(stage: Stage) -> None:
    page = await stage.page()
    refused = await page.evaluate(
        "() => { try { document.body.innerHTML = '<b>x</b>'; } catch (e) { return e.name; } }"
    )
    assert refused == "TypeError"
    stage.complaints.clear()  # the browser reports what it refused


async def test_a_spoiler_hides_its_text_until_it_is_pressed(stage: Stage) -> None:
    await stage.start(stage.buyer)
    page = await stage.page()
    await stage.says("Your code: <tg-spoiler>48213</tg-spoiler>")
    spoiler = page.get_by_role("button", name="Hidden text, press to reveal")
    await spoiler.focus()
    await page.keyboard.press("Enter")
    await expect(page.locator(".spoiler")).not_to_have_class("spoiler shut")
    await expect(spoiler).to_have_count(0)


async def test_a_long_expandable_quote_is_folded_and_a_short_one_is_not(stage: Stage) -> None:
    await stage.start(stage.buyer)
    page = await stage.page()
    await stage.says(f"Long <blockquote expandable>{'line after line<br/>'.replace('<br/>', chr(10)) * 9}</blockquote>")
    await stage.says("Short <blockquote expandable>one line</blockquote>")
    quote = bubble(page, "Long").locator("blockquote")
    more = quote.get_by_role("button", name="more")
    folded = await height(quote)
    await more.click()
    await expect(quote.get_by_role("button", name="less")).to_have_attribute("aria-expanded", "true")
    assert await height(quote) > folded * 1.5
    await expect(bubble(page, "Short").get_by_role("button", name="more")).to_have_count(0)


async def height(shown: Locator) -> float:
    measured: float = await shown.evaluate("one => one.getBoundingClientRect().height")
    return measured


@pytest.mark.parametrize(("language", "words"), [("en", "September 21, 2026"), ("pt-br", "21 de setembro de 2026")])
async def test_times_are_in_the_browsers_zone_and_the_persons_language(stage: Stage, language: str, words: str) -> None:
    person = await stage.person(language)
    await stage.start(person)
    page = await stage.page(person)
    await stage.says(f'Until <tg-time unix="{MOMENT}" format="DT">then</tg-time>', person)
    shown = bubble(page, "Until").locator(".text time")
    await expect(shown).to_contain_text(words)
    await expect(shown).to_contain_text("11:13:20")


async def test_a_reply_quotes_its_message_and_leads_to_it(stage: Stage) -> None:
    await stage.start(stage.buyer)
    card = await stage.says("Order card")
    for number in range(30):
        await stage.says(f"Filler {number}")
    await stage.says("The code", reply_parameters={"message_id": card})
    page = await stage.page()
    await page.get_by_role("button", name="In reply to: Order card").click()
    await expect(chat(page).locator(f'[data-id="{card}"]')).to_be_in_viewport()
    await expect(chat(page).locator(f'[data-id="{card}"]')).to_be_focused()


async def test_an_edit_is_marked_and_a_deleted_message_goes(stage: Stage) -> None:
    await stage.start(stage.buyer)
    page = await stage.page()
    message = await stage.says("Getting a number…")
    await expect(bubble(page, "Getting a number")).to_be_visible()
    await stage.bot("editMessageText", chat_id=stage.buyer, message_id=message, text="Done")
    await expect(bubble(page, "Done").locator(".meta")).to_contain_text("edited")
    await stage.bot("deleteMessage", chat_id=stage.buyer, message_id=message)
    await expect(bubble(page, "Done")).to_have_count(0)


async def test_a_document_is_downloaded_under_its_name(stage: Stage) -> None:
    await stage.start(stage.buyer)
    page = await stage.page()
    await stage.upload("sendDocument", "document", "orders.csv", b"id;price\n1;0.25\n", chat_id=stage.buyer)
    async with page.expect_download() as downloading:
        await page.get_by_role("link", name="Download orders.csv").click()
    download = await downloading.value
    assert download.suggested_filename == "orders.csv"
    assert (await download.path()).read_bytes() == b"id;price\n1;0.25\n"


async def test_a_photo_is_shown_with_its_caption(stage: Stage) -> None:
    await stage.start(stage.buyer)
    page = await stage.page()
    await stage.upload("sendPhoto", "photo", "chart.png", PIXEL, chat_id=stage.buyer, caption="30 days")
    await expect(bubble(page, "30 days").locator("img")).to_be_visible()
    loaded = "() => document.querySelector('.photo img').decode().then(() => true)"
    assert await page.evaluate(loaded)


async def test_typing_is_shown_until_the_next_message(stage: Stage) -> None:
    await stage.start(stage.buyer)
    page = await stage.page()
    await stage.bot("sendChatAction", chat_id=stage.buyer, action="typing")
    await expect(page.locator("#bot-status")).to_have_text("typing…")
    await stage.says("Here")
    await expect(page.locator("#bot-status")).not_to_have_text("typing…")


async def test_a_link_with_other_words_asks_before_it_opens(stage: Stage) -> None:
    await stage.start(stage.buyer)
    page = await stage.page()
    await stage.says('See <a href="https://example.org/a?b=1">the docs</a>')
    await page.get_by_role("link", name="the docs").click()
    dialog = page.get_by_role("dialog")
    await expect(dialog).to_contain_text("https://example.org/a?b=1")
    await dialog.get_by_role("button", name="Cancel").click()
    await expect(dialog).to_be_hidden()


async def test_a_deep_link_to_the_bot_starts_it_with_its_payload(stage: Stage) -> None:
    await stage.start(stage.buyer)
    page = await stage.page()
    name = (await stage.bot("getMe"))["username"]
    await stage.says(f'<a href="https://t.me/{name}?start=fav-7">Shared</a>', reply_markup=keyboard([key("Menu")]))
    await page.get_by_role("link", name="Shared").click()
    assert (await stage.updates())[0]["message"]["text"] == "/start fav-7"
    await expect(button(page, "Menu")).to_be_visible()
