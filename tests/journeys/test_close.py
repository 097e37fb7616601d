"""Closing a number: at once, too early, too late, and when nobody hears the answer."""

from pathlib import Path

import pytest

from bot.domain.orders import OrderState
from tests.journeys.shop import NOTHING_SPENT, Shop, World, running, settings_for
from tests.journeys.steps import BOTH, buys

LOST = [{"cut": "after"}, {"status": 502, "after": True}, {"broken_body": "half", "after": True}]
CLOSED = "Closed: the number is given back."


@BOTH
async def test_close_gives_the_money_back_and_home_shows_it(shop: Shop) -> None:
    shop.director.set_default_story("never")
    ann = shop.person()
    await ann.start()
    before = (await ann.sees("left to spend today")).text
    card = await buys(ann)
    answer = await ann.tap("Close", message=card)
    assert answer.text == "Closed. You paid nothing."
    closed = await ann.sees(CLOSED)
    assert closed.message_id == card.message_id
    assert "is free again" in closed.text
    home = await ann.say("/menu")
    assert (await ann.sees("left to spend today", since=home)).text == before
    assert await shop.money() == NOTHING_SPENT
    assert [refund.state for refund in shop.record.refunds] == ["user_refunded"]
    assert len(shop.record.purchases) == 1


async def test_a_closed_number_is_told_by_its_card_and_not_by_a_second_message(shop: Shop) -> None:
    shop.director.set_default_story("never")
    ann = shop.person()
    card = await buys(ann)
    await ann.tap("Close", message=card)
    await ann.sees(CLOSED)
    await ann.lets_time_pass()
    assert ann.screen().message_id == card.message_id


@BOTH
async def test_too_early_names_the_wait_and_the_card_offers_to_close_when_allowed(shop: Shop) -> None:
    shop.director.set_default_story("never")
    shop.director.too_early(900)
    ann = shop.person()
    card = await buys(ann)
    answer = await ann.tap("Close", message=card)
    assert answer.alert
    assert answer.text.startswith("Too early: you can close it in ")
    assert " minutes" in answer.text
    later = await ann.sees_button("Close when allowed")
    assert later.message_id == card.message_id
    assert "Earliest close: " in later.text
    assert (await shop.order()).state is OrderState.PENDING


@BOTH
async def test_too_early_without_a_wait_says_so_and_offers_the_same(shop: Shop) -> None:
    shop.director.set_default_story("too_early", early=600, retry_after=False)
    ann = shop.person()
    card = await buys(ann)
    answer = await ann.tap("Close", message=card)
    assert answer.alert
    assert answer.text == "Too early: it can't be closed yet. Nothing is lost."
    assert (await ann.sees_button("Close when allowed")).message_id == card.message_id


@BOTH
async def test_close_when_allowed_waits_closes_by_itself_and_says_so(shop: Shop) -> None:
    shop.director.set_default_story("too_early", early=900)
    ann = shop.person()
    card = await buys(ann)
    await ann.tap("Close", message=card)
    await ann.tap_seen("Close when allowed")
    await ann.sees("Will be closed as soon as that is allowed")
    assert (await shop.order()).state is OrderState.PENDING
    shop.server.watch.advance(minutes=16)
    told = await ann.sees(CLOSED, since=card)
    assert told.reply_to == card.message_id
    assert await shop.money() == NOTHING_SPENT
    assert [close.status for close in shop.record.closes].count(200) == 1


async def test_close_when_allowed_needs_no_wait_from_hidsim(shop: Shop) -> None:
    shop.director.set_default_story("too_early", early=30, retry_after=False)
    ann = shop.person()
    card = await buys(ann)
    await ann.tap("Close", message=card)
    await ann.tap_seen("Close when allowed")
    shop.server.watch.advance(minutes=2)
    await ann.sees(CLOSED, since=card)
    assert len(shop.record.refunds) == 1


async def test_a_second_tap_on_close_when_allowed_cancels_it(shop: Shop) -> None:
    shop.director.set_default_story("too_early", early=900)
    ann = shop.person()
    card = await buys(ann)
    await ann.tap("Close", message=card)
    await ann.tap_seen("Close when allowed")
    await ann.tap_seen("✓ Close when allowed")
    await ann.waits_until(lambda: not ann.seen("Will be closed as soon as"), "the wish to be gone")
    shop.server.watch.advance(minutes=16)
    await ann.lets_time_pass()
    assert [close.status for close in shop.record.closes] == [425]
    assert (await shop.order()).state is OrderState.PENDING


async def test_close_when_allowed_survives_a_restart(world: World, tmp_path: Path) -> None:
    world.hidsim.director.set_default_story("too_early", early=600)
    settings = settings_for(world, tmp_path)
    async with running(world, settings) as shop:
        ann = shop.person()
        card = await buys(ann)
        await ann.tap("Close", message=card)
        await ann.tap_seen("Close when allowed")
        await ann.sees("Will be closed as soon as that is allowed")
    world.watch.advance(seconds=601)
    async with running(world, settings) as shop:
        await ann.sees(CLOSED, since=card)
        assert await shop.money() == NOTHING_SPENT
    assert len(world.hidsim.record.purchases) == 1


