"""One intent is one purchase, and nothing is bought that a person may not afford."""

import asyncio
from decimal import Decimal
from pathlib import Path

from bot.domain.money import to_micros
from bot.domain.orders import OrderState
from bot.screens.callbacks import Buy, ToPrice
from tests.journeys.shop import NOTHING_SPENT, Dialect, Money, Shop, data_of, open_shop
from tests.journeys.steps import BOTH, BUY, asks_the_price, buys


async def test_two_quick_taps_on_buy_are_one_purchase(shop: Shop) -> None:
    ann = shop.person()
    price = await asks_the_price(ann)
    taps = [await ann.tap(BUY, message=price, wait=False) for _ in range(2)]
    for tap in taps:
        await ann.answered(tap.query_id or "")
    await ann.sees_button("Copy code")
    assert len(shop.record.purchases) == 1
    assert len(await shop.orders()) == 1
    await ann.sees("the code came. You paid")


@BOTH
async def test_ten_taps_at_once_are_one_purchase(shop: Shop) -> None:
    ann = shop.person()
    price = await asks_the_price(ann)
    data = data_of(price, BUY)
    await asyncio.gather(*(ann.presses(data, price) for _ in range(10)))
    await ann.sees_button("Copy code")
    assert len(shop.record.purchases) == 1
    order = await shop.order()
    paid = to_micros(shop.record.purchases[0].price)
    assert order.charged == paid
    assert await shop.money() == Money(wallet=-paid, held=0, revenue=paid, cost=paid)


async def test_the_same_button_long_after_shows_its_order_and_buys_nothing(shop: Shop) -> None:
    ann = shop.person()
    price = await asks_the_price(ann)
    data = data_of(price, BUY)
    shop.server.telegram.faults.add(
        method="deleteMessage", status=400, description="Bad Request: message can't be deleted", times=9
    )
    await ann.tap(BUY, message=price)
    await ann.sees("the code came. You paid")
    answer = await ann.presses(data, price)
    assert answer.text == ""
    await ann.waits_until(lambda: ann.seen("Telegram 🇧🇷 · #1") == 1, "the old message to be a line")
    line = next(m for m in ann.chat() if m.message_id == price.message_id)
    assert (line.text, line.labels) == ("Telegram 🇧🇷 · #1", [])
    assert len(shop.record.purchases) == 1


async def test_a_price_screen_shown_again_is_a_new_purchase(shop: Shop) -> None:
    ann = shop.person()
    await buys(ann)
    await buys(ann)
    assert len(shop.record.purchases) == 2


async def test_no_more_orders_in_progress_than_the_operator_allows(tmp_path: Path) -> None:
    async with open_shop(tmp_path, max_open_orders=1) as shop:
        shop.director.set_default_story("never")
        ann = shop.person()
        card = await buys(ann)
        price = await asks_the_price(ann)
        assert "You have 1 order in progress, which is the most allowed." in price.text
        assert not [label for label in price.labels if "Buy ·" in label or "Exact offer" in label]
        assert any("My numbers" in label for label in price.labels)
        assert len(shop.record.purchases) == 1
        await ann.tap("Close", message=card)
        await buys(ann)
        assert len(shop.record.purchases) == 2


async def test_many_buttons_at_once_do_not_get_past_the_limit_of_open_orders(tmp_path: Path) -> None:
    async with open_shop(tmp_path, max_open_orders=2) as shop:
        shop.director.set_default_story("never", number_after=90_000, expires_after=100_000)
        ann = shop.person()
        prices = [await asks_the_price(ann) for _ in range(6)]
        answers = await asyncio.gather(*(ann.tap(BUY, message=price) for price in prices))
        assert sum(answer.alert for answer in answers) == 4
        await ann.waits_for(lambda: len(shop.record.purchases) == 2, "two purchases")
        await ann.lets_time_pass()
        assert len(shop.record.purchases) == 2


async def test_many_buttons_at_once_do_not_get_past_the_daily_limit(tmp_path: Path) -> None:
    async with open_shop(tmp_path, daily_spend=Decimal(1), max_open_orders=9) as shop:
        shop.director.set_default_story("never", number_after=90_000, expires_after=100_000)
        ann = shop.person()
        prices = [await asks_the_price(ann, "telegram brazil 0.4") for _ in range(5)]
        answers = await asyncio.gather(*(ann.tap(BUY, message=price) for price in prices))
        assert [answer.text.split(" more")[0] for answer in answers if answer.alert] == ["You can spend $0.20"] * 3
        await ann.lets_time_pass()
        assert len(shop.record.purchases) == 2
        assert (await shop.money()).held == 800_000


