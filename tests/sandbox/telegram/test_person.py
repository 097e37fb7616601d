"""The scripted person: what it sees, and what it says when something does not come."""

import asyncio

import pytest

from bot.sandbox.person import Person
from bot.sandbox.telegram import TelegramSandbox
from tests.sandbox.telegram.wire import Wire, button, keyboard


async def menu(wire: Wire, person: Person, *labels: str) -> int:
    markup = keyboard([button(label) for label in labels])
    sent = await wire.ok("sendMessage", chat_id=person.id, text="menu", reply_markup=markup)
    return int(sent["message_id"])


async def answer_next(wire: Wire, text: str) -> None:
    query = (await wire.updates(offset=-1, timeout=5))[0]["callback_query"]
    await wire.ok("answerCallbackQuery", callback_query_id=query["id"], text=text)


async def test_a_tap_waits_for_the_bots_answer(wire: Wire, ann: Person) -> None:
    await menu(wire, ann, "🛒 Buy a number")
    answer, _ = await asyncio.gather(ann.tap("Buy a number"), answer_next(wire, "ok"))
    assert (answer.text, answer.alert) == ("ok", False)


async def test_a_tap_that_is_never_answered_fails_with_the_chat(wire: Wire, telegram: TelegramSandbox) -> None:
    hasty = Person(telegram, 7, "Hasty", patience=0.01)
    await hasty.start()
    await menu(wire, hasty, "Go")
    with pytest.raises(AssertionError, match=r"(?s)tap on 'Go' was never answered.*menu.*\[Go\]"):
        await hasty.tap("Go")


async def test_a_missing_button_fails_with_those_that_are_there(wire: Wire, ann: Person) -> None:
    await menu(wire, ann, "Buy", "Sell")
    with pytest.raises(AssertionError, match=r"no button says 'Rent'; buttons: \[\['Buy', 'Sell'\]\]"):
        await ann.tap("Rent")


async def test_an_older_message_can_be_tapped_by_naming_it(wire: Wire, ann: Person) -> None:
    older = await menu(wire, ann, "Go")
    await menu(wire, ann, "Go")
    await ann.tap("Go", message=older, wait=False)
    assert (await wire.updates(offset=-1))[0]["callback_query"]["message"]["message_id"] == older


async def test_a_copy_button_gives_its_text(wire: Wire, ann: Person) -> None:
    markup = keyboard([button("Copy code", copy_text={"text": "4711"})])
    await wire.ok("sendMessage", chat_id=ann.id, text="x", reply_markup=markup)
    assert (await ann.tap("Copy code")).copied == "4711"


async def test_what_is_seen_may_come_later_or_by_an_edit(wire: Wire, ann: Person) -> None:
    message_id = await menu(wire, ann, "Go")
    edit = wire.ok("editMessageText", chat_id=ann.id, message_id=message_id, text="Getting a number…")
    seen, _ = await asyncio.gather(ann.sees("Getting"), edit)
    assert (seen.message_id, seen.edited) == (message_id, True)


async def test_since_leaves_older_messages_out(wire: Wire, telegram: TelegramSandbox) -> None:
    hasty = Person(telegram, 7, "Hasty", patience=0.01)
    await hasty.start()
    older = await menu(wire, hasty, "Go")
    assert (await hasty.sees("menu")).message_id == older
    with pytest.raises(AssertionError, match=r"(?s)never saw 'menu'.*bot +menu"):
        await hasty.sees("menu", since=older)


async def test_own_words_are_not_seen_as_the_bots(telegram: TelegramSandbox) -> None:
    hasty = Person(telegram, 7, "Hasty", patience=0.01)
    await hasty.say("hello")
    with pytest.raises(AssertionError, match="never saw 'hello'"):
        await hasty.sees("hello")
    with pytest.raises(AssertionError, match="the bot has said nothing to Hasty"):
        hasty.screen()


async def test_the_screen_shows_text_styles_and_buttons(wire: Wire, ann: Person) -> None:
    markup = keyboard([button("A"), button("B")], [button("C")])
    text = "😀 <b>+49 <code>151</code></b>"
    await wire.ok("sendMessage", chat_id=ann.id, text=text, parse_mode="HTML", reply_markup=markup)
    screen = ann.screen()
    assert (screen.text, screen.buttons, screen.labels) == ("😀 +49 151", [["A", "B"], ["C"]], ["A", "B", "C"])
    assert screen.parts("code") == ["151"]
    assert screen.html == "😀 <bold>+49 </bold><code>151</code>"


async def test_buttons_and_other_changes_can_be_waited_for(wire: Wire, ann: Person) -> None:
    seen, sent = await asyncio.gather(ann.sees_button("Go"), menu(wire, ann, "Go"))
    assert seen.message_id == sent
    delete = wire.ok("deleteMessage", chat_id=ann.id, message_id=sent)
    await asyncio.gather(ann.waits_until(lambda: len(ann.chat()) == 1, "the menu to go"), delete)
    assert [message.text for message in ann.chat()] == ["/start"]


async def test_calls_of_the_bot_can_be_waited_for(wire: Wire, telegram: TelegramSandbox) -> None:
    calls, _ = await asyncio.gather(
        telegram.called("getMe", times=2), asyncio.gather(wire.ok("getMe"), wire.ok("getMe"))
    )
    assert [call.method for call in calls] == ["getMe", "getMe"]
    with pytest.raises(AssertionError, match="getMe was called 2 times, not 3"):
        await telegram.called("getMe", times=3, patience=0.01)
