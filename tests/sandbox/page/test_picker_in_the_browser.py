"""The keyboard below the input line: a button that asks for people opens a list of them."""

import pytest
from playwright.async_api import expect

from tests.sandbox.page.stage import Stage, bubble

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]
KEYBOARD = {
    "keyboard": [[{"text": "Pick a person", "request_users": {"request_id": 7, "request_name": True}}], ["Cancel"]],
    "one_time_keyboard": True,
}


async def test_somebody_is_picked_in_a_list_and_the_bot_hears_of_it(stage: Stage) -> None:
    await stage.start(stage.buyer)
    page = await stage.page()
    await stage.says("Whom?", reply_markup=KEYBOARD)
    await page.get_by_role("button", name="Pick a person").click()
    await expect(page.get_by_role("dialog")).to_contain_text("Choose a user")
    await page.get_by_role("dialog").get_by_role("button", name=stage.people[1]["first_name"], exact=False).click()
    (update,) = await stage.updates()
    shared = update["message"]["users_shared"]
    assert (shared["request_id"], [one["user_id"] for one in shared["users"]]) == (7, [stage.other])
    await expect(bubble(page, "Shared with the bot")).to_have_count(1)
    await expect(page.get_by_role("button", name="Pick a person")).to_be_hidden()
