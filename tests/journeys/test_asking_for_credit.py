"""Credit without typing: asked for where it lacks, granted with a tap, and back to what was left."""

import asyncio
import time
from pathlib import Path

from bot.sandbox.person import ChatMessage
from tests.journeys.shop import Thumb, data_of, open_shop

BEN = 901
HOSTILE = "<b>please</b> &amp; \N{RIGHT-TO-LEFT OVERRIDE}now " + "x" * 3_900


async def lacks_credit(ann: Thumb) -> ChatMessage:
    sent = await ann.say("telegram brazil 0.3")
    return await ann.sees("Numbers here start at", since=sent)


async def test_a_lack_of_credit_is_asked_for_granted_and_bought_without_a_word_typed(tmp_path: Path) -> None:
    async with open_shop(tmp_path, billing="prepaid") as shop:
        ann, ada = shop.person(), shop.admin()
        await ada.start()
        await lacks_credit(ann)
        await ann.tap("Ask for credit")
        choice = await ann.sees("What you wanted to buy needs $0.3")
        first = choice.labels[0]
        await ann.tap(first)
        await ann.tap_seen(f"Ask for {first}")
        await ann.sees("You asked for")
        asked = await ada.sees(f"asks for {first}")
        assert f"{ann.id}" in asked.text
        assert "Their balance: $0.00" in asked.text
        began = time.monotonic()
        await ada.tap("Grant · ", message=asked)
        await ann.sees_button("Continue buying")
        assert time.monotonic() - began < 5
        await ada.sees(f"→ {first}")
        assert not ada.seen("asks for")
        shop.director.set_prices("Telegram", "BR", ["0.05", "0.20"])
        await ann.tap("Continue buying")
        await ann.tap_seen("Buy · up to")
        await ann.sees_button("Copy number")


async def test_a_reason_reaches_both_admins_as_it_is_and_the_slower_one_learns_who_was_quicker(tmp_path: Path) -> None:
    async with open_shop(tmp_path, billing="prepaid", admin_ids=frozenset({900, BEN})) as shop:
        ann, ada, ben = shop.person(), shop.admin(), shop.person(BEN)
        await asyncio.gather(ada.start(), ben.start(), ann.start())
        await ann.tap_seen("Wallet")
        await ann.tap_seen("Ask for credit")
        await ann.sees("How much?")
        await ann.say("1,500")
        await ann.sees("Write 1500 or 1.50")
        await ann.say("2,50 $")
        await ann.sees("Ask for $2.50?")
        await ann.say(HOSTILE)
        await ann.sees("You asked for $2.50")
        for admin in (ada, ben):
            asked = await admin.sees("asks for $2.50")
            assert "<b>please</b> &amp; now xxx" in asked.text
            assert len(asked.text) < 500
        await ada.tap("Decline")
        await ada.sees("declined the request")
        await ann.sees("That isn't possible right now")
        await ben.tap("Grant · ")
        late = await ben.sees("declined the request")
        assert "Their balance: $0.00" in late.text
        assert not any("Grant · " in label for one in (*ada.chat(), *ben.chat()) for label in one.labels)


async def test_an_admin_gives_and_takes_credit_by_buttons(tmp_path: Path) -> None:
    async with open_shop(tmp_path, billing="prepaid") as shop:
        ann, ada = shop.person(), shop.admin()
        await ann.start()
        await ada.say(f"/credit {ann.id} 5")
        asked = await ada.sees("Their balance: $0.00 → $5.00")
        await ada.presses(data_of(asked, "Cancel"), asked)
        await ada.tap_seen("+$2.00")
        await ada.tap_seen("Confirm")
        await ann.sees("$2.00 was added to your wallet")
        await ada.tap_seen("Credit")
        await ada.tap_seen("Take credit")
        await ada.sees("Tap an amount to take it back")
        await ada.say("0.5")
        await ada.sees("Their balance: $2.00 → $1.50")
        await ada.tap("Cancel")
        await ada.tap_seen("Take all · $2.00")
        await ada.tap_seen("Confirm")
        await ann.sees("$2.00 was taken back")


async def test_while_billing_is_shared_nobody_is_offered_to_ask_for_credit(tmp_path: Path) -> None:
    async with open_shop(tmp_path, daily_spend=0.01) as shop:
        ann = shop.person()
        await ann.start()
        shown = await ann.say("telegram brazil 0.3")
        price = await ann.sees("Numbers here start at", since=shown)
        assert not any("Ask for credit" in label for label in price.labels)
        await ann.presses("ca1:::::", price)
        assert not ann.seen("How much?")


async def test_what_is_typed_while_asking_is_an_amount_a_search_or_a_reason(tmp_path: Path) -> None:
    async with open_shop(tmp_path, billing="prepaid") as shop:
        ann, ada = shop.person(), shop.admin()
        await asyncio.gather(ada.start(), ann.start())
        await ann.tap_seen("Wallet")
        await ann.tap_seen("Ask for credit")
        choice = await ann.sees("How much?")
        wrong = await ann.searches("please for my newsletter")
        assert "I need an amount" in wrong.text
        assert wrong.labels == choice.labels
        assert "Ask for $3.00?" in (await ann.searches("3")).text
        assert "Numbers here start at" in (await ann.searches("telegram brazil 0.3")).text
        await ada.lets_time_pass()
        assert not ada.seen("asks for")


async def test_the_buttons_of_a_request_tell_what_was_answered(tmp_path: Path) -> None:
    async with open_shop(tmp_path, billing="prepaid") as shop:
        ann, ada = shop.person(), shop.admin()
        await asyncio.gather(ada.start(), ann.start())
        await ann.tap_seen("Wallet")
        await ann.tap_seen("Ask for credit")
        await ann.sees("How much?")
        await ann.searches("3")
        await ann.tap_seen("Ask for $3.00")
        waits = await ann.sees("You asked for $3.00")
        await ada.tap("Grant · $3.00", message=await ada.sees("asks for $3.00"))
        await ann.sees("and got $3.00")
        await ann.tap("Withdraw", message=waits)
        await ann.sees("✅ You asked for $3.00, and got $3.00.")
        assert not ann.seen("Your request for credit is withdrawn.")
