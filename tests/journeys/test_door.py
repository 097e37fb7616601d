"""Getting in: a stranger asks, an admin answers with a tap, an owner makes an admin."""

import re
from pathlib import Path

from bot.db.telling import notices
from tests.journeys.shop import ADMIN, ANN, Shop, Thumb, World, open_shop, running, settings_for

ASKED = "The admins have been asked. You'll hear of their answer here."
WELCOME = "You're in at HidSim. Tap Menu to start."
HELPER = 901


async def starts(shop: Shop) -> tuple[Thumb, Thumb]:
    """The owner, and a stranger who has not written."""
    ada = shop.admin()
    await ada.searches("/start")
    return ada, shop.person(first_name="<b>Ann", username="ann_example")


async def makes_an_admin(shop: Shop, ada: Thumb) -> Thumb:
    eve = shop.person(HELPER, first_name="Eve")
    sent = await ada.say(f"/role {HELPER} admin")
    await ada.tap("Confirm", message=await ada.sees("Make ", since=sent))
    await eve.searches("/start")
    return eve


async def test_a_strangers_start_asks_the_admins_and_a_tap_lets_in(tmp_path: Path) -> None:
    async with open_shop(tmp_path, access="closed") as shop:
        ada, ann = await starts(shop)
        told = await ann.searches("/start")
        assert ASKED in told.text
        asked = await ada.sees("asks to be let in")
        assert asked.text == "🙋 100 <b>Ann asks to be let in.\nUsername: @ann_example"
        assert asked.labels == ["✅ Allow", "🙈 Ignore", "🏠 Menu"]
        await ada.tap("Allow", message=asked)
        await ada.sees("may use the bot now, and is told so")
        await ann.tap("Menu", message=await ann.sees(WELCOME))
        await ann.sees("left to spend today")


async def test_a_tap_asks_whom_no_start_has_asked_and_only_once(tmp_path: Path) -> None:
    async with open_shop(tmp_path, access="closed") as shop:
        ada, ann = await starts(shop)
        told = await ann.searches("hello")
        answer = await ann.tap("Ask to be let in", message=told)
        assert (answer.text, answer.alert) == ("📨 " + ASKED, True)
        await ann.sees(ASKED)
        assert ann.screen().labels == []
        assert (await ann.presses("ky1", told)).text == "📨 " + ASKED
        await ann.searches("/start")
        await ada.sees("asks to be let in")
        await ada.lets_time_pass()
        assert ada.seen("asks to be let in") == 1


async def test_who_is_ignored_hears_it_once_and_asks_nobody_again_after_a_restart(world: World, tmp_path: Path) -> None:
    async with running(world, settings_for(world, tmp_path, access="closed")) as shop:
        ada, ann = await starts(shop)
        start = await ann.searches("/start")
        await ada.sees("asks to be let in")
    async with running(world, settings_for(world, tmp_path, access="closed")) as shop:
        ada, ann = shop.admin(), shop.person()
        await ada.tap_seen("Ignore")
        await ada.sees("You won't be asked about them again.")
        await ann.sees("The admins didn't let you in this time.")
        again = await ann.searches("/start")
        assert "Only those who run it can let you in" in again.text
        assert again.labels == []
        answer = await ann.tap("Ask to be let in", message=start)
        assert answer.text.startswith("This bot is private.")
        await ada.tap_seen("Allow after all")
        await ann.sees(WELCOME)
        await ada.sees("may use the bot now")
        assert ada.seen("asks to be let in") == 0, ada.told()  # it became its answer
        assert ada.seen("You won't be asked about them again.") == 0, ada.told()


async def test_a_second_admin_reads_who_was_quicker(tmp_path: Path) -> None:
    async with open_shop(tmp_path, access="closed") as shop:
        ada, ann = await starts(shop)
        eve = await makes_an_admin(shop, ada)
        await ann.searches("/start")
        for admin in (ada, eve):
            await admin.sees("asks to be let in")
        await eve.tap_seen("Allow")
        await eve.sees("may use the bot now")
        await ada.tap_seen("Ignore")
        await ada.sees("Already answered: 901 Eve let 100 <b>Ann in.")
        await ann.sees(WELCOME)


