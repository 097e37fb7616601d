"""What people and admins hear of each other: who was let in, by whom, and whom one asks."""

import re
from pathlib import Path

import pytest

from tests.journeys.shop import ADMIN, Shop, Thumb, World, open_shop, running, settings_for
from tests.journeys.steps import BUY, asks_the_price

NAMED = {"shop_name": "Example Numbers", "contact": "@example_support"}
WELCOME = "You're in at Example Numbers. Tap Menu to start."


async def lets_in(ada: Thumb, person_id: int = 100) -> str:
    sent = await ada.say(f"/allow {person_id}")
    asked = await ada.sees("Let ", since=sent)
    await ada.tap("Confirm", message=asked)
    await ada.sees("may use the bot now", since=sent)
    return next(one for one in ada.chat() if one.message_id == asked.message_id).text


def buttons_to(person: Thumb, url: str) -> int:
    """How many of the newest message's buttons lead there."""
    rows = person.screen().raw.get("reply_markup", {}).get("inline_keyboard", [])
    return sum(button.get("url") == url for row in rows for button in row)


async def test_a_stranger_reads_whose_bot_it_is_and_whom_to_ask(tmp_path: Path) -> None:
    async with open_shop(tmp_path, access="closed", **NAMED) as shop:
        ann = shop.person()
        told = await ann.searches("/start")
        assert told.text.startswith("Example Numbers\nNumbers for sign-ups")
        assert "The admins have been asked." in told.text
        assert "invitation" not in told.text
        assert buttons_to(ann, "https://t.me/example_support") == 1


async def test_by_invitation_a_stranger_reads_that_a_link_lets_in(tmp_path: Path) -> None:
    async with open_shop(tmp_path, access="invite", **NAMED) as shop:
        told = (await shop.person().searches("/start")).text
        assert "To be let in, send this number to @example_support." in told
        assert "An invitation link lets you in at once." in told


async def test_home_and_help_name_the_shop_and_the_contact(tmp_path: Path) -> None:
    async with open_shop(tmp_path, **NAMED) as shop:
        ann = shop.person()
        for words in ("/start", "/help"):
            told = await ann.searches(words)
            assert "Example Numbers" in told.text
            assert "Questions? Ask @example_support." in told.text
            assert buttons_to(ann, "https://t.me/example_support") == 1


async def test_a_shop_without_a_name_is_called_like_its_bot_and_sends_people_to_nobody(
    world: World, tmp_path: Path
) -> None:
    world.telegram.state.bot.names[""] = "Numbers\u202e <b>& co"
    async with running(world, settings_for(world, tmp_path)) as shop:
        home = await shop.person().searches("/start")
        assert home.text.startswith("Numbers <b>& co\n")
        assert "Questions?" not in home.text
        assert not any("Contact" in label for label in home.labels)


async def test_whoever_is_let_in_hears_it_once(tmp_path: Path) -> None:
    async with open_shop(tmp_path, access="closed", **NAMED) as shop:
        ada, ann = shop.admin(), shop.person()
        await ada.searches("/start")
        await ann.searches("/start")
        assert "and is told so" in await lets_in(ada)
        told = await ann.sees(WELCOME)
        asked = await ada.searches("/allow 100")
        await ada.tap("Confirm", message=asked)
        await ada.sees("could use the bot already", since=asked.message_id - 1)
        await ann.lets_time_pass()
        assert ann.seen(WELCOME) == 1
        await ann.tap("Menu", message=told)
        await ann.sees("left to spend today")


async def test_whoever_never_wrote_is_not_told_when_they_come(tmp_path: Path) -> None:
    async with open_shop(tmp_path, access="closed", **NAMED) as shop:
        ada, ann = shop.admin(), shop.person()
        await ada.searches("/start")
        assert "Somebody who never wrote" in await lets_in(ada)
        await ada.lets_time_pass()
        await ann.start()
        await ann.sees("left to spend today")
        await ann.stays_away_from(WELCOME)


