"""The bot stops, or dies, and starts again on the same database."""

from dataclasses import replace
from pathlib import Path

from bot.domain.orders import OrderState
from tests.journeys.shop import NOTHING_SPENT, QUICK, World, running, settings_for
from tests.journeys.steps import BUY, asks_the_price, buys

UNSURE = "We are not sure that this order went through."
DIES = replace(QUICK, purchase_drain=0)


async def test_a_code_that_lands_while_the_bot_is_down_is_delivered_once(world: World, tmp_path: Path) -> None:
    world.hidsim.director.set_default_story("never")
    settings = settings_for(world, tmp_path)
    async with running(world, settings) as shop:
        ann = shop.person()
        card = await buys(ann)
    world.hidsim.director.code_now()
    async with running(world, settings) as shop:
        code = await ann.sees_button("Copy code")
        assert code.reply_to == card.message_id
        await ann.sees("the code came. You paid")
        await ann.lets_time_pass()
    async with running(world, settings) as shop:
        await ann.lets_time_pass()
        assert len(ann.codes()) == 1
        assert (await shop.money()).held == 0
    assert len(world.hidsim.record.purchases) == 1


async def test_what_people_sent_while_the_bot_was_down_is_answered(world: World, tmp_path: Path) -> None:
    settings = settings_for(world, tmp_path)
    async with running(world, settings) as shop:
        ann = shop.person()
        home = await ann.searches("/start")
    tap = await ann.tap("Buy a number", message=home, wait=False)
    async with running(world, settings):
        await ann.answered(tap.query_id or "")
        await ann.sees("Which service is the number for?")


async def test_who_bought_while_billing_was_shared_begins_with_nothing_where_it_is_prepaid(
    world: World, tmp_path: Path
) -> None:
    async with running(world, settings_for(world, tmp_path)) as shop:
        ann = shop.person()
        await buys(ann)
        await ann.sees_button("Copy code")
        assert (await shop.money()).wallet < 0
    async with running(world, settings_for(world, tmp_path, billing="prepaid")) as shop:
        assert (await shop.money()).wallet == 0
        await ann.searches("/start")
        await ann.sees("$0.00")


async def test_a_stop_in_the_middle_of_a_purchase_waits_for_its_answer(world: World, tmp_path: Path) -> None:
    world.hidsim.director.set_default_story("never")
    settings = settings_for(world, tmp_path)
    async with running(world, settings) as shop:
        ann = shop.person()
        price = await asks_the_price(ann)
        world.hidsim.director.fault("/purchase", delay=0.3)
        await ann.tap(BUY, message=price)
    async with running(world, settings) as shop:
        await ann.sees("📞", since=price)
        assert (await shop.order()).state is OrderState.PENDING
    assert len(world.hidsim.record.purchases) == 1


async def test_a_purchase_of_a_process_that_died_is_unconfirmed_at_the_start_and_released_in_time(
    world: World, tmp_path: Path
) -> None:
    settings = settings_for(world, tmp_path)
    async with running(world, settings, DIES) as shop:
        ada, ann = shop.admin(), shop.person()
        await ada.searches("/start")
        price = await asks_the_price(ann)
        world.hidsim.director.fault("/purchase", after=True, delay=30, cut="after")
        await ann.tap(BUY, message=price)
        await ann.sees("Getting a number…")
    async with running(world, settings) as shop:
        assert (await shop.order()).state is OrderState.UNCONFIRMED
        await ann.sees(UNSURE)
        await ada.sees("The answer to a purchase was lost")
        assert (await shop.money()).held > 0
        world.watch.advance(minutes=11)
        await ann.sees("This order was never confirmed.", since=price)
        assert await shop.money() == NOTHING_SPENT
    async with running(world, settings) as shop:
        await ann.lets_time_pass()
        assert ann.seen("This order was never confirmed.") <= 2
    assert len(world.hidsim.record.purchases) == 1


async def test_notices_that_telegram_did_not_take_before_the_stop_go_out_after_it(world: World, tmp_path: Path) -> None:
    world.hidsim.director.set_default_story("never")
    settings = settings_for(world, tmp_path)
    async with running(world, settings) as shop:
        ann = shop.person()
        await buys(ann)
        world.telegram.faults.add(method="sendMessage", contains="Copy code", status=502, times=500)
        world.hidsim.director.code_now()
        await ann.sees("the code came. You paid")
    assert ann.codes() == []
    world.telegram.faults.clear()
    async with running(world, settings):
        await ann.sees_button("Copy code")
        await ann.lets_time_pass()
        assert len(ann.codes()) == 1
