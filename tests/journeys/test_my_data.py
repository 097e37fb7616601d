"""What is kept of a person, and how they get rid of it."""

from pathlib import Path

from tests.journeys.shop import Shop, open_shop
from tests.journeys.steps import buys


async def test_somebody_deletes_their_data_and_begins_anew(shop: Shop) -> None:
    ann = shop.person()
    await buys(ann)
    card = await ann.sees("the code came. You paid")
    code = ann.codes()[0]
    await ann.start()
    await ann.tap_seen("Settings")
    await ann.tap_seen("Delete my data")
    assert "every order's number and SMS" in (await ann.sees("Deleted:")).text
    await ann.tap_seen("Confirm")
    await ann.sees("Your data is deleted")
    assert (await shop.order()).number is None
    await ann.tap("Another SMS", message=card)  # an old button of theirs, whose SMS HidSim tells again
    await ann.lets_time_pass()
    assert [one.message_id for one in ann.codes()] == [code.message_id]
    await ann.tap_seen("Menu")
    await ann.tap_seen("History")
    await ann.tap_seen("code $")
    shown = await ann.sees("The number and the SMS were deleted on")
    assert "✅ Done: the code came." in shown.text
    assert "Copy number" not in str(shown.labels)


async def test_an_order_in_progress_comes_first(shop: Shop) -> None:
    shop.director.set_default_story("never")
    ann = shop.person()
    await buys(ann)
    await ann.start()
    await ann.tap_seen("Settings")
    await ann.tap_seen("Delete my data")
    shown = await ann.sees("These orders are in progress")
    assert "Telegram 🇧🇷 · #1" in shown.text
    assert "Confirm" not in str(shown.labels)
    refused = await ann.presses("fy1", shown)
    assert not refused.alert
    await ann.sees("You have 1 order in progress")
    assert (await shop.order()).number is not None


async def test_in_a_closed_bot_who_deleted_their_data_is_turned_away_until_they_are_let_in(tmp_path: Path) -> None:
    async with open_shop(tmp_path, access="closed") as shop:
        ann, admin = shop.person(), shop.admin()
        await admin.tap("Confirm", message=await admin.searches("/allow 100"))
        await admin.sees("may use the bot now")
        await ann.start()
        await ann.tap_seen("Settings")
        await ann.tap_seen("Delete my data")
        await ann.sees("you have to be let in again")
        await ann.tap_seen("Confirm")
        done = await ann.sees("Your data is deleted")
        await ann.say("/start")
        await ann.sees("This bot is private", since=done)
