"""Who comes in: nobody by default, those whom an admin lets in, and whoever holds a link that still works."""

import re
from pathlib import Path

from bot.db import people
from bot.sandbox.telegram import acts
from tests.journeys.shop import ADMIN, ANN, Shop, Thumb, World, data_of, open_shop, running, settings_for
from tests.journeys.steps import BUY, asks_the_price, buys

PRIVATE = "This bot is private. Your Telegram ID is 100."
PRIVATE_TOAST = "This bot is private. Send /start to see how you can be let in."
USAGE = "That is no Telegram ID.\nWrite it like this: /{command} 123456789"


async def confirms(ada: Thumb, command: str, answer: str = "Confirm") -> str:
    """An admin's command that asks back, and the tap on its answer; what the message says in the end."""
    sent = await ada.say(command)
    asked = await ada.sees("?", since=sent)
    await ada.tap(answer, message=asked)
    return next(one for one in ada.chat() if one.message_id == asked.message_id).text


def said_in_groups(shop: Shop) -> list[str]:
    return [one.text for one in shop.server.telegram.transcript if one.chat_id < 0 and one.who == "bot"]


async def test_a_stranger_is_told_their_id_and_gets_nothing_else(tmp_path: Path) -> None:
    async with open_shop(tmp_path, access="invite") as shop:
        ann = shop.person()
        told = await ann.searches("hello")
        assert told.text.endswith(
            f"🔒 {PRIVATE}\nOnly those who run it can let you in; they need this number.\n"
            "An invitation link lets you in at once."
        )
        assert told.labels == []
        for text in ("hello", "telegram brazil 0.3", "/help", "/balance"):
            await ann.say(text)
        await ann.sends(photo=[{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}])
        await ann.lets_time_pass()
        assert ann.screen() == told
        async with shop.app.resources.database.read() as tx:
            assert await people.get(tx, ANN) is None


async def test_a_strangers_other_updates_are_served_by_nobody(tmp_path: Path) -> None:
    async with open_shop(tmp_path, access="closed") as shop:
        ann = shop.person()
        await ann.sends("edited_message", text="telegram brazil")
        acts.ask_inline(shop.server.telegram.state, shop.server.telegram.people.get(ANN), "telegram")
        await ann.lets_time_pass()
        assert not [one for one in ann.chat() if one.from_bot]
        assert not [one for one in shop.server.telegram.calls if one.method == "answerInlineQuery"]


async def test_an_edited_message_is_no_second_search(shop: Shop) -> None:
    ann = shop.person()
    await ann.searches("telegram")
    asked = len(ann.chat())
    await ann.sends("edited_message", text="telegram brazil", edit_date=1)
    await ann.lets_time_pass()
    assert len(ann.chat()) == asked + 1


async def test_an_old_button_is_refused_once_the_bot_is_closed(world: World, tmp_path: Path) -> None:
    async with running(world, settings_for(world, tmp_path)) as shop:
        ann = shop.person()
        price = await asks_the_price(ann)
    async with running(world, settings_for(world, tmp_path, access="closed")) as shop:
        answer = await ann.tap(BUY, message=price)
        assert (answer.text, answer.alert) == (PRIVATE_TOAST, True)
        await ann.lets_time_pass()
        assert ann.screen().text == price.text
    assert world.hidsim.record.purchases == []


async def test_in_a_group_the_bot_answers_once_and_serves_nobody(shop: Shop) -> None:
    ada = shop.admin()
    await ada.searches("/start")
    await ada.sees("left to spend today")
    before = len(ada.chat())
    for text in ("hello", "/balance", "/start", "telegram brazil 0.3"):
        await ada.say_in_group(text)
    await ada.waits_for(lambda: bool(said_in_groups(shop)), "a word in the group")
    await ada.lets_time_pass()
    assert said_in_groups(shop) == ["Talk to me in private: @hidsim_demo_bot"]
    assert len(ada.chat()) == before


async def test_allow_asks_back_and_lets_in(tmp_path: Path) -> None:
    async with open_shop(tmp_path, access="closed") as shop:
        ada, ann = shop.admin(), shop.person()
        await ada.searches("/start")
        assert "Let 100" in (await ada.searches("/allow 100")).text
        assert PRIVATE in (await ann.searches("/start")).text
        assert "100 Ann may use the bot now" in await confirms(ada, "/allow 100")
        sent = await ann.say("/start")
        await ann.sees("left to spend today", since=sent)