async def test_a_code_that_comes_before_the_wished_close_is_delivered(shop: Shop) -> None:
    shop.director.set_default_story("too_early", early=600)
    ann = shop.person()
    card = await buys(ann)
    await ann.tap("Close", message=card)
    await ann.tap_seen("Close when allowed")
    shop.director.code_now()
    await ann.sees("🔑", since=card)
    await ann.sees("the code came. You paid")
    shop.server.watch.advance(minutes=11)
    await ann.lets_time_pass()
    assert (await shop.order()).state is OrderState.COMPLETED
    assert shop.record.refunds == []


@BOTH
async def test_a_code_that_lands_while_closing_is_delivered_and_the_card_says_done(shop: Shop) -> None:
    shop.director.set_default_story("code_while_closing")
    ann = shop.person()
    card = await buys(ann)
    answer = await ann.tap("Close", message=card)
    assert answer.text == "The code came first: it is yours."
    code = await ann.sees("🔑", since=card)
    assert code.reply_to == card.message_id
    assert "Copy code" in code.labels[0]
    done = await ann.sees("the code came. You paid")
    assert done.message_id == card.message_id
    order = await shop.order()
    money = await shop.money()
    assert (money.held, money.revenue) == (0, order.charged)
    assert shop.record.refunds == []


@BOTH
@pytest.mark.parametrize("fault", LOST)
async def test_a_lost_answer_to_close_is_cleared_up_by_reading_and_refunded_once(
    shop: Shop, fault: dict[str, object]
) -> None:
    shop.director.set_default_story("never")
    ann = shop.person()
    card = await buys(ann)
    shop.director.fault("/close", **fault)
    answer = await ann.tap("Close", message=card)
    assert answer.text == "Closed. You paid nothing."
    await ann.sees(CLOSED)
    assert await shop.money() == NOTHING_SPENT
    assert [close.status for close in shop.record.closes] == [200]
    assert len(shop.record.refunds) == 1


async def test_a_close_that_never_arrived_leaves_the_number_and_a_second_tap_closes_it(shop: Shop) -> None:
    shop.director.set_default_story("never")
    ann = shop.person()
    card = await buys(ann)
    shop.director.fault("/close", cut="before")
    answer = await ann.tap("Close", message=card)
    assert answer.alert
    assert "The number is still open" in answer.text
    assert (await shop.order()).state is OrderState.PENDING
    assert (await ann.tap("Close", message=card)).text == "Closed. You paid nothing."
    assert len(shop.record.refunds) == 1


async def test_a_second_tap_on_close_changes_nothing(shop: Shop) -> None:
    shop.director.set_default_story("never")
    ann = shop.person()
    card = await buys(ann)
    first = await ann.tap("Close", message=card, wait=False)
    second = await ann.tap("Close", message=card, wait=False)
    for tap in (first, second):
        assert tap.query_id is not None
        await ann.answered(tap.query_id)
    await ann.sees(CLOSED)
    assert len(shop.record.refunds) == 1
    assert await shop.money() == NOTHING_SPENT


async def test_a_rule_of_hidsims_against_closing_is_said_and_the_number_stays(shop: Shop) -> None:
    shop.director.set_default_story("never")
    ann = shop.person()
    card = await buys(ann)
    shop.director.fault("/close", status=400, body={"message": "Rented numbers stay <b>open</b>", "code": "RULE"})
    answer = await ann.tap("Close", message=card)
    assert answer.alert
    assert "The number is still open" in answer.text
    assert "Rented numbers stay <b>open</b>" in answer.text
    assert (await shop.order()).state is OrderState.PENDING


async def test_close_when_allowed_does_not_hammer_hidsim_with_what_it_refuses(shop: Shop) -> None:
    shop.director.set_default_story("too_early", early=900)
    ann = shop.person()
    card = await buys(ann)
    await ann.tap("Close", message=card)
    refused = shop.director.fault("/close", status=400, body={"message": "Not this one", "code": "RULE"}, times=None)
    await ann.tap_seen("Close when allowed")
    shop.server.watch.advance(minutes=16)
    await ann.waits_until(lambda: refused.hits > 0, "the first try")
    await ann.lets_time_pass(10)
    assert refused.hits <= 3


@pytest.mark.parametrize("told", ["999999999999999", "0", "-5", "soon", "Fri, 31 Dec 9999 23:59:59 GMT"])
async def test_an_odd_wait_before_closing_is_survived(shop: Shop, told: str) -> None:
    shop.director.set_default_story("never")
    ann = shop.person()
    card = await buys(ann)
    early = shop.director.fault("/close", status=425, headers={"Retry-After": told}, times=None)
    answer = await ann.tap("Close", message=card)
    assert answer.alert
    assert answer.text.startswith("Too early: ")
    await ann.tap_seen("Close when allowed")
    await ann.lets_time_pass()
    assert early.hits < 5
    shop.director.code_now()
    await ann.sees("the code came")


async def test_a_slow_close_that_a_poll_hears_of_first_is_not_told_twice(shop: Shop) -> None:
    shop.director.set_default_story("never")
    ann = shop.person()
    card = await buys(ann)
    shop.director.fault("/close", after=True, delay=0.4)
    assert (await ann.tap("Close", message=card)).text == "Closed. You paid nothing."
    await ann.lets_time_pass()
    assert ann.screen().message_id == card.message_id
    assert len(shop.record.refunds) == 1
