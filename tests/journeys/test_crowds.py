"""Many at once: nobody waits behind strangers, behind the hasty, or behind a HidSim that says nothing."""

import time
from dataclasses import replace
from pathlib import Path

from bot.app import open_app
from bot.sandbox.person import ChatMessage
from bot.tasks import Nursery
from bot.telegram.send_pacing import SendLimits
from tests.journeys.shop import QUICK, Shop, Thumb, World, data_of, running, settings_for
from tests.journeys.steps import BUY, asks_the_price, buys

REAL = replace(QUICK, limits=SendLimits(), taps=5, taps_burst=15)
"""Telegram's limits as the bot keeps them, and people no faster than is human."""
PROMPT = 6.0
"""Seconds; the machine that tests run on is slow and busy. One of 300 sends in a chat takes a second."""
FORWARD = {"type": "hidden_user", "date": 1_700_000_000, "sender_user_name": "Nobody"}


async def menu_of(person: Thumb) -> float:
    """Seconds from the word to the menu."""
    began = time.monotonic()
    sent = await person.say("/menu")
    await person.sees("Numbers for sign-ups", since=sent)
    return time.monotonic() - began


def said_to(person: Thumb) -> int:
    return sum(1 for one in person.chat() if one.from_bot)


async def test_three_hundred_forwards_of_a_stranger_delay_nobody_and_are_answered_once(
    world: World, tmp_path: Path
) -> None:
    async with running(world, settings_for(world, tmp_path, access="closed"), REAL) as shop:
        eve, ada = shop.person(555, first_name="Eve"), shop.admin()
        await menu_of(ada)
        for number in range(300):
            await eve.sends(text=f"spam {number}", forward_origin=FORWARD)
        assert await menu_of(ada) < PROMPT
        await eve.waits_for(lambda: world.telegram.state.updates.pending() == [], "the end of the flood")
        assert await menu_of(ada) < PROMPT
        assert said_to(eve) == 1
        assert shop.app.front.polling.outage.silent < PROMPT


async def test_a_strangers_storm_of_taps_is_answered_at_first_and_then_dropped(world: World, tmp_path: Path) -> None:
    async with running(world, settings_for(world, tmp_path)) as shop:
        eve = shop.person(555, first_name="Eve")
        home = await eve.searches("/start")
    async with running(world, settings_for(world, tmp_path, access="closed"), REAL) as shop:
        ada = shop.admin()
        await menu_of(ada)
        first = await eve.tap("Buy a number", message=home)
        assert "private" in first.text
        for _ in range(200):
            await eve.tap("Buy a number", message=home, wait=False)
        assert await menu_of(ada) < PROMPT
        answered = [one for one in world.telegram.calls if one.method == "answerCallbackQuery"]
        assert len(answered) < 20


async def test_somebody_let_in_is_so_hasty_that_only_they_wait(world: World, tmp_path: Path) -> None:
    async with running(world, settings_for(world, tmp_path), REAL) as shop:
        ann, bob = shop.person(), shop.person(101, first_name="Bob")
        await menu_of(bob)
        for number in range(300):
            await ann.sends(text=f"spam {number}", forward_origin=FORWARD)
        assert await menu_of(bob) < PROMPT
        await ann.sees("One moment…")
        assert ann.seen("One moment…") == 1


async def test_behind_a_hidsim_that_says_nothing_menus_come_at_once_and_taps_say_so(tmp_path: Path) -> None:
    pace = replace(QUICK, hidsim_taps=3)
    async with World() as world, running(world, settings_for(world, tmp_path), pace) as shop:
        people = [shop.person(1000 + number, first_name=f"P{number}") for number in range(120)]
        for one in people:
            await one.say("/menu")
        ann = shop.person()
        countries = await to_countries(ann)
        shown = [label for label in countries.labels if "$" in label]
        data = [data_of(countries, label) for label in shown]
        world.watch.advance(minutes=6)  # no price is young enough any more
        shop.director.fault("", delay=60, times=None)
        taps = []
        for place, one in enumerate(people):
            home = await one.sees("Numbers for sign-ups")
            taps.append(one.presses_only(data[place % len(data)], home))
        assert await menu_of(ann) < PROMPT
        for one, tap in zip(people, taps, strict=True):
            await one.answered(tap)
            await one.sees("Matching now")  # by the prices as they were known last
        assert "isn't answering" in (await ann.searches("zzyzx")).text  # only HidSim's own search may know that word


async def to_countries(ann: Thumb) -> ChatMessage:
    await ann.start()
    await ann.tap_seen("Buy a number")
    await ann.tap_seen("Telegram")
    return await ann.sees("Telegram: which country?")


async def test_a_start_behind_a_hidsim_that_says_nothing_hears_people_and_pushes_what_waits(
    world: World, tmp_path: Path
) -> None:
    world.hidsim.director.set_default_story("never")
    settings = settings_for(world, tmp_path)
    async with running(world, settings, replace(QUICK, purchase_drain=0)) as shop:
        ann, bob = shop.person(), shop.person(101, first_name="Bob")
        await buys(bob)
        world.telegram.faults.add(method="sendMessage", contains="Copy code", status=502, times=500)
        world.hidsim.director.code_now()
        await bob.sees("the code came. You paid")
        price = await asks_the_price(ann)
        world.hidsim.director.fault("/purchase", after=True, delay=30, cut="after")
        await ann.tap(BUY, message=price)
        await ann.sees("Getting a number…")
    world.telegram.faults.clear()
    world.hidsim.director.fault("", delay=60, times=None)
    async with open_app(settings, QUICK, world.watch) as app:
        work = Nursery().start(app.run(), "the bot")
        began = time.monotonic()
        await bob.sees_button("Copy code")
        assert await menu_of(ann) < PROMPT
        assert time.monotonic() - began < 2 * PROMPT
        assert not app.ready.is_set()
        app.stop()
        await work


async def test_the_first_screens_of_a_shop_whose_hidsim_says_nothing_come_with_words(
    world: World, tmp_path: Path
) -> None:
    world.hidsim.director.fault("", delay=60, times=None)
    async with open_app(settings_for(world, tmp_path), QUICK, world.watch) as app:
        work = Nursery().start(app.run(), "the bot")
        shop = Shop(world, settings_for(world, tmp_path), app)
        ann = shop.person()
        assert await menu_of(ann) < PROMPT
        answer = await ann.tap("Buy a number")
        assert "can't reach its numbers" in answer.text
        app.stop()
        await work
