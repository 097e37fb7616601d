"""Buttons of any kind and age: never an error, never silence, never somebody else's order."""

from dataclasses import replace
from pathlib import Path

from sqlalchemy import text

from bot.domain.access import Standing
from bot.domain.orders import OrderState
from bot.screens.callbacks import AnotherSms, Close, CloseWhenAllowed, RaiseMaximum, Refresh, ToOrder
from bot.screens.callbacks_of_admins import BookDifference, Decide, GiveCredit, Invite, Judge, Steer, ToAdmin
from tests.journeys.shop import QUICK, Shop, World, running, settings_for
from tests.journeys.steps import BUY, asks_the_price, buys

OUT_OF_DATE = "That button is out of date. Here is the menu."


async def test_the_buttons_of_somebody_elses_order_are_refused(shop: Shop) -> None:
    shop.director.set_default_story("never")
    card = await buys(shop.person())
    bob = shop.person(101, first_name="Bob")
    home = await bob.searches("/start")
    for act in (Close, CloseWhenAllowed, Refresh, AnotherSms, ToOrder, RaiseMaximum):
        answer = await bob.presses(act(order=1).pack(), home)
        assert answer.alert
        assert answer.text == "There is no such order. Yours are under My numbers and History."
    assert bob.screen().text == home.text
    order = await shop.order()
    assert (order.state, order.close_wanted) == (OrderState.PENDING, False)
    assert card.text not in bob.told()


MADE_UP = (
    "zz",
    "b1:",
    "b1:1:2:3:4",
    "o1:x",
    "oc1:99999999999999999999",
    "p1:1:1",
    "b0:1",
    ":",
    "b1:1:1:-5:-1:abcdefgh",
    "b1:1:1:300000:100000:abcdefgh",
    "fs1:1:1:300000:100000",
    "f1:99999999999999999999",
)


async def test_a_made_up_button_brings_home_with_a_toast(shop: Shop) -> None:
    ann = shop.person()
    for data in MADE_UP:
        price = await asks_the_price(ann)
        assert (await ann.presses(data, price)).text == OUT_OF_DATE
        home = await ann.sees("Numbers for sign-ups", since=price.message_id - 1)
        assert home.message_id == price.message_id
    assert shop.record.purchases == []


OF_ADMINS = (
    ToAdmin(),
    Decide(person=101, standing=Standing.ALLOWED),
    Invite(),
    GiveCredit(number=1),
    Steer(paused=True),
    Judge(order=1, bought=True),
    BookDifference(confirmed=True),
)


async def test_a_button_of_admins_that_a_buyer_forges_is_as_one_of_no_release(shop: Shop) -> None:
    ann = shop.person()
    home = await ann.searches("/start")
    for button in OF_ADMINS:
        assert (await ann.presses(button.pack(), home)).text == OUT_OF_DATE
    async with shop.app.resources.database.read() as tx:
        assert (await tx.connection.execute(text("SELECT COUNT(*) FROM audit"))).scalar_one() == 0


async def test_a_made_up_window_buys_nothing(shop: Shop) -> None:
    ann = shop.person()
    home = await ann.searches("/start")
    answer = await ann.presses("b1:1:1:0:0:abcdefgh", home)
    assert answer.alert
    assert "No number at this price right now." in answer.text
    assert await shop.orders() == []
    assert shop.record.purchases == []


async def test_a_button_of_a_service_that_left_the_catalog_says_so(shop: Shop) -> None:
    ann = shop.person()
    home = await ann.searches("/start")
    assert "isn't sold any more" in (await ann.presses("c1:9999:p:0:h", home)).text
    assert "isn't sold any more" in (await ann.presses("p1:1:9999:::h", home)).text
    assert "isn't sold any more" in (await ann.presses("b1:9999:1:100000:300000:abcdefgh", home)).text
    assert "no such order" in (await ann.presses("o1:9999", home)).text
    assert shop.record.purchases == []


async def test_every_kind_of_button_works_after_a_restart(world: World, tmp_path: Path) -> None:
    settings = settings_for(world, tmp_path)
    async with running(world, settings) as shop:
        ann = shop.person()
        home = await ann.searches("/start")
        found = await ann.searches("telegram")
        price = await asks_the_price(ann)
    async with running(world, settings) as shop:
        await ann.tap("Buy a number", message=home)
        await ann.sees("Which service is the number for?")
        await ann.tap("Telegram", message=found)
        await ann.sees("Telegram: which country?")
        await ann.tap(BUY, message=price)
        await ann.sees_button("Copy code")
    assert len(world.hidsim.record.purchases) == 1


async def test_a_query_that_is_too_old_is_no_error_and_its_tap_is_carried_out(shop: Shop) -> None:
    ann = shop.person()
    home = await ann.searches("/start")
    shop.server.telegram.faults.add(
        method="answerCallbackQuery",
        status=400,
        description="Bad Request: query is too old and response timeout expired or query ID is invalid",
    )
    await ann.tap("Buy a number", message=home, wait=False)
    await ann.sees("Which service is the number for?")


async def test_a_menu_message_that_is_gone_is_sent_anew(shop: Shop) -> None:
    ann = shop.person()
    home = await ann.searches("/start")
    shop.server.telegram.faults.add(
        method="editMessageText", status=400, description="Bad Request: message to edit not found"
    )
    await ann.tap("Buy a number", message=home)
    services = await ann.sees("Which service is the number for?")
    assert services.message_id > home.message_id


async def test_a_waiting_card_that_is_gone_hinders_nothing(shop: Shop) -> None:
    ann = shop.person()
    shop.director.set_default_story("quick", number_after=60)
    await ann.tap(BUY, message=await asks_the_price(ann))
    ann.deletes(await ann.sees("Getting a number…"))
    shop.server.watch.advance(minutes=1)
    await ann.sees_button("Copy code")


async def test_tapping_what_is_shown_already_changes_nothing(shop: Shop) -> None:
    ann = shop.person()
    price = await asks_the_price(ann)
    answer = await ann.tap("Min $0.10", message=price)
    assert answer.text == ""
    assert len([one for one in ann.chat() if one.from_bot]) == 1


async def test_a_tap_whose_work_takes_long_is_answered_meanwhile_and_its_words_are_not_lost(
    world: World, tmp_path: Path
) -> None:
    world.hidsim.director.set_default_story("never")
    async with running(world, settings_for(world, tmp_path), replace(QUICK, spinner=0.05)) as shop:
        ann = shop.person()
        card = await buys(ann)
        shop.director.fault("/close", delay=0.5)
        assert (await ann.tap("Close", message=card)).text == ""
        assert (await shop.order()).state is OrderState.PENDING
        await ann.sees("Closed. You paid nothing.")


async def test_a_burst_of_taps_is_slowed_with_words(world: World, tmp_path: Path) -> None:
    async with running(world, settings_for(world, tmp_path), replace(QUICK, taps=0.01, taps_burst=2)) as shop:
        ann = shop.person()
        home = await ann.searches("/start")
        await ann.tap("Help", message=home)
        answer = await ann.tap("Menu", message=home)
        assert (answer.text, answer.alert) == ("One moment…", False)
        assert "One moment…" in (await ann.searches("telegram")).text


async def test_a_button_of_a_message_too_old_for_telegram_to_show_works(shop: Shop) -> None:
    ann = shop.person()
    home = await ann.searches("/start")
    await ann.tap_faded("Buy a number", home)
    services = await ann.sees("Which service is the number for?")
    assert services.message_id == home.message_id
