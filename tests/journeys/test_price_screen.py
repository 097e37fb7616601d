"""The price screen: every maximum a few taps away, and a Buy that works, says why not, or is not there."""

from decimal import Decimal
from pathlib import Path

import pytest

from bot.domain.money import to_micros
from bot.sandbox.person import ChatMessage
from tests.journeys.shop import Shop, Thumb, data_of, open_shop
from tests.journeys.steps import BOTH, BUY, asks_the_price, buys
from tests.journeys.test_credit import give

TWENTY = [f"0.{10 + n}" for n in range(20)]


def bought_with(message: ChatMessage) -> list[str]:
    """The labels that buy."""
    return [label for label in message.labels if "Buy ·" in label]


async def shown(ann: Thumb, price: ChatMessage, text: str) -> ChatMessage:
    """The same message once it says this."""

    def now() -> ChatMessage:
        return next(one for one in ann.chat() if one.message_id == price.message_id)

    await ann.waits_until(lambda: text in now().text or any(text in label for label in now().labels), text)
    return now()


@BOTH
async def test_every_maximum_is_four_taps_from_the_first_screen(shop: Shop) -> None:
    shop.director.set_prices("Telegram", "BR", TWENTY)
    ann = shop.person()
    price = await asks_the_price(ann)
    assert "You'll pay $0.10 to $0.19, depending on which number is free." in price.text
    assert "Buying sets $0.19 aside." in price.text
    for step in ("$0.20", "$0.23", "$0.26", "$0.29"):
        await ann.presses(data_of_step(ann, price, up=True), price)
        await shown(ann, price, f"up to {step}")
    await ann.tap("Median", message=price)
    await shown(ann, price, "up to $0.19")
    for step in ("$0.18", "$0.15", "$0.12", "$0.10"):
        await ann.presses(data_of_step(ann, price, up=False), price)
        await shown(ann, price, f"up to {step}")


def data_of_step(ann: Thumb, price: ChatMessage, *, up: bool) -> str:
    """What the steppers of Max would send now."""
    now = next(one for one in ann.chat() if one.message_id == price.message_id)
    row = next(row for row in now.raw["reply_markup"]["inline_keyboard"] if any("Max" in one["text"] for one in row))
    return str(row[2 if up else 0]["callback_data"])


async def test_a_typed_maximum_above_the_dearest_sets_aside_what_the_dearest_costs(shop: Shop) -> None:
    shop.director.set_prices("Telegram", "BR", ["0.10", "0.80"])
    ann = shop.person()
    price = await asks_the_price(ann, "telegram brazil 5")
    assert "You'll pay $0.10 to $0.80" in price.text
    assert "Buying sets $0.80 aside." in price.text
    await ann.tap("Buy · up to $0.80", message=price)
    await ann.sees("📞", since=price)
    assert (await shop.order()).window.high == 800_000


async def test_a_remembered_maximum_is_cut_to_what_is_offered_now(shop: Shop) -> None:
    shop.director.set_prices("Telegram", "BR", ["0.10", "0.80"])
    ann = shop.person()
    await buys(ann, "telegram brazil 5")
    shop.director.set_prices("Telegram", "BR", ["0.20", "0.40"])
    shop.server.watch.advance(minutes=1)
    sent = await ann.say("telegram brazil")
    price = await ann.sees("You'll pay $0.20 to $0.40", since=sent)
    assert bought_with(price) == ["✅ Buy · up to $0.40"]


async def test_below_every_price_the_button_buys_the_cheapest(shop: Shop) -> None:
    shop.director.set_prices("Telegram", "BR", ["0.10", "0.80"])
    ann = shop.person()
    price = await ann.searches("telegram brazil 0.01")
    assert "Nothing here costs $0.01 or less. Numbers start at $0.10." in price.text
    assert bought_with(price) == ["✅ Buy · $0.10"]
    await ann.tap("Buy · $0.10", message=price)
    await ann.sees("the code came. You paid $0.10.")
    assert (await shop.order()).held == 100_000


async def test_two_prices_never_look_the_same(shop: Shop) -> None:
    shop.director.set_prices("Telegram", "BR", ["0.101", "0.109", "0.30"])
    ann = shop.person()
    price = await asks_the_price(ann)
    assert "You'll pay $0.101 to $0.109, depending" in price.text
    assert "3 offers, $0.101–$0.30" in price.text


async def test_while_buying_is_paused_the_screen_says_so_and_sells_nothing(shop: Shop) -> None:
    ann, ada = shop.person(), shop.admin()
    before = await asks_the_price(ann)
    await ada.say("/pause")
    await ada.tap_seen("Confirm")
    await ada.sees("Buying is paused now")
    price = await asks_the_price(ann)
    assert "Buying is paused for now." in price.text
    assert bought_with(price) == []
    assert not any("Exact offer" in label for label in price.labels)
    answer = await ann.tap(BUY, message=before)
    assert answer.alert
    assert "Buying is paused for now." in answer.text
    assert bought_with(await shown(ann, before, "Buying is paused for now.")) == []
    assert shop.record.purchases == []


