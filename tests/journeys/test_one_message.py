"""One event, one message: what a person gets to see and to hear in each story, counted."""

from collections import Counter
from dataclasses import dataclass, field

import pytest

from bot.domain.orders import OrderState
from bot.sandbox.person import ChatMessage
from tests.journeys.cards import doubled
from tests.journeys.shop import Shop, Thumb
from tests.journeys.steps import BUY, asks_the_price
from tests.services.floor import answer


@dataclass
class Ear:
    """A chat from a tap on Buy on: the messages of the bot that ring after it are those that are new."""

    ann: Thumb
    tapped: ChatMessage
    seen: list[str] = field(default_factory=list)

    def rings(self) -> list[ChatMessage]:
        return [one for one in self.ann.chat() if one.from_bot and one.message_id > self.tapped.message_id]

    def waiting(self) -> ChatMessage | None:
        """The message in which Buy was tapped."""
        return next((one for one in self.ann.chat() if one.message_id == self.tapped.message_id), None)

    def texts(self) -> Counter[str]:
        return Counter(one.text for one in self.ann.chat() if one.from_bot)


async def taps_buy(ann: Thumb, typed: str = "telegram brazil 0.3") -> Ear:
    price = await asks_the_price(ann, typed)
    await ann.tap(BUY, message=price)
    return Ear(ann, price)


async def is_quiet(shop: Shop, ear: Ear, *, rings: int, waiting: bool) -> None:
    """Some ticks later: so many messages have rung, the waiting one is there or gone, and nothing stands twice."""
    await ear.ann.lets_time_pass(8)
    assert len(ear.rings()) == rings, ear.ann.told()
    assert (ear.waiting() is not None) is waiting, ear.ann.told()
    assert [text for text, times in ear.texts().items() if times > 1] == []
    assert doubled(shop.server) == {}


def ended(ann: Thumb, words: str) -> int:
    return ann.seen(words)


async def test_a_success_rings_twice_and_leaves_the_number_and_the_code(shop: Shop) -> None:
    ann = shop.person()
    ear = await taps_buy(ann)
    code = await ann.sees_button("Copy code")
    done = await ann.sees("the code came. You paid")
    assert code.reply_to == done.message_id
    await is_quiet(shop, ear, rings=2, waiting=False)
    (sms,) = (one for one in shop.director.operations()[0]["texts"])
    assert ann.seen(sms) == 1


async def test_an_sms_without_a_code_rings_once_and_is_never_done(shop: Shop) -> None:
    shop.director.set_default_story("never")
    ann = shop.person()
    ear = await taps_buy(ann)
    await ann.sees("📞", since=ear.tapped)
    shop.director.code_now(text="Welcome to Telegram, have a look around")
    told = await ann.sees("Here is the text:")
    assert "I see no code in it. You paid" in told.text
    assert any("Another SMS" in label for label in told.labels)
    await is_quiet(shop, ear, rings=2, waiting=False)
    assert not ann.seen("Done")
    assert sum("Another SMS" in label for one in ann.chat() for label in one.labels) == 1


async def test_no_number_at_once_becomes_the_waiting_message(shop: Shop) -> None:
    shop.director.set_default_story("no_number", no_number_after=1)
    shop.server.watch.runs_at(1)
    ann = shop.person()
    ear = await taps_buy(ann)
    told = await ann.sees("No number was free")
    assert told.message_id == ear.tapped.message_id
    await is_quiet(shop, ear, rings=0, waiting=True)


async def test_no_number_after_a_minute_rings_and_the_waiting_message_is_gone(shop: Shop) -> None:
    shop.director.set_default_story("never", number_after=900)
    ann = shop.person()
    ear = await taps_buy(ann)
    await shop.has_order_in(OrderState.CREATING)
    await ann.sees("Getting a number")
    shop.server.watch.advance(seconds=60)
    shop.director.no_number_now()
    await ann.sees("No number was free", since=ear.tapped)
    await is_quiet(shop, ear, rings=1, waiting=False)


async def test_nothing_at_this_price_becomes_the_waiting_message(shop: Shop) -> None:
    ann = shop.person()
    price = await asks_the_price(ann, "telegram brazil 0.1")
    shop.director.move_prices("Telegram", "BR", 3)
    shop.server.watch.runs_at(1)
    await ann.tap(BUY, message=price)
    ear = Ear(ann, price)
    await ann.sees("for $0.10 or less right now.")
    await is_quiet(shop, ear, rings=0, waiting=True)


async def test_an_empty_balance_of_the_shop_becomes_the_waiting_message(shop: Shop) -> None:
    ann = shop.person()
    price = await asks_the_price(ann)
    shop.director.set_balance(0)
    shop.server.watch.runs_at(1)
    await ann.tap(BUY, message=price)
    ear = Ear(ann, price)
    await ann.sees("The shop can't buy this number right now. You paid nothing")
    await is_quiet(shop, ear, rings=0, waiting=True)


