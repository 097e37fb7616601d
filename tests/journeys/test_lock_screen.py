"""What a person learns without opening the chat, what rings, and what the chat shows no more after a while."""

from dataclasses import replace
from pathlib import Path

from bot.sandbox.person import ChatMessage
from tests.journeys.shop import ANN, QUICK, Shop, Thumb, World, running, settings_for
from tests.journeys.steps import BOTH, BUY, asks_the_price, buys

HIDDEN = "hidden. Tap “Show”"


def rang(shop: Shop, message: ChatMessage) -> bool:
    """Whether this message came with a sound."""
    calls = shop.server.telegram.calls
    (sent,) = [one for one in calls if one.answer and _made(one.answer) == message.message_id and _sends(one.method)]
    return "disable_notification" not in sent.params


def _made(answer: dict[str, object]) -> object:
    result = answer.get("result")
    return result.get("message_id") if isinstance(result, dict) else None


def _sends(method: str) -> bool:
    return method.lower().startswith("send")


@BOTH
async def test_the_number_and_the_code_stand_first_and_only_the_code_rings_for_who_looks_on(shop: Shop) -> None:
    shop.server.watch.runs_at(1)
    shop.director.set_default_story("code")
    ann = shop.person()
    card = await buys(ann)
    assert card.text.startswith("+55")
    assert not rang(shop, card)
    shop.director.code_now()
    code = await ann.sees("🔑", since=card)
    assert code.text.startswith(f"{shop.director.operations()[0]['code']} 🔑 Telegram\n")
    assert rang(shop, code)


async def test_who_looks_away_hears_the_number_unless_they_want_numbers_quiet(shop: Shop) -> None:
    shop.director.set_default_story("never", number_after=40)
    ann = shop.person()
    assert rang(shop, await buys(ann))
    await shop.app.shop.preferences.set(ANN, quiet_numbers=True)
    price = await asks_the_price(ann, "telegram brazil")
    await ann.tap(BUY, message=price)
    assert not rang(shop, await ann.sees("📞", since=price))


async def looked_up(ann: Thumb) -> ChatMessage:
    """The order's card, opened from History."""
    menu = await ann.sees("Numbers for sign-ups", since=await ann.say("/menu"))
    await ann.tap("History", message=menu)
    await ann.sees("History: 1 order")
    await ann.tap("…", message=menu)
    return await ann.sees("Placed")


async def test_a_code_is_hidden_in_its_message_and_in_history_and_a_tap_shows_it(shop: Shop) -> None:
    shop.director.set_default_story("code")
    ann = shop.person()
    await ann.start()
    await ann.sees_button("Buy a number")
    await shop.app.shop.preferences.set(ANN, hide_codes_after=30)
    card = await buys(ann)
    push = await ann.sees("🔑", since=card)
    code = shop.director.operations()[0]["code"]
    await ann.sees("the code came. You paid")
    looked = await looked_up(ann)
    assert code in looked.text
    shop.server.watch.advance(minutes=31)
    await ann.waits_until(lambda: ann.seen(HIDDEN) == 2, "the code to go")
    assert ann.seen(code) == 0
    await ann.tap("Show", message=looked)
    await ann.waits_until(lambda: ann.seen(code) == 1, "the code on the card")
    await ann.tap("Show", message=push)
    await ann.waits_until(lambda: ann.seen(code) == 2, "the code in its message")
    shop.server.watch.advance(minutes=31)
    await ann.waits_until(lambda: ann.seen(code) == 0, "the code to go again")


async def test_a_restart_hides_what_was_promised(world: World, tmp_path: Path) -> None:
    settings = settings_for(world, tmp_path)
    async with running(world, settings) as shop:
        shop.director.set_default_story("code")
        ann = shop.person()
        await ann.start()
        await ann.sees_button("Buy a number")
        await shop.app.shop.preferences.set(ANN, hide_codes_after=30)
        await buys(ann)
        await ann.sees("the code came. You paid")
    world.watch.advance(minutes=31)
    async with running(world, settings):
        await ann.sees(HIDDEN)


async def test_a_late_sms_has_one_silent_hint(world: World, tmp_path: Path) -> None:
    pace = replace(QUICK, ticks=QUICK.ticks | {"hint": 0.1})
    async with running(world, settings_for(world, tmp_path), pace) as shop:
        shop.director.set_default_story("never")
        ann = shop.person()
        card = await buys(ann)
        world.watch.advance(seconds=60)
        hint = await ann.sees("No SMS yet. Look in WhatsApp and in the Telegram app", since=card)
        assert hint.reply_to == card.message_id
        assert not rang(shop, hint)
        world.watch.advance(seconds=60)
        await ann.lets_time_pass(10)
        assert ann.seen("No SMS yet") == 1


async def test_a_number_from_another_country_says_so(shop: Shop) -> None:
    shop.director.set_default_story("never")
    shop.director.fault("/operations/", times=None, merge={"number": "+77011234567"}, states=["pending"])
    card = await buys(shop.person())
    assert "⚠️ This number is from 🇰🇿 Kazakhstan, you ordered 🇧🇷 Brazil." in card.text