async def test_a_balance_below_the_maximum_offers_what_it_covers(tmp_path: Path) -> None:
    async with open_shop(tmp_path, billing="prepaid", contact="@ada_shop") as shop:
        shop.director.set_prices("Telegram", "BR", ["0.10", "0.25", "0.80"])
        ann = shop.person()
        await give(shop, ann.id, 300_000)
        price = await asks_the_price(ann, "telegram brazil 0.8")
        assert "Your balance is $0.30, and this needs $0.80." in price.text
        assert "ask @ada_shop for credit" in price.text
        assert bought_with(price) == []
        await ann.tap("Up to $0.25", message=price)
        assert bought_with(await shown(ann, price, "Buying sets $0.25 aside.")) == ["✅ Buy · up to $0.25"]
        await ann.tap(BUY, message=price)
        await ann.sees("📞", since=price)


async def test_a_balance_below_every_price_offers_the_wallet_and_the_contact(tmp_path: Path) -> None:
    async with open_shop(tmp_path, billing="prepaid", contact="@ada_shop") as shop:
        shop.director.set_prices("Telegram", "BR", ["0.10", "0.25"])
        ann = shop.person()
        price = await asks_the_price(ann)
        assert "Your balance is $0.00. Numbers here start at $0.10." in price.text
        assert bought_with(price) == []
        assert {"👛 Wallet", "💬 Contact"} <= set(price.labels)


@pytest.mark.parametrize("limit", ["0.05", "0.30"])
async def test_a_daily_limit_is_said_before_the_tap(tmp_path: Path, limit: str) -> None:
    async with open_shop(tmp_path, daily_spend=Decimal(limit)) as shop:
        shop.director.set_prices("Telegram", "BR", ["0.10", "0.25", "0.80"])
        ann = shop.person()
        price = await asks_the_price(ann, "telegram brazil 0.8")
        assert f"You can spend ${Decimal(limit):.2f} more today" in price.text
        assert bought_with(price) == []
        assert any("Up to $0.25" in label for label in price.labels) is (to_micros(Decimal(limit)) >= 100_000)


async def test_a_buy_that_came_too_late_brings_the_prices_as_they_are_with_the_reason(tmp_path: Path) -> None:
    async with open_shop(tmp_path, max_open_orders=1) as shop:
        shop.director.set_default_story("never")
        ann = shop.person()
        late = await asks_the_price(ann)
        await buys(ann)
        answer = await ann.tap(BUY, message=late)
        assert answer.alert
        assert answer.text.startswith("You have 1 order in progress, which is the most allowed.")
        now = await shown(ann, late, "You have 1 order in progress")
        assert bought_with(now) == []
        await ann.tap("My numbers", message=now)
        await ann.sees("My numbers: 1 in progress", since=late.message_id - 1)
        assert len(shop.record.purchases) == 1


async def test_raising_the_maximum_goes_one_rung_up_and_says_when_there_is_none(shop: Shop) -> None:
    shop.director.set_prices("Telegram", "BR", ["0.10", "0.25", "0.80"])
    shop.director.set_default_story("no_number")
    ann = shop.person()
    price = await asks_the_price(ann, "telegram brazil 0.25")
    await ann.tap(BUY, message=price)
    await ann.tap_seen("Raise the")
    await ann.sees("You'll pay $0.10 to $0.80")
    await ann.tap("Back")
    shop.director.set_prices("Telegram", "BR", ["0.10", "0.25"])
    await ann.tap_seen("Raise the")
    await ann.sees("No number here costs more.")
    await ann.tap("Other countries")
    await ann.sees("Telegram: which country?")


async def test_save_shows_that_it_is_saved_and_takes_it_back_in_place(shop: Shop) -> None:
    ann = shop.person()
    price = await asks_the_price(ann, "telegram brazil 0.3")
    first = data_of(price, BUY)
    assert (await ann.tap("Save", message=price)).text == "Saved to Favorites."
    saved = await shown(ann, price, "⭐ Saved")
    assert data_of(saved, BUY) != first
    await ann.tap("Cheapest", message=price)
    await shown(ann, price, "☆ Save")
    await ann.presses(data_of(saved, "Max"), price)
    await shown(ann, price, "⭐ Saved")
    answer = await ann.tap("Saved", message=price)
    assert answer.text == "Removed from Favorites. Tap Save to get it back."
    await shown(ann, price, "☆ Save")
    home = await ann.searches("/menu")
    await ann.tap("Favorites", message=home)
    await ann.sees("Nothing saved yet", since=home.message_id - 1)


async def test_whoever_waited_for_a_place_looks_again_and_buys(tmp_path: Path) -> None:
    async with open_shop(tmp_path, max_open_orders=1) as shop:
        shop.director.set_default_story("never")
        ann = shop.person()
        await buys(ann)
        price = await asks_the_price(ann)
        assert bought_with(price) == []
        shop.director.code_now()
        await ann.sees_button("Copy code")
        await ann.tap("Look again", message=price)
        await ann.tap(BUY, message=await shown(ann, price, BUY))
        await ann.waits_for(lambda: len(shop.record.purchases) == 2, "a second purchase")
