"""Close all, under My numbers."""

from tests.journeys.shop import NOTHING_SPENT, Shop, data_of
from tests.journeys.steps import buys


async def test_two_numbers_are_closed_by_one_question_and_its_answer(shop: Shop) -> None:
    shop.director.set_default_story("never")
    ann = shop.person()
    await buys(ann)
    await ann.start()
    await ann.tap_seen("My numbers")
    await ann.sees("1 in progress")
    assert "Close all" not in " ".join(ann.screen().labels)
    await buys(ann, "telegram india")
    await ann.start()
    await ann.tap_seen("My numbers")
    await ann.tap_seen("Close all")
    asked = await ann.sees("Close all: 2 numbers")
    again = data_of(asked, "Confirm")
    await ann.tap("Confirm")
    done = await ann.sees("2 are closed. You paid nothing")
    assert await shop.money() == NOTHING_SPENT
    await ann.presses(again, done)
    await ann.sees("Nothing is left to close")
    assert len(shop.record.refunds) == 2
    await ann.tap_seen("My numbers")
    await ann.sees("Nothing is in progress")


async def test_what_is_too_early_is_said_and_closed_later(shop: Shop) -> None:
    shop.director.set_default_story("too_early", early=900)
    ann = shop.person()
    await buys(ann)
    await buys(ann, "telegram india")
    await ann.start()
    await ann.tap_seen("My numbers")
    await ann.tap_seen("Close all")
    await ann.tap_seen("Confirm")
    told = await ann.sees("2 will be closed as soon as that is allowed")
    shop.server.watch.advance(minutes=16)
    await ann.sees("Closed: the number is given back.", since=told)
    await ann.waits_for(lambda: len(shop.record.refunds) == 2, "both refunds")
