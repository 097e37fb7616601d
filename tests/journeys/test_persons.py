"""An admin finds a person, reads their page, limits and blocks them: by thumb, and no id is typed."""

from pathlib import Path

from tests.journeys.shop import Shop, Thumb, open_shop
from tests.journeys.steps import buys

PICK = "Pick a person"


async def met(shop: Shop, **facts: str) -> Thumb:
    ann = shop.person(**facts)
    await ann.searches("/start")
    return ann


async def test_an_admin_finds_somebody_by_name_limits_them_and_comes_back(shop: Shop) -> None:
    ada = shop.admin()
    await ada.searches("/start")
    await met(shop, first_name="Аня <b>", username="anya_p")
    await ada.tap("Admin")
    await ada.tap_seen("People")
    await ada.sees("Type a name, a username or an ID")
    found = await ada.searches("anya")
    assert found.labels[0] == "👤 Аня <b> @anya_p"
    await ada.tap("anya_p", message=found)
    page = await ada.sees("Orders in progress: 0 of 3")
    assert "100 Аня <b>" in page.text
    await ada.tap("Limits")
    await ada.tap_seen("In progress")
    await ada.tap_seen("As for everybody · 3")
    await ada.tap_seen("In progress")
    await ada.sees("Tap what it may be")
    assert (await ada.tap("5")).text == "Saved."
    await ada.sees("Orders in progress: 0 of 5 · their own")
    await ada.tap("Back")
    await ada.sees("set a limit, by Ada")
    listed = await ada.searches("/limits")
    assert "Orders in progress: 3 (MAX_OPEN_ORDERS)" in listed.text
    assert listed.labels[0] == "👤 Аня <b> @anya_p"
    for typed in ("/users anya", "/users 100"):
        assert "1 person" in (await ada.searches(typed)).text


async def test_a_block_asks_back_and_leads_back_to_the_page(shop: Shop) -> None:
    ada, _ = shop.admin(), await met(shop)
    await ada.tap("Ann", message=await ada.searches("/users"))
    await ada.tap_seen("Block")
    await ada.tap_seen("Cancel")
    await ada.tap_seen("Block")
    await ada.sees("Keep 100 Ann out? Their orders in progress go on")
    await ada.tap("Confirm")
    decided = await ada.sees("is kept out now")
    await ada.tap("Ann", message=decided)
    page = await ada.sees("⛔ Blocked")
    assert "✅ Allow" in page.labels


async def test_telegrams_picker_leads_to_a_page_and_goes_away(tmp_path: Path) -> None:
    async with open_shop(tmp_path, access="closed") as shop:
        ada, eve = shop.admin(), shop.person(77, first_name="Eve", username="eve_x")
        await ada.tap(PICK, message=await ada.searches("/users"))
        asked = await ada.sees("They are not told")
        assert (asked.labels, ada.keyboard) == ([], [["👤 Pick a person"], ["↩️ Cancel"]])
        await ada.pick(PICK, eve.id)
        page = await ada.sees("They never wrote to the bot")
        assert ("77 Eve" in page.text, ada.keyboard) == (True, [])
        await ada.tap("Allow", message=page)
        await ada.sees("Let 77 Eve in?")
        await ada.tap("Confirm")
        await ada.sees("77 may use the bot now")


async def test_a_picker_can_be_cancelled_answered_twice_and_of_somebody_hidden(shop: Shop) -> None:
    ada = shop.admin()
    await ada.tap(PICK, message=await ada.searches("/users"))
    await ada.sees("They are not told")
    kept = dict(shop.server.telegram.state.chats.keyboards)
    await ada.say("↩️ Cancel")
    await ada.sees("Nobody was picked.")
    await ada.sees("Access: open")
    assert ada.keyboard == []
    for _ in range(2):
        shop.server.telegram.state.chats.keyboards.update(kept)
        sent = await ada.pick(PICK, 4_242)
        page = await ada.sees("They never wrote", since=sent)
        assert "4242" in page.text


async def test_several_people_in_one_answer_are_none_and_a_picker_of_somebody_else_is_no_admins(shop: Shop) -> None:
    ada, ann = shop.admin(), await met(shop)
    state = shop.server.telegram.state
    await ada.searches("/start")
    shared = {"request_id": 1, "users": [{"user_id": 1}, {"user_id": 2}]}
    for who in (ada, ann):
        message = state.chats.add(who.id, state.people.get(who.id).user(), {"users_shared": shared})
        state.update("message", state.chats.shown(message), who.id)
    await ada.sees("That was more than one person. Pick one.")
    await ann.sees("I only read text")
    assert not ann.seen("People")


async def test_who_closed_as_much_as_an_hour_allows_is_told_and_closes_when_allowed(tmp_path: Path) -> None:
    async with open_shop(tmp_path, max_closes_per_hour=1) as shop:
        shop.director.set_default_story("never")
        ann = shop.person()
        await ann.tap("Close", message=await buys(ann))
        card = await buys(ann)
        answer = await ann.tap("Close", message=card)
        assert answer.text.startswith("You closed 1 number in the last hour, which is the most allowed. The next in ")
        later = await ann.sees_button("Close when allowed")
        assert later.message_id == card.message_id
        assert len(shop.record.closes) == 1