async def test_cancel_lets_nobody_in(tmp_path: Path) -> None:
    async with open_shop(tmp_path, access="closed") as shop:
        ada, ann = shop.admin(), shop.person()
        await ada.searches("/start")
        assert (await confirms(ada, "/allow 100", "Cancel")).startswith("👤 100\n🔒 May not use the bot")
        assert PRIVATE in (await ann.searches("/start")).text


async def test_a_blocked_person_gets_nothing_by_any_button_or_word(shop: Shop) -> None:
    ada, ann = shop.admin(), shop.person()
    await ada.searches("/start")
    price = await asks_the_price(ann)
    assert "100 Ann is kept out now." in await confirms(ada, "/block 100")
    before = ann.chat()
    answer = await ann.tap(BUY, message=price)
    assert (answer.text, answer.alert) == ("", False)
    for text in ("/start", "hello", "/start inv_x", "/balance"):
        await ann.say(text)
    await ann.lets_time_pass()
    assert [one for one in ann.chat() if one.from_bot] == [one for one in before if one.from_bot]
    assert shop.record.purchases == []


async def test_a_code_still_reaches_somebody_who_was_blocked_meanwhile(shop: Shop) -> None:
    shop.director.set_default_story("never")
    ada, ann = shop.admin(), shop.person()
    await ada.searches("/start")
    await buys(ann)
    await confirms(ada, "/block 100")
    shop.director.code_now()
    await ann.sees_button("Copy code")


async def test_an_admin_of_the_settings_can_not_be_locked_out(tmp_path: Path) -> None:
    async with open_shop(tmp_path, access="closed") as shop:
        ada = shop.admin()
        await ada.searches("/start")
        assert "stays in" in await confirms(ada, f"/block {ADMIN}")
        assert "left to spend today" in (await ada.searches("/start")).text


async def test_allow_without_a_readable_id_says_how(shop: Shop) -> None:
    ada = shop.admin()
    for typed in ("/allow", "/allow me", "/allow -5", "/allow 99999999999999999999", "/block 1.5"):
        told = await ada.searches(typed)
        assert told.text == USAGE.format(command=typed[1:6])
        assert told.labels == ["👥 People", "🛠 Admin", "🏠 Menu"]


async def test_an_admins_command_is_an_unknown_one_for_everybody_else(shop: Shop) -> None:
    ann = shop.person()
    unknown = await ann.searches("/nosuch")
    for command in ("/balance", "/users", "/allow 100", "/block 900", "/invite"):
        told = await ann.searches(command)
        assert (told.text, told.labels, told.entities) == (unknown.text, unknown.labels, unknown.entities)


async def test_an_admins_button_is_out_of_date_for_everybody_else(shop: Shop) -> None:
    ada, ann = shop.admin(), shop.person()
    home = await ada.searches("/start")
    own = await ann.searches("/start")
    assert not any("Admin" in label for label in own.labels)
    answer = await ann.presses(data_of(home, "Admin"), own)
    assert answer.text == "That button is out of date. Here is the menu."
    asked = await ada.searches("/allow 100")
    await ann.presses(data_of(asked, "Confirm"), own)
    assert (await ann.searches("/balance")).text.startswith("There is no such command.")


async def test_an_invitation_works_once(tmp_path: Path) -> None:
    async with open_shop(tmp_path, access="invite") as shop:
        ada, ann, bob = shop.admin(), shop.person(), shop.person(101, first_name="Bob")
        link = await ada.searches("/invite")
        (payload,) = re.findall(r"https://t\.me/hidsim_demo_bot\?start=(\S+)", link.text)
        assert PRIVATE in (await ann.searches("/start")).text
        await ann.start(payload)
        await ann.sees("left to spend today")
        await bob.start(payload)
        assert (await bob.sees("This invitation")).text == "✉️ This invitation has been used. Ask for a new one."
        assert "left to spend today" in (await ann.searches("/menu")).text


async def test_an_invitation_opens_nothing_for_somebody_blocked_or_in_a_closed_bot(
    world: World, tmp_path: Path
) -> None:
    async with running(world, settings_for(world, tmp_path, access="invite")) as shop:
        ada, ann = shop.admin(), shop.person()
        (payload,) = re.findall(r"start=(\S+)", (await ada.searches("/invite")).text)
        await confirms(ada, "/block 100")
        await ann.start(payload)
        await ann.stays_away_from(PRIVATE)
    async with running(world, settings_for(world, tmp_path, access="closed")) as shop:
        bob = shop.person(101)
        await bob.start(payload)
        await bob.sees("This bot is private.")
        assert "Invitations are off" in (await ada.searches("/invite")).text
