"""Asking for a second SMS on a number that has brought its first."""

from bot.sandbox.person import ChatMessage
from tests.journeys.shop import Shop, Thumb
from tests.journeys.steps import BOTH, buys

NO_NEW = "No new SMS yet. I'll keep looking for 5 minutes."


async def done(ann: Thumb) -> ChatMessage:
    """Buys and waits for the code; the card with "Another SMS" on it."""
    await buys(ann)
    await ann.sees_button("Copy code")
    return await ann.sees("the code came. You paid")


@BOTH
async def test_another_sms_brings_the_second_one_as_a_push_of_its_own_once(shop: Shop) -> None:
    shop.director.set_default_story("second_sms")
    ann = shop.person()
    card = await done(ann)
    (first,) = ann.codes()
    assert (await ann.tap("Another SMS", message=card)).text == "A new SMS came."
    second = await ann.sees("your second code is", since=first)
    assert second.reply_to == card.message_id
    await ann.tap("Another SMS", message=card)
    await ann.lets_time_pass()
    codes = ann.codes()
    assert [one.message_id for one in codes] == [first.message_id, second.message_id]
    assert codes[0].text == first.text
    assert len(shop.record.purchases) == 1


async def test_the_second_code_is_the_one_that_its_push_copies(shop: Shop) -> None:
    shop.director.set_default_story("second_sms")
    ann = shop.person()
    card = await done(ann)
    await ann.tap("Another SMS", message=card)
    second = await ann.sees("your second code is", since=ann.codes()[0])
    copied = (await ann.tap("Copy code", message=second)).copied
    assert copied in shop.director.operations()[0]["texts"][1]
    assert second.parts("code") == [copied]


async def test_no_second_sms_yet_is_a_toast_and_nothing_else(shop: Shop) -> None:
    ann = shop.person()
    card = await done(ann)
    answer = await ann.tap("Another SMS", message=card)
    assert (answer.text, answer.alert) == (NO_NEW, False)
    await ann.lets_time_pass()
    assert len(ann.codes()) == 1
    assert len(shop.record.refetches) == 1


@BOTH
async def test_a_second_sms_that_comes_a_while_after_it_was_asked_for_is_pushed_once(shop: Shop) -> None:
    ann = shop.person()
    card = await done(ann)
    first = ann.codes()[0]
    await ann.tap("Another SMS", message=card)
    shop.director.code_now(shop.director.operations()[0]["id"], "Your second code is 4711")
    second = await ann.sees("Your second code is", since=first)
    assert second.reply_to == card.message_id
    await ann.lets_time_pass()
    assert len(ann.codes()) == 2
    assert len(shop.record.refetches) == 1


@BOTH
async def test_a_lost_answer_to_another_sms_is_cleared_up_by_reading(shop: Shop) -> None:
    shop.director.set_default_story("second_sms")
    ann = shop.person()
    card = await done(ann)
    shop.director.fault("/refetch", cut="after")
    assert (await ann.tap("Another SMS", message=card)).text == "A new SMS came."
    await ann.sees("your second code is", since=ann.codes()[0])
    assert len(shop.record.refetches) == 1
    assert len(ann.codes()) == 2


async def test_the_same_text_sent_twice_is_two_sms(shop: Shop) -> None:
    text = "Your code is 445566"
    shop.director.set_default_story("code", texts=text, second_texts=text)
    ann = shop.person()
    card = await done(ann)
    await ann.tap("Another SMS", message=card)
    await ann.waits_until(lambda: len(ann.codes()) == 2, "the second SMS")


async def test_hidsims_refusal_of_another_sms_is_said(shop: Shop) -> None:
    ann = shop.person()
    card = await done(ann)
    shop.director.fault("/refetch", status=400, body={"message": "Too late for another <i>SMS</i>", "code": "LATE"})
    answer = await ann.tap("Another SMS", message=card)
    assert answer.alert
    assert "Too late for another <i>SMS</i>" in answer.text
