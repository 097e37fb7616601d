"""Labels: typed and tapped on an order's card, seen where orders are listed."""

from tests.journeys.shop import Shop
from tests.journeys.steps import buys


async def test_a_label_is_typed_seen_everywhere_offered_again_and_taken_off(shop: Shop) -> None:
    shop.director.set_default_story("never")
    ann = shop.person()
    card = await buys(ann)
    await ann.tap("Label", message=card)
    await ann.sees("Type a label for this number")
    sent = await ann.say("  Work <b>\u202e ")
    await ann.sees("🏷 Work <b>", since=sent)
    await ann.start()
    await ann.tap_seen("My numbers")
    await ann.sees_button("Work <b>")
    await ann.tap_seen("History")
    await ann.sees_button("Work <b>")
    other = await buys(ann, "telegram india")
    await ann.tap("Label", message=other)
    await ann.tap_seen("Work <b>")
    await ann.sees("🏷 Work <b>")
    await ann.tap_seen("Label")
    await ann.tap_seen("Take it off")
    await ann.waits_until(lambda: "🏷" not in ann.screen().text, "the label to be gone")
    assert [order.label for order in await shop.orders()] == ["Work <b>", None]


async def test_a_label_that_is_too_long_is_refused_and_typed_again_in_the_same_place(shop: Shop) -> None:
    shop.director.set_default_story("never")
    ann = shop.person()
    card = await buys(ann)
    await ann.tap("Label", message=card)
    await ann.sees("Type a label for this number")
    refused = await ann.searches("x" * 33)
    assert "one line of up to 32 characters" in refused.text
    sent = await ann.say("short")
    await ann.sees("🏷 short", since=sent)


async def test_words_that_ask_for_a_number_are_no_label(shop: Shop) -> None:
    shop.director.set_default_story("never")
    ann = shop.person()
    card = await buys(ann)
    await ann.tap("Label", message=card)
    await ann.sees("Type a label for this number")
    sent = await ann.say("telegram india")
    await ann.sees("Matching now", since=sent)
    assert (await shop.order()).label is None
