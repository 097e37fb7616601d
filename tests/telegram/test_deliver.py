"""What becomes of a tap: answered once and in time, its screen shown where it belongs, its refusal said."""

import asyncio
from typing import Any

import pytest
from sqlalchemy import text
from structlog.testing import capture_logs

from bot.db import people
from bot.domain.refusals import Reason, Refusal, Step
from bot.i18n import Html
from bot.screens.screen import Screen
from bot.telegram.messenger import Messenger
from tests.services.floor import ANN
from tests.telegram.booth import Booth, bots, screen

TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"


async def answered(booth: Booth, tap: Any) -> bool:
    """Works until the tap has been answered without waiting for the work."""
    query = booth.telegram.state.taps.find(tap.id)
    return await booth.telegram.state.events.bell.wait_for(lambda: query is None or query.answer is not None, 2)


async def pushed(booth: Booth, message_id: int) -> None:
    """This message of Ann's brought a code."""
    async with booth.app.resources.database.write() as tx:
        await tx.connection.execute(
            text(
                "INSERT INTO notices"
                " (key, person_id, kind, lane, urgency, detail, created_at, due_at, tries, done_at, message_id)"
                " VALUES ('k', :person, 'code', 0, 0, '{}', 0, 0, 0, 1, :message)"
            ),
            {"person": ANN, "message": message_id},
        )


async def test_a_tap_draws_its_screen_over_the_menu_and_is_answered_without_words(booth: Booth) -> None:
    async def handler(_tap: Any) -> Screen:
        return screen("New")

    answer, ann = await booth.go(handler)
    assert (answer.text, answer.alert) == ("", False)
    assert [m.text for m in bots(ann)][1:] == ["New"]
    assert bots(ann)[-1].edited


async def test_a_screen_that_changes_nothing_is_no_error(booth: Booth) -> None:
    async def handler(_tap: Any) -> Screen:
        return screen("Same", "Go", toast="Still the same")

    _, ann = await booth.go(handler)
    shown = bots(ann)[-1].message_id
    with capture_logs() as logs:
        assert await booth.messenger.edit(ANN, shown, screen("Same", "Go"))
    assert logs == []
    assert [m.message_id for m in bots(ann)][-1] == shown
    assert booth.calls("editMessageText")[-1].status == 400


async def test_a_message_that_is_gone_is_sent_anew(booth: Booth) -> None:
    async def handler(tap: Any) -> Screen:
        await tap.message.delete()
        return screen("Anew")

    answer, ann = await booth.go(handler)
    assert answer.text == ""
    assert bots(ann)[-1].text == "Anew"
    assert not bots(ann)[-1].edited


@pytest.mark.parametrize("why", ["message can't be edited", "there is no text in the message to edit"])
async def test_a_message_that_can_not_be_edited_is_sent_anew(booth: Booth, why: str) -> None:
    async def handler(_tap: Any) -> Screen:
        booth.telegram.faults.add(method="editMessageText", status=400, description=f"Bad Request: {why}")
        return screen("Anew")

    _, ann = await booth.go(handler)
    assert bots(ann)[-1].text == "Anew"


async def test_text_that_telegram_can_not_parse_goes_out_as_plain_text(booth: Booth) -> None:
    async def handler(_tap: Any) -> Screen:
        return screen("Your code: <b>123456 &amp; <i>more")

    _, ann = await booth.go(handler)
    assert "123456 & " in bots(ann)[-1].text
    assert bots(ann)[-1].edited
    await booth.messenger.send(ANN, screen("Your code: <b>654321"))
    assert bots(ann)[-1].text.endswith("654321")
    assert bots(ann)[-1].labels == ["Help"]


async def test_plain_text_keeps_its_lines(booth: Booth) -> None:
    await booth.ann()
    await booth.messenger.send(ANN, screen("One\nTwo <b>three"))
    assert "One\nTwo" in bots(booth.person())[-1].text


async def test_a_refusal_is_shown_as_a_dialog_and_the_menu_stays(booth: Booth) -> None:
    async def handler(_tap: Any) -> Screen:
        raise Refusal(Reason.NO_CREDIT, amount=0, limit=250_000, currency="USD")

    answer, ann = await booth.go(handler)
    assert answer.alert
    assert "$0.25" in answer.text
    assert bots(ann)[-1].text == "A menu"


async def test_a_refusal_with_a_next_step_is_a_screen_with_its_button_and_no_dialog(booth: Booth) -> None:
    async def handler(_tap: Any) -> Screen:
        raise Refusal(Reason.NO_CREDIT, amount=0, limit=250_000, currency="USD", step=Step.WALLET)

    answer, ann = await booth.go(handler)
    assert (answer.text, answer.alert) == ("", False)
    shown = bots(ann)[-1]
    assert shown.edited
    assert "$0.25" in shown.text
    assert shown.labels == ["👛 Wallet", "🏠 Menu"]