async def test_whoever_is_blocked_again_hears_nothing(shop: Shop) -> None:
    ada, ann = shop.admin(), shop.person()
    await ada.searches("/start")
    await ann.searches("/start")
    before = len(ann.chat())
    for command in ("/allow 100", "/block 100"):
        asked = await ada.searches(command)
        await ada.tap("Confirm", message=asked)
    await ann.lets_time_pass()
    assert len(ann.chat()) == before


async def test_an_admin_hears_whose_name_used_their_invitation(tmp_path: Path) -> None:
    async with open_shop(tmp_path, access="invite") as shop:
        ada, ann = shop.admin(), shop.person(first_name="<b>Ann & co")
        (payload,) = re.findall(r"start=(\S+)", (await ada.searches("/invite")).text)
        await ann.start(payload)
        told = await ada.sees("used your invitation")
        assert told.text == "👤 100 <b>Ann & co used your invitation and is in."
        assert told.labels == ["👤 Their page", "👥 People", "🛠 Admin", "🏠 Menu"]


@pytest.mark.parametrize(("answer", "says"), [("It was bought", "Up to $"), ("It was not", "Nothing will be booked")])
async def test_an_admin_reads_what_a_judgement_means(shop: Shop, answer: str, says: str) -> None:
    ada, ann = shop.admin(), shop.person()
    await ada.searches("/start")
    shop.director.fault("/purchase", cut="after")
    await asks_the_price(ann)
    await ann.tap_seen(BUY)
    await ada.sees("The answer to a purchase was lost")
    listed = await ada.searches("/unconfirmed")
    await ada.tap(answer, message=listed)
    asked = await ada.sees("The person's money is free again in either case.")
    assert says in asked.text
    await ada.tap("Confirm", message=asked)
    await ada.sees("No purchase is unconfirmed.")


async def test_an_admins_commands_are_there_when_they_first_write(shop: Shop) -> None:
    ada = shop.admin()
    state = shop.server.telegram.state
    assert ("chat:900", "") not in state.bot.commands
    await ada.searches("/start")
    await ada.waits_for(lambda: ("chat:900", "") in state.bot.commands, "the admins' commands")
    assert "allow" in [one["command"] for one in state.bot.commands_for(ADMIN, "en")]
    await shop.person().searches("/start")
    assert "allow" not in [one["command"] for one in state.bot.commands_for(100, "en")]


async def test_an_unopened_chat_says_what_it_is(world: World, tmp_path: Path) -> None:
    async with running(world, settings_for(world, tmp_path, **NAMED)) as shop:
        bot = shop.server.telegram.state.bot
        await shop.person().waits_for(lambda: bool(bot.short_descriptions.get("")), "the description")
        assert bot.description("").startswith("Example Numbers: phone numbers for sign-ups.")
        assert bot.description("").endswith("Questions? Ask @example_support.")
        assert "HidSim" not in bot.description("") + bot.short_descriptions[""]
    asked = len(world.telegram.calls)
    async with running(world, settings_for(world, tmp_path, **NAMED)) as shop:
        await shop.person().searches("/start")
        await shop.person().lets_time_pass()
        called = [c.method for c in world.telegram.calls[asked:]]
        assert [one for one in called if "Description" in one or "MyName" in one] == []


async def test_a_debit_beyond_the_wallet_says_what_is_in_it(tmp_path: Path) -> None:
    async with open_shop(tmp_path, billing="prepaid") as shop:
        ada = shop.admin()
        answer = await ada.searches("/debit 100 5")
        assert answer.text == "The wallet holds $0.00, so $5.00 can't be taken from it. Nothing was booked."


async def test_credit_without_an_amount_shows_how_it_is_written(tmp_path: Path) -> None:
    async with open_shop(tmp_path, billing="prepaid") as shop:
        told = await shop.admin().searches("/credit 5")
        assert told.text.endswith("Write it like this: /credit 123456789 5 first month")
        assert told.labels == ["👥 People", "🛠 Admin", "🏠 Menu"]