async def test_an_admins_menu_comes_and_goes_with_the_role_and_with_it_what_they_may(tmp_path: Path) -> None:
    async with open_shop(tmp_path, access="closed") as shop:
        ada, ann = await starts(shop)
        eve = await makes_an_admin(shop, ada)
        state = shop.server.telegram.state
        await eve.waits_for(lambda: (f"chat:{HELPER}", "") in state.bot.commands, "the admins' commands")
        await eve.sees("You are an admin of this shop now.")
        assert (await eve.searches("/users")).text.startswith("👥 People")
        unknown = (await eve.searches("/nosuch")).text
        for owners in ("/balance", "/role 100 admin"):
            assert (await eve.searches(owners)).text == unknown
        await ann.searches("/start")
        asked = await eve.sees("asks to be let in")
        sent = await ada.say(f"/role {HELPER} buyer")
        await ada.tap("Confirm", message=await ada.sees("a buyer?", since=sent))
        await eve.sees("You are no admin of this shop any more.")
        await eve.waits_for(lambda: (f"chat:{HELPER}", "") not in state.bot.commands, "everybody's commands")
        assert (await eve.searches("/users")).text == unknown
        answer = await eve.tap("Allow", message=asked)
        assert answer.text.startswith("That button is out of date.")
        await ann.stays_away_from(WELCOME)


async def test_a_menu_that_could_not_be_taken_goes_at_the_next_start(world: World, tmp_path: Path) -> None:
    async with running(world, settings_for(world, tmp_path)) as shop:
        ada, _ = await starts(shop)
        await makes_an_admin(shop, ada)
        sent = await ada.say(f"/role {HELPER} buyer")
        await ada.tap("Confirm", message=await ada.sees("a buyer?", since=sent))
        await ada.sees("is a buyer now")
    world.telegram.state.bot.commands[(f"chat:{HELPER}", "")] = [{"command": "users", "description": "People"}]
    async with running(world, settings_for(world, tmp_path)) as shop:
        left = shop.server.telegram.state.bot.commands
        await shop.admin().waits_for(lambda: (f"chat:{HELPER}", "") not in left, "everybody's commands")


async def test_an_invitation_says_until_when_and_is_revoked_by_a_tap(tmp_path: Path) -> None:
    async with open_shop(tmp_path, access="invite", invite_hours=1) as shop:
        ada, ann = await starts(shop)
        await ada.searches("/menu")
        await ada.tap_seen("Admin")
        await ada.tap_seen("Invite")
        await ada.sees("None. Each link lets one person in.")
        await ada.tap_seen("New invitation")
        made = await ada.sees("It works until")
        assert "It works until" in made.text
        (payload,) = re.findall(r"start=(\S+)", made.text)
        await ada.tap("Invitations", message=made)
        await ada.sees("Open invitations")
        await ada.tap_seen("Revoke 1")
        await ada.sees(f"Revoke the invitation …{payload[-4:]}?")
        await ada.tap_seen("Confirm")
        await ada.sees("None. Each link lets one person in.")
        await ann.start(payload)
        assert (await ann.sees("invitation")).text == "✉️ This invitation is no longer good. Ask for a new one."


async def test_who_is_in_by_then_is_led_home_by_the_old_button(tmp_path: Path) -> None:
    async with open_shop(tmp_path, access="closed") as shop:
        ada, ann = await starts(shop)
        told = await ann.searches("/start")
        await ada.sees("asks to be let in")
        await ada.tap_seen("Allow")
        await ann.sees(WELCOME)
        await ann.tap("Ask to be let in", message=told)
        await ann.sees("left to spend today")
        async with shop.app.resources.database.read() as tx:
            assert await notices.waiting(tx) == 0
        assert {ADMIN, ANN} <= {one.chat_id for one in shop.server.telegram.transcript}