async def test_a_refund_rings_once_and_leaves_the_number_as_a_line(shop: Shop) -> None:
    shop.director.set_default_story("never")
    ann = shop.person()
    ear = await taps_buy(ann)
    number = await ann.sees("📞", since=ear.tapped)
    shop.director.refund_now()
    await ann.sees("No code came to this number", since=number)
    await is_quiet(shop, ear, rings=2, waiting=False)
    line = next(one for one in ann.chat() if one.message_id == number.message_id)
    assert line.text.startswith("📞")
    assert "\n" not in line.text
    assert not line.labels


async def test_an_own_close_is_drawn_where_it_was_tapped(shop: Shop) -> None:
    shop.director.set_default_story("never")
    ann = shop.person()
    ear = await taps_buy(ann)
    number = await ann.sees("📞", since=ear.tapped)
    shop.server.watch.advance(minutes=5)
    await ann.tap("Close", message=number)
    closed = await ann.sees("Closed: the number is given back.")
    assert closed.message_id == number.message_id
    await is_quiet(shop, ear, rings=1, waiting=False)


async def test_a_close_that_came_too_early_is_told_once_when_the_bot_has_closed(shop: Shop) -> None:
    shop.director.set_default_story("too_early", early=240)
    ann = shop.person()
    ear = await taps_buy(ann)
    number = await ann.sees("📞", since=ear.tapped)
    await ann.tap("Close", message=number)
    early = await ann.sees("Earliest close: ")
    await ann.tap("Close when allowed", message=early)
    wanted = await ann.sees("Will be closed")
    assert [label for label in wanted.labels if "Close" in label] == ["✓ Close when allowed"]
    shop.server.watch.advance(minutes=5)
    await ann.sees("Closed: the number is given back.", since=number)
    await is_quiet(shop, ear, rings=2, waiting=False)


async def test_refresh_while_a_number_is_got_leaves_one_card(shop: Shop) -> None:
    shop.director.set_default_story("never", number_after=600)
    ann = shop.person()
    ear = await taps_buy(ann)
    waiting = await ann.sees("Getting a number")
    await ann.tap_seen("Refresh")
    assert (await ann.sees("Getting a number")).message_id == waiting.message_id
    shop.director.number_now()
    await ann.sees("📞", since=ear.tapped)
    await is_quiet(shop, ear, rings=1, waiting=False)


async def test_a_purchase_that_stays_unsure_is_told_twice_in_all(shop: Shop) -> None:
    ann = shop.person()
    price = await asks_the_price(ann)
    shop.director.fault("/purchase", cut="after")
    shop.server.watch.runs_at(1)
    await ann.tap(BUY, message=price)
    ear = Ear(ann, price)
    unsure = await ann.sees("We are not sure that this order went through.")
    assert unsure.message_id == price.message_id
    shop.server.watch.advance(minutes=11)
    await ann.sees("This order was never confirmed.", since=price)
    await is_quiet(shop, ear, rings=1, waiting=False)


async def test_a_number_that_comes_after_all_is_the_only_card(shop: Shop) -> None:
    shop.director.set_default_story("never")
    ann = shop.person()
    price = await asks_the_price(ann)
    shop.director.fault("/purchase", cut="after")
    await ann.tap(BUY, message=price)
    ear = Ear(ann, price)
    await ann.sees("We are not sure that this order went through.")
    shop.server.watch.advance(seconds=5)
    bought = shop.director.operations()[0]
    late = answer(bought["id"], number=bought["number"])
    await shop.app.shop.recorder.record((await shop.order()).id, late)
    await ann.sees("📞", since=price)
    await is_quiet(shop, ear, rings=1, waiting=False)
    assert not ann.seen("We are not sure")


async def test_two_taps_on_buy_make_one_card(shop: Shop) -> None:
    shop.director.set_default_story("never")
    ann = shop.person()
    price = await asks_the_price(ann)
    await ann.tap(BUY, message=price, wait=False)
    await ann.tap(BUY, message=price)
    ear = Ear(ann, price)
    await ann.sees("📞", since=price)
    await is_quiet(shop, ear, rings=1, waiting=False)


@pytest.mark.parametrize("story", ["code", "no_number"])
async def test_who_blocked_the_bot_and_comes_back_hears_of_each_event_once(shop: Shop, story: str) -> None:
    shop.director.set_default_story(story)
    ann = shop.person()
    ear = await taps_buy(ann)
    await ann.block()
    await ann.lets_time_pass(8)
    await ann.unblock()
    await ann.start()
    await ann.sees("the code came. You paid" if story == "code" else "No number was free")
    await ann.lets_time_pass(8)
    assert [text for text, times in ear.texts().items() if times > 1] == []
    assert ended(ann, "No number was free") <= 1