@pytest.mark.parametrize("step", Step)
async def test_the_step_of_a_refusal_leads_somewhere(booth: Booth, step: Step) -> None:
    async def handler(_tap: Any) -> Screen:
        raise Refusal(Reason.NOT_NOW, step=step)

    _, ann = await booth.go(handler)
    asked = await ann.tap(bots(ann)[-1].labels[0], wait=False)
    await booth.hears()
    assert "out of date" not in (await ann.answered(asked.query_id or "")).text


async def test_a_refusal_with_a_next_step_draws_over_no_push(booth: Booth) -> None:
    async def handler(_tap: Any) -> Screen:
        raise Refusal(Reason.NOT_NOW, step=Step.MY_NUMBERS)

    ann = await booth.ann()
    booth.does(handler)
    await pushed(booth, await booth.shows_go(text="Your code is 123456"))
    await ann.tap("Go", wait=False)
    await booth.hears()
    assert bots(ann)[-2].text == "Your code is 123456"
    assert "moved on" in bots(ann)[-1].text


async def test_a_toast_is_shown_and_a_screen_that_stays_is_not_drawn(booth: Booth) -> None:
    async def handler(_tap: Any) -> Screen:
        return screen("Not shown", toast="Only this", alert=True, stays=True)

    answer, ann = await booth.go(handler)
    assert (answer.text, answer.alert) == ("Only this", True)
    assert bots(ann)[-1].text == "A menu"


async def test_our_own_mistake_becomes_a_sentence_with_a_number_that_finds_it_in_the_log(booth: Booth) -> None:
    async def handler(_tap: Any) -> Screen:
        raise ZeroDivisionError("what nobody expected")

    with capture_logs() as logs:
        _, ann = await booth.go(handler)
    (line,) = [one for one in logs if one["event"] == "a handler failed"]
    assert line["exc_info"]
    (shown,) = bots(ann)[-1].parts("code")
    assert shown == line["fault"]
    assert "ZeroDivisionError" not in bots(ann)[-1].text


async def test_a_database_that_can_not_be_used_is_said_and_told_to_admins(booth: Booth) -> None:
    async def handler(_tap: Any) -> Screen:
        async with booth.app.resources.database.write() as tx:
            await tx.connection.execute(text("INSERT INTO nowhere VALUES (1)"))
        return screen("never")

    with capture_logs() as logs:
        answer, _ = await booth.go(handler)
    assert answer.alert
    assert "Nothing can be saved right now" in answer.text
    assert [one["log_level"] for one in logs] == ["critical"]


async def test_a_slow_tap_is_answered_in_time_and_its_screen_still_comes(impatient: Booth) -> None:
    seen: list[bool] = []

    async def handler(tap: Any) -> Screen:
        seen.append(await answered(impatient, tap))
        return screen("At last")

    answer, ann = await impatient.go(handler)
    assert seen == [True]
    assert answer.text == ""
    assert bots(ann)[-1].text == "At last"
    assert len(impatient.calls("answerCallbackQuery")) == 1


async def test_slow_work_shows_itself_as_typing(impatient: Booth) -> None:
    async def handler(tap: Any) -> Screen:
        await impatient.telegram.called("sendChatAction")
        return screen("At last")

    _, ann = await impatient.go(handler)
    assert bots(ann)[-1].text == "At last"


async def test_in_a_rush_every_tap_is_answered_in_time_and_no_more_show_typing(impatient: Booth) -> None:
    people = 60

    async def handler(_tap: Any) -> Screen:
        await impatient.telegram.called("answerCallbackQuery", people, 20)
        await impatient.app.resources.nursery.drain(10)
        return screen("At last")

    rush = [impatient.person(1000 + number) for number in range(people)]
    for person in rush:
        await person.start()
    await impatient.hears()
    impatient.does(handler)
    for person in rush:
        await impatient.shows_go(person.id)
        await person.tap("Go", wait=False)
    await impatient.hears()
    assert [bots(person)[-1].text for person in rush] == ["At last"] * people
    assert len(impatient.calls("sendChatAction")) <= 50


async def test_a_refusal_that_comes_too_late_for_a_dialog_becomes_a_message(impatient: Booth) -> None:
    async def handler(tap: Any) -> Screen:
        await answered(impatient, tap)
        raise Refusal(Reason.HIDSIM_DOWN)

    answer, ann = await impatient.go(handler)
    assert answer.text == ""
    assert "can't reach its numbers" in bots(ann)[-1].text
    assert bots(ann)[-2].text == "A menu"


async def test_a_toast_that_comes_too_late_is_read_on_the_screen(impatient: Booth) -> None:
    async def handler(tap: Any) -> Screen:
        await answered(impatient, tap)
        return screen("The card", toast="Too <early>")

    _, ann = await impatient.go(handler)
    assert bots(ann)[-1].text == "The card\n\nToo <early>"


async def test_an_answer_on_its_way_is_not_cut_off_when_the_handler_ends(impatient: Booth) -> None:
    """The timer's answer waits for its connection while the handler comes to its end."""
    waits, passes = asyncio.Event(), asyncio.Event()

    async def slow_connection(make_request: Any, bot: Any, method: Any) -> Any:
        if type(method).__name__ == "AnswerCallbackQuery":
            waits.set()
            await passes.wait()
        return await make_request(bot, method)

    impatient.app.front.bot.session.middleware(slow_connection)

    async def handler(_tap: Any) -> Screen:
        await waits.wait()
        asyncio.get_running_loop().call_later(0.02, passes.set)
        return screen("Done")

    _, ann = await impatient.go(handler)
    assert bots(ann)[-1].text == "Done"