@BOTH
async def test_the_operators_markup_is_in_every_price_and_taken_out_of_what_hidsim_is_asked(
    tmp_path: Path, dialect: Dialect
) -> None:
    async with open_shop(tmp_path, dialect, markup_percent=50) as shop:
        ann = shop.person()
        price = await asks_the_price(ann, "telegram brazil 0.4")
        assert "You'll pay $0.15 to $0.40" in price.text
        await ann.tap(BUY, message=price)
        await ann.sees("the code came. You paid $0.15.")
        (bought,) = shop.record.purchases
        assert (bought.lowest, bought.highest) == (Decimal("0.1"), Decimal("0.266666"))
        assert await shop.money() == Money(wallet=-150_000, held=0, revenue=150_000, cost=100_000)


async def test_the_daily_limit_counts_what_is_reserved_and_the_refusal_names_what_is_left(tmp_path: Path) -> None:
    async with open_shop(tmp_path, daily_spend=Decimal(1)) as shop:
        shop.director.set_default_story("never", number_after=90_000, expires_after=100_000)
        ann = shop.person()
        await ann.tap(BUY, message=await asks_the_price(ann, "telegram brazil 0.8"))
        await ann.waits_until(lambda: len(shop.record.purchases) == 1, "a purchase")
        before = await shop.money()
        price = await asks_the_price(ann, "telegram brazil 0.8")
        assert "You can spend $0.20 more today (of $1.00)." in price.text
        assert not [label for label in price.labels if "Buy ·" in label]
        assert len(shop.record.purchases) == 1
        assert await shop.money() == before
        await ann.tap("Up to $0.", message=price)
        await ann.tap_seen(BUY)
        await ann.waits_until(lambda: len(shop.record.purchases) == 2, "a second purchase")


async def test_what_a_number_does_not_cost_can_be_spent_as_soon_as_it_is_there(tmp_path: Path) -> None:
    async with open_shop(tmp_path, daily_spend=Decimal(1)) as shop:
        shop.director.set_default_story("never")
        ann = shop.person()
        await buys(ann, "telegram brazil 0.8")
        card = await ann.sees("📞")
        assert await shop.money() == Money(wallet=-100_000, held=100_000, revenue=0, cost=100_000)
        await ann.tap(BUY, message=await asks_the_price(ann, "telegram brazil 0.8"))
        await ann.sees("📞", since=card)
        assert len(shop.record.purchases) == 2


async def test_the_daily_limit_is_fresh_after_midnight(tmp_path: Path) -> None:
    async with open_shop(tmp_path, daily_spend=Decimal("0.8")) as shop:
        ann = shop.person()
        await buys(ann, "telegram brazil 0.8")
        await ann.sees("the code came. You paid")
        spent = await asks_the_price(ann, "telegram brazil 0.8")
        assert not [label for label in spent.labels if "Buy ·" in label]
        shop.server.watch.advance(hours=13)
        assert "$0.80 left to spend today" in (await ann.searches("/menu")).text
        await buys(ann, "telegram brazil 0.8")
        assert len(shop.record.purchases) == 2


async def test_prepaid_without_credit_is_refused_before_hidsim_is_asked(tmp_path: Path) -> None:
    async with open_shop(tmp_path, billing="prepaid") as shop:
        ann = shop.person()
        price = await asks_the_price(ann, "telegram brazil 0.3")
        assert "Your balance is $0.00. Numbers here start at $0.10." in price.text
        assert not [label for label in price.labels if "Buy ·" in label]
        shown = ToPrice.unpack(data_of(price, "Max $"))
        ends = {"low": shown.low or 0, "high": shown.high or 0}
        forged = Buy(service=shown.service, country=shown.country, nonce="abcdefgh", **ends)
        answer = await ann.presses(forged.pack(), price)
        assert answer.alert
        assert answer.text.startswith("Your balance is $0.00, and this needs $0.30.")
        assert not [one for one in shop.record.requests if "purchase" in one.path]
        assert await shop.orders() == []
        assert await shop.money() == NOTHING_SPENT


async def test_a_shop_without_balance_says_so_and_its_admins_hear_of_it_once(shop: Shop) -> None:
    admin = shop.admin()
    await admin.start()
    shop.director.set_balance("0.05")
    ann = shop.person()
    price = await asks_the_price(ann)
    await ann.tap(BUY, message=price)
    told = await ann.sees("The shop can't buy this number right now.")
    assert "You paid nothing, and the shop has been told." in told.text
    assert (await shop.order()).state is OrderState.REFUSED
    assert await shop.money() == NOTHING_SPENT
    await admin.sees("HidSim's balance is too low for a purchase")
    await ann.tap("Try again", message=told)
    await ann.tap_seen(BUY)
    await ann.waits_until(
        lambda: len(shop.app.resources.purchases) == 0 and ann.seen("You paid nothing") == 1, "a second refusal"
    )
    await admin.lets_time_pass()
    assert admin.seen("HidSim's balance is too low for a purchase") == 1
