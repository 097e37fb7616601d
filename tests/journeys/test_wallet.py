"""Money that a buyer can follow: what is set aside, what is free again, what was paid, and the wallet that says it."""

from pathlib import Path
from typing import Any

import pytest

from bot.db.money import books
from bot.domain import ledger
from bot.domain.orders import Order, OrderState
from bot.sandbox.person import ChatMessage
from tests.journeys.shop import Money, Shop, Thumb, data_of, open_shop
from tests.journeys.steps import BOTH, BUY, asks_the_price, buys


async def gives(shop: Shop, micros: int, key: str = "k") -> None:
    async with shop.app.resources.database.write() as tx:
        await books.post(tx, ledger.credit(key, 100, micros))


async def opens_the_wallet(ann: Thumb) -> ChatMessage:
    home = await ann.searches("/menu")
    await ann.tap("Wallet", message=home)
    return await ann.sees("Wallet", since=home.message_id - 1)


async def lines_of(ann: Thumb) -> list[str]:
    return (await opens_the_wallet(ann)).text.splitlines()


async def in_state(shop: Shop, ann: Thumb, state: OrderState) -> Order:
    """The newest order, when it is in this state."""
    for _ in range(200):
        found = await shop.orders()
        if found and found[-1].state is state:
            return found[-1]
        await ann.lets_time_pass(1)
    raise AssertionError(f"no order became {state.value}: {ann.told()}")


@BOTH
async def test_the_wallet_is_a_line_an_order_with_the_credits_between_them(tmp_path: Path, dialect: Any) -> None:
    async with open_shop(tmp_path, dialect, billing="prepaid") as shop:
        ann, ada = shop.person(), shop.admin()
        await ann.start()
        await ada.say(f"/credit {ann.id} 5")
        await ada.tap_seen("Confirm")
        await ann.sees("was added to your wallet")
        shop.director.set_default_story("never")
        for _ in range(3):
            await buys(ann, "telegram brazil 0.3")
            if len(await shop.orders()) == 1:
                shop.director.code_now()
                await in_state(shop, ann, OrderState.COMPLETED)
            elif len(await shop.orders()) == 2:
                await ann.tap("Close")
                await in_state(shop, ann, OrderState.USER_REFUNDED)
        lines = await lines_of(ann)
        assert lines[1:3] == ["Balance: $4.80", "Set aside: $0.10"]
        told = [line for line in lines if "·" in line]
        assert told[:3] == [
            "Telegram 🇧🇷 · #3 · $0.10 set aside",
            "Telegram 🇧🇷 · #2 · closed · $0.00",
            "Telegram 🇧🇷 · #1 · −$0.10",
        ]
        assert told[3].startswith("+$5.00 · credit · ")
        wallet = ann.screen()
        assert data_of(wallet, "#2") == "o1:2:w0"
        await ann.tap("#2")
        await ann.sees("#2")


async def test_a_wallet_of_many_lines_is_paged_and_what_was_not_bought_cost_nothing(tmp_path: Path) -> None:
    async with open_shop(tmp_path, billing="prepaid", max_open_orders=50) as shop:
        ann = shop.person()
        await ann.start()
        for number in range(9):
            await gives(shop, 1_000_000, str(number))
        shop.director.set_default_story("never")
        await buys(ann, "telegram brazil 0.3")
        shop.director.fault("/purchase", status=406, body={"message": "no", "code": "NO"})
        await ann.tap(BUY, message=await asks_the_price(ann, "telegram brazil 0.3"))
        await in_state(shop, ann, OrderState.REFUSED)
        first = await opens_the_wallet(ann)
        assert "Telegram 🇧🇷 · #2 · not bought · $0.00" in first.text
        assert first.text.count(" · credit · ") == 8
        assert "1/2" in first.labels
        await ann.tap("▶️", message=first)
        last = ann.screen()
        assert (last.text.count(" · credit · "), "2/2" in last.labels) == (1, True)
        await ann.tap("◀️", message=last)
        assert ann.screen().text.count(" · credit · ") == 8


async def test_a_wallet_button_of_before_its_pages_still_opens_it(tmp_path: Path) -> None:
    async with open_shop(tmp_path, billing="prepaid") as shop:
        ann = shop.person()
        await ann.start()
        home = await ann.sees("Balance")
        await ann.presses("w1", home)
        assert "Nothing was added or bought yet." in (await ann.sees("Wallet")).text


@BOTH
@pytest.mark.parametrize("billing", ["shared", "prepaid"])
async def test_what_is_above_the_numbers_price_is_free_as_soon_as_the_number_is_there(
    tmp_path: Path, dialect: Any, billing: str
) -> None:
    async with open_shop(tmp_path, dialect, billing=billing) as shop:
        ann = shop.person()
        await ann.start()
        credit = 800_000 if billing == "prepaid" else 0
        if credit:
            await gives(shop, credit)
        shop.director.set_default_story("never")
        await buys(ann, "telegram brazil 5")
        order = await shop.order()
        assert (order.window.high, order.held, order.price) == (800_000, 100_000, 100_000)
        assert await shop.money() == Money(wallet=credit - 100_000, held=100_000, revenue=0, cost=100_000)
        shop.director.code_now()
        await in_state(shop, ann, OrderState.COMPLETED)
        assert await shop.money() == Money(wallet=credit - 100_000, held=0, revenue=100_000, cost=100_000)


@BOTH
async def test_an_sms_without_a_code_is_charged_and_the_order_says_how_much(shop: Shop) -> None:
    shop.director.set_default_story("code", texts="Welcome! Open the app to go on.", code_in_field=False)
    ann = shop.person()
    await buys(ann, "telegram brazil 0.3")
    order = await in_state(shop, ann, OrderState.COMPLETED)
    assert (order.charged, order.unpriced) == (100_000, False)
    assert (await shop.money()).revenue == 100_000


@pytest.mark.parametrize("unread", ["free", None])
async def test_a_price_that_is_read_only_after_the_number_came_frees_the_rest_then(shop: Shop, unread: Any) -> None:
    shop.director.set_default_story("never")
    shop.director.fault("/operations/", times=None, merge={"price": unread})
    shop.director.fault("/purchase", times=None, merge={"price": unread})
    ann = shop.person()
    await buys(ann, "telegram brazil 0.3")
    assert ((await shop.order()).price, (await shop.money()).held) == (None, 300_000)
    shop.director.clear_faults()
    for _ in range(200):
        if (await shop.money()).held == 100_000:
            break
        await ann.lets_time_pass(1)
    assert await shop.money() == Money(wallet=-100_000, held=100_000, revenue=0, cost=100_000)