async def test_a_tap_too_old_to_be_answered_is_carried_out_all_the_same(booth: Booth) -> None:
    async def handler(_tap: Any) -> Screen:
        return screen("Done")

    ann = await booth.ann()
    booth.telegram.faults.add(method="answerCallbackQuery", status=400, description=TOO_OLD)
    booth.does(handler)
    await booth.shows_go()
    await ann.tap("Go", wait=False)
    await booth.hears()
    assert bots(ann)[-1].text == "Done"


async def test_a_menu_is_never_drawn_over_a_push(booth: Booth) -> None:
    async def handler(_tap: Any) -> Screen:
        return screen("A menu below")

    ann = await booth.ann()
    booth.does(handler)
    await pushed(booth, await booth.shows_go(text="Your code is 123456"))
    await ann.tap("Go", wait=False)
    await booth.hears()
    assert [m.text for m in bots(ann)][-2:] == ["Your code is 123456", "A menu below"]


async def test_somebody_who_blocks_the_bot_meanwhile_is_out_of_reach(booth: Booth) -> None:
    ann = await booth.ann()

    async def handler(tap: Any) -> Screen:
        await tap.message.delete()
        await ann.block()
        return screen("Too late")

    booth.does(handler)
    await booth.shows_go()
    await ann.tap("Go", wait=False)
    await booth.hears()
    async with booth.app.resources.database.read() as tx:
        known = await people.get(tx, ANN)
    assert known is not None
    assert known.unreachable_at is not None
    await booth.hears()


@pytest.mark.parametrize("method", ["editMessageText", "sendMessage"])
async def test_when_telegram_asks_to_wait_for_long_the_toast_says_how_long(booth: Booth, method: str) -> None:
    async def handler(tap: Any) -> Screen:
        if method == "sendMessage":
            await tap.message.delete()
        booth.telegram.faults.add(method=method, status=429, retry_after=40)
        return screen("Later")

    answer, _ = await booth.go(handler)
    assert answer.text == "Telegram asks to wait. Tap again in 40 seconds."


async def test_taps_in_a_resting_chat_are_told_so_without_asking_telegram(booth: Booth) -> None:
    async def handler(_tap: Any) -> Screen:
        return screen("Later")

    booth.telegram.faults.add(method="editMessageText", status=429, retry_after=40)
    await booth.go(handler)
    booth.clock.forward(10)
    ann = booth.person()
    asked = [await ann.tap("Go", wait=False) for _ in range(3)]
    await booth.hears()
    told = {(await ann.answered(one.query_id or "", "Go")).text for one in asked}
    assert told == {"Telegram asks to wait. Tap again in 30 seconds."}
    assert len(booth.calls("editMessageText")) == 1
    booth.clock.forward(30)
    await ann.tap("Go", wait=False)
    await booth.hears()
    assert bots(ann)[-1].text == "Later"


async def test_who_can_not_be_told_by_a_toast_gets_the_screen_when_the_wait_is_over(brusque: Booth) -> None:
    async def handler(_tap: Any) -> Screen:
        brusque.telegram.faults.add(method="editMessageText", status=429, retry_after=1)
        return screen("At last", toast="Done")

    answer, ann = await brusque.go(handler)
    assert answer.text == "Done"
    brusque.clock.forward(1)
    assert await brusque.telegram.state.events.bell.wait_for(lambda: bots(ann)[-1].text.startswith("At last"), 5)


async def test_what_somebody_typed_is_answered_when_the_wait_is_over(brusque: Booth) -> None:
    ann = await brusque.ann()
    brusque.telegram.faults.add(method="sendMessage", status=429, retry_after=1)
    await ann.say("/menu")
    await brusque.hears()
    told = len(bots(ann))
    brusque.clock.forward(1)
    assert await brusque.telegram.state.events.bell.wait_for(lambda: len(bots(ann)) > told, 5)


@pytest.mark.parametrize("status", [500, 502])
async def test_a_screen_that_telegram_does_not_take_ends_in_the_log(booth: Booth, status: int) -> None:
    async def handler(_tap: Any) -> Screen:
        booth.telegram.faults.add(method="editMessageText", status=status)
        return screen("Lost")

    with capture_logs() as logs:
        _, ann = await booth.go(handler)
    assert bots(ann)[-1].text == "A menu"
    assert [one["event"] for one in logs] == ["a screen could not be delivered"]


async def test_previews_of_links_in_an_sms_are_off(booth: Booth) -> None:
    await booth.ann()
    await Messenger(booth.app.front.bot).send(ANN, Screen(Html("https://example.org/123456")))
    assert booth.calls("sendMessage")[-1].params["link_preview_options"] == {"is_disabled": True}
