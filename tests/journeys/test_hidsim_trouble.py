"""HidSim away, busy, forgetful or saying new words: said clearly, never paid for twice, over by itself."""

from pathlib import Path

from bot.domain.orders import OrderState
from tests.journeys.shop import Shop, World, running, settings_for
from tests.journeys.steps import BOTH, BUY, asks_the_price, buys

DOWN = "🔌 The shop can't reach its numbers right now."


async def test_down_at_the_start_the_bot_answers_and_recovers_by_itself(world: World, tmp_path: Path) -> None:
    world.hidsim.director.down(True)
    async with running(world, settings_for(world, tmp_path)) as shop:
        ann = shop.person()
        home = await ann.searches("/start")
        assert "left to spend today" in home.text
        answer = await ann.tap("Buy a number", message=home)
        assert answer.alert
        assert answer.text.startswith(DOWN)
        told = await ann.searches("telegram brazil")
        assert told.text == answer.text
        world.hidsim.director.down(False)
        await ann.waits_for(lambda: bool(shop.app.shop.catalog.services), "the catalog")
        await ann.tap("Buy a number", message=home)
        await ann.sees("Which service is the number for?")
        await buys(ann)


async def test_down_later_the_catalog_is_still_there_and_prices_say_so(shop: Shop) -> None:
    ann = shop.person()
    home = await ann.searches("/start")
    shop.director.down(True)
    await ann.tap("Buy a number", message=home)
    await ann.sees("Which service is the number for?")
    await ann.tap("Telegram", message=home)
    countries = await ann.sees("which country?")
    assert any(label.endswith("…") for label in countries.labels)
    answer = await ann.tap("Brazil", message=countries)
    assert answer.alert
    assert answer.text.startswith(DOWN)


async def test_prices_read_before_are_shown_with_their_age(shop: Shop) -> None:
    ann = shop.person()
    await asks_the_price(ann)
    shop.director.down(True)
    shop.server.watch.advance(minutes=3)
    price = await asks_the_price(ann)
    assert "Prices can't be refreshed right now." in price.text


async def test_a_purchase_while_hidsim_is_away_says_so_and_reserves_nothing_for_long(shop: Shop) -> None:
    ann = shop.person()
    price = await asks_the_price(ann)
    shop.director.down(True)
    await ann.tap(BUY, message=price)
    await ann.sees("We are not sure that this order went through.")
    shop.server.watch.advance(minutes=11)
    await ann.sees("This order was never confirmed.", since=price)
    assert (await shop.money()).held == 0
    assert shop.record.purchases == []


async def test_an_order_in_progress_goes_on_when_hidsim_is_back(shop: Shop) -> None:
    shop.director.set_default_story("never")
    ann = shop.person()
    card = await buys(ann)
    shop.director.down(True)
    answer = await ann.tap("Refresh", message=card)
    assert answer.alert
    assert answer.text.startswith(DOWN)
    await ann.lets_time_pass()
    shop.director.down(False)
    shop.director.code_now()
    await ann.sees_button("Copy code")
    assert (await shop.order()).state is OrderState.COMPLETED


@BOTH
async def test_a_token_revoked_midway_costs_one_login(shop: Shop) -> None:
    shop.director.set_default_story("never")
    ann = shop.person()
    await buys(ann)
    before = len(shop.record.logins)
    shop.director.revoke_tokens()
    shop.director.code_now()
    await ann.sees_button("Copy code")
    assert len(shop.record.logins) == before + 1


@BOTH
async def test_a_purchase_with_a_revoked_token_is_made_once(shop: Shop) -> None:
    ann = shop.person()
    price = await asks_the_price(ann)
    shop.director.revoke_tokens()
    await ann.tap(BUY, message=price)
    await ann.sees_button("Copy code")
    assert len(shop.record.purchases) == 1
    assert [login.kind for login in shop.record.logins] == ["login", "login"]


async def test_a_refused_sign_in_is_named_as_the_operators_matter(shop: Shop) -> None:
    ann = shop.person()
    home = await ann.searches("/start")
    shop.director.refuse_login(True)
    shop.director.revoke_tokens()
    await ann.tap("Buy a number", message=home)
    await ann.tap_seen("Telegram")
    await ann.sees("which country?")
    answer = await ann.tap("Brazil")
    assert answer.alert
    assert answer.text.startswith("🔑 The shop can't get numbers right now.")
    shop.director.refuse_login(False)


async def test_too_many_requests_is_said_on_a_tap_with_its_wait(shop: Shop) -> None:
    ann = shop.person()
    await ann.searches("/start")
    shop.director.set_rate_limit(0, retry_after=40)
    told = await ann.searches("telegram brazil")
    assert "🚦 Too much is going on right now. Try again in 40 seconds." in told.text
    refused = sum(1 for one in shop.record.requests if one.status == 429)
    await ann.searches("telegram russia")
    await ann.searches("telegram india")
    assert sum(1 for one in shop.record.requests if one.status == 429) == refused


async def test_a_wait_of_a_day_is_said_and_believed_for_minutes_only(shop: Shop) -> None:
    ann = shop.person()
    shop.director.fault("/products", status=429, headers={"Retry-After": "86400"})
    told = await ann.searches("telegram brazil")
    assert "🚦 Too much is going on" in told.text
    again = await ann.searches("telegram india")
    assert "Try again in 5 minutes." in again.text or "Try again in 4 minutes" in again.text


async def test_a_storm_of_refusals_slows_the_bot_and_loses_no_code(shop: Shop) -> None:
    shop.director.set_default_story("never")
    ann = shop.person()
    await buys(ann)
    before = len(shop.record.requests)
    shop.director.set_rate_limit(0, retry_after=0.5)
    await ann.lets_time_pass(20)
    assert len(shop.record.requests) - before < 10
    shop.director.set_rate_limit(None)
    shop.director.code_now()
    await ann.sees_button("Copy code")


async def test_a_purchase_refused_with_429_buys_nothing_and_says_so(shop: Shop) -> None:
    ann = shop.person()
    price = await asks_the_price(ann)
    shop.director.fault("/purchase", status=429, body={"message": "Slow down"}, headers={"Retry-After": "40"})
    await ann.tap(BUY, message=price)
    told = await ann.sees("Too many want a number right now.")
    assert "You paid nothing" in told.text
    assert (await shop.money()).held == 0


@BOTH
async def test_a_state_that_hidsim_invented_later_ends_nothing(shop: Shop) -> None:
    shop.director.set_default_story("unknown_state", extra_state_after=1, number_after=20, code_after=60)
    ann = shop.person()
    price = await asks_the_price(ann)
    await ann.tap(BUY, message=price)
    assert (await ann.sees("📞", since=price)).labels
    await ann.sees_button("Copy code")
    await ann.sees("the code came. You paid")


async def test_an_operation_that_hidsim_forgot_is_no_refund_and_the_admins_hear_of_it_once(shop: Shop) -> None:
    shop.director.set_default_story("never")
    ada, ann = shop.admin(), shop.person()
    await ada.searches("/start")
    await buys(ann)
    shop.director.fault("/operations/", status=404, body={"message": "Not found"}, times=None)
    await ada.sees("HidSim does not know this order's number any more.")
    await ann.lets_time_pass()
    assert ada.seen("HidSim does not know this order's number") == 1
    assert (await shop.order()).state is OrderState.PENDING
    assert (await shop.money()).held > 0
    shop.director.clear_faults()
    shop.director.code_now()
    await ann.sees_button("Copy code")
