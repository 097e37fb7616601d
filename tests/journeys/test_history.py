"""History: narrowed down by taps and typing, kept through pages and orders, and back again."""

from tests.journeys.shop import Shop, Thumb
from tests.journeys.steps import buys


async def two_ends(shop: Shop) -> Thumb:
    """Ann got a code for Brazil, and closed a number of India."""
    shop.director.set_default_story("never")
    ann = shop.person()
    await buys(ann)
    shop.director.code_now()
    await ann.sees("🔑")
    closed = await buys(ann, "telegram india")
    await ann.tap("Close", message=closed)
    await ann.sees("Closed: the number is given back.")
    await ann.start()
    await ann.tap_seen("History")
    return ann


async def test_taps_narrow_history_down_and_back_leads_to_what_was_sought(shop: Shop) -> None:
    ann = await two_ends(shop)
    await ann.sees("History: 2 orders")
    await ann.tap("Outcome")
    await ann.tap_seen("Closed")
    await ann.sees("🔎 Closed")
    await ann.tap_seen("Service")
    await ann.tap_seen("Telegram")
    await ann.sees("🔎 Closed · Telegram")
    await ann.tap_seen("🇮🇳")
    card = await ann.sees("🏁 Ended")
    assert "🛒 Placed" in card.text
    await ann.tap("Back")
    await ann.sees("🔎 Closed · Telegram")
    await ann.tap("✕ Closed")
    await ann.sees("🔎 Telegram")
    await ann.tap("✕ Telegr")
    await ann.sees("History: 2 orders")


async def test_last_digits_and_labels_are_typed_and_anything_else_is_a_search(shop: Shop) -> None:
    ann = await two_ends(shop)
    await ann.sees("History: 2 orders")
    number = (await shop.orders())[0].number or ""
    found = await ann.searches(f"…{number[-4:]}")
    assert f"🔎 …{number[-4:]}" in found.text
    await ann.tap("🇧🇷")
    card = await ann.sees("🛒 Placed")
    assert "🔑" in card.text
    await ann.tap("Label")
    await ann.sees("Type a label")
    await ann.say("Work")
    await ann.sees("🏷 Work")
    await ann.tap("Back")
    back = await ann.sees(f"🔎 …{number[-4:]}")
    assert "Work" in " ".join(back.labels)
    await ann.tap(f"✕ …{number[-4:]}")
    await ann.sees("History: 2 orders")
    assert "🔎 🏷 Work" in (await ann.searches("work")).text
    assert "at least 3" in (await ann.searches("12")).text
    assert "Nothing in your history" in (await ann.searches("000001")).text
    assert "Matching now" in (await ann.searches("telegram india")).text


async def test_own_orders_come_as_a_file(shop: Shop) -> None:
    ann = await two_ends(shop)
    await ann.sees("History: 2 orders")
    answer = await ann.tap("Export")
    assert answer.text == "The file is being made. It comes as a message."
    await ann.sees("📄 Your 2 orders")
    assert ann.screen().raw["document"]["file_name"].endswith(".csv")
    await ann.tap_seen("History")
    await ann.sees("History: 2 orders")
