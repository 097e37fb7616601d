"""When no number or no code comes: what is said, what comes back, and what the buttons below lead to."""

import pytest

from bot.domain.orders import OrderState
from bot.sandbox.person import ChatMessage
from tests.journeys.shop import NOTHING_SPENT, Shop, Thumb
from tests.journeys.steps import BOTH, BUY, asks_the_price, buys

STORIES = {
    "no_number": ("No number was free this time.", OrderState.NO_NUMBER_REFUNDED),
    "system_refund": ("No code came to this number.", OrderState.SYSTEM_REFUNDED),
}


async def refunded(shop: Shop, ann: Thumb, story: str = "no_number", typed: str = "telegram brazil 0.3") -> ChatMessage:
    """Buys into a story that ends without a code; the message that says so."""
    price = await asks_the_price(ann, typed)
    if story == "no_number":
        shop.director.set_default_story(story, no_number_after=1)
        shop.server.watch.runs_at(1)  # told in place while ann looks at it: a busy machine must not outlast that
        await ann.tap(BUY, message=price)
        return await ann.sees(STORIES[story][0])
    shop.director.set_default_story("never")
    await ann.tap(BUY, message=price)
    card = await ann.sees("📞", since=price)
    shop.director.refund_now()
    return await ann.sees(STORIES[story][0], since=card)


@BOTH
@pytest.mark.parametrize("story", STORIES)
async def test_a_refund_says_what_happened_and_what_came_back(shop: Shop, story: str) -> None:
    ann = shop.person()
    told = await refunded(shop, ann, story)
    back = "$0.30" if story == "no_number" else "$0.10"
    assert f"You paid nothing, and your {back} is free again." in told.text
    assert (await shop.order()).state is STORIES[story][1]
    assert await shop.money() == NOTHING_SPENT
    assert len(shop.record.purchases) == len(shop.record.refunds) == 1
    assert "$20.00 left to spend today (of $20.00)" in (await ann.searches("/menu")).text


async def test_an_expired_number_is_refunded_by_hidsims_word(shop: Shop) -> None:
    shop.director.set_default_story("never")
    ann = shop.person()
    card = await buys(ann)
    shop.server.watch.advance(minutes=21)
    told = await ann.sees(STORIES["system_refund"][0], since=card)
    assert told.reply_to == card.message_id
    assert await shop.money() == NOTHING_SPENT


async def test_try_again_leads_to_the_same_window(shop: Shop) -> None:
    ann = shop.person()
    told = await refunded(shop, ann)
    await ann.tap("Try again", message=told)
    price = await ann.sees("You'll pay $0.10 to $0.30")
    assert price.message_id == told.message_id
    shop.director.set_default_story("quick")
    await ann.tap(BUY, message=price)
    await ann.sees("the code came. You paid")
    assert len(shop.record.purchases) == 2


async def test_raise_the_maximum_leads_one_price_higher(shop: Shop) -> None:
    ann = shop.person()
    told = await refunded(shop, ann)
    await ann.tap("Raise the maximum", message=told)
    price = await ann.sees("You'll pay $0.10 to ")
    assert "to $0.30," not in price.text
    assert any("Buy · up to $0.3" in label for label in price.labels)


async def test_other_countries_leads_to_the_countries_of_the_same_service(shop: Shop) -> None:
    ann = shop.person()
    told = await refunded(shop, ann)
    await ann.tap("Other countries", message=told)
    countries = await ann.sees("Telegram: which country?")
    assert any("$" in label for label in countries.labels)


async def test_the_next_steps_leave_the_refund_message_as_it_is(shop: Shop) -> None:
    ann = shop.person()
    told = await refunded(shop, ann, "system_refund")
    for label in ("Try again", "Raise the maximum", "Other countries"):
        await ann.tap(label, message=told)
    await ann.lets_time_pass()
    now = next(one for one in ann.chat() if one.message_id == told.message_id)
    assert (now.text, now.labels) == (told.text, told.labels)


@BOTH
async def test_when_nothing_matches_nothing_is_bought_and_the_next_steps_work(shop: Shop) -> None:
    ann = shop.person()
    price = await asks_the_price(ann, "telegram brazil 0.1")
    shop.director.move_prices("Telegram", "BR", 3)
    shop.server.watch.runs_at(1)  # told in place while ann looks at it
    await ann.tap(BUY, message=price)
    told = await ann.sees("No number for $0.10 or less right now.")
    assert "You paid nothing." in told.text
    assert (await shop.order()).state is OrderState.REFUSED
    assert await shop.money() == NOTHING_SPENT
    assert shop.record.purchases == []
    await ann.tap("Try again", message=told)
    await ann.sees("Nothing here costs $0.10 or less. Numbers start at $0.30.")
    await ann.tap_seen("Back")
    await ann.tap_seen("Raise the maximum")
    raised = await ann.sees("Matching now: 1 offer")
    assert any("Buy · up to $0.30" in label for label in raised.labels)
    await ann.tap_seen("Back")
    await ann.tap_seen("Other countries")
    await ann.sees("Telegram: which country?")
    await ann.tap_seen("Back")
    assert (await ann.sees("No number for $0.10 or less right now.")).message_id == told.message_id
