"""A code leaves its message after as many minutes as its person wants, and a tap brings it back for as many."""

import pytest
from sqlalchemy import text

from bot.db.telling import notices
from bot.domain.notices import NoticeKind
from bot.sandbox.person import ChatMessage, Person
from tests.services.floor import ANN, BEN
from tests.telegram.booth import Booth, bots
from tests.telegram.test_push import code, met

CODE = f"{ANN}731"
HIDDEN = "The code is hidden"


async def wants(booth: Booth, minutes: int | None, person_id: int = ANN) -> None:
    await booth.app.shop.preferences.set(person_id, hide_codes_after=minutes)


async def told(booth: Booth) -> Person:
    """Ann, with a code in her chat."""
    await met(booth, ANN)
    await code(booth, ANN)
    await booth.app.front.pusher.push()
    return booth.person()


async def minutes_pass(booth: Booth, minutes: float) -> None:
    booth.clock.forward(minutes * 60)
    await booth.app.front.hiding.hide()


def last(ann: Person) -> ChatMessage:
    return bots(ann)[-1]


async def left(booth: Booth) -> int:
    """How many messages are still to be hidden."""
    async with booth.app.resources.database.read() as tx:
        query = "SELECT count(*) FROM notices WHERE hide_at IS NOT NULL AND hidden_at IS NULL"
        return int((await tx.connection.execute(text(query))).scalar_one())


async def shows(booth: Booth, ann: Person) -> None:
    await ann.tap("Show", wait=False)
    await booth.hears()


async def test_a_code_is_hidden_after_the_minutes_that_its_person_wants(booth: Booth) -> None:
    await met(booth, ANN)
    await wants(booth, 5)
    ann = await told(booth)
    await minutes_pass(booth, 4.9)
    assert CODE in last(ann).text
    messages = len(bots(ann))
    await minutes_pass(booth, 0.2)
    assert HIDDEN in last(ann).text
    assert CODE not in str(last(ann).raw)
    assert len(bots(ann)) == messages
    assert await left(booth) == 0


async def test_a_tap_shows_it_again_in_the_same_message_for_the_same_time(booth: Booth) -> None:
    await met(booth, ANN)
    await wants(booth, 5)
    ann = await told(booth)
    await minutes_pass(booth, 6)
    hidden = last(ann)
    await shows(booth, ann)
    assert last(ann).message_id == hidden.message_id
    assert last(ann).text.startswith(CODE)
    assert any("Copy code" in label for label in last(ann).labels)
    await minutes_pass(booth, 4.9)
    assert CODE in last(ann).text
    await minutes_pass(booth, 0.2)
    assert HIDDEN in last(ann).text


async def test_who_wants_nothing_hidden_keeps_every_code(booth: Booth) -> None:
    ann = await told(booth)
    await minutes_pass(booth, 60 * 24)
    assert CODE in last(ann).text
    assert booth.calls("editMessageText") == []


async def test_the_wish_holds_for_codes_that_are_there_already_and_is_taken_back(booth: Booth) -> None:
    ann = await told(booth)
    await wants(booth, 1)
    await minutes_pass(booth, 1.1)
    assert HIDDEN in last(ann).text
    await wants(booth, None)
    await shows(booth, ann)
    await minutes_pass(booth, 60)
    assert CODE in last(ann).text


async def test_a_message_of_days_ago_is_left_alone_and_its_code_is_hidden_in_the_lists(booth: Booth) -> None:
    ann = await told(booth)
    booth.clock.forward(49 * 3600)
    await wants(booth, 5)
    await minutes_pass(booth, 6)
    assert CODE in last(ann).text
    assert await left(booth) == 0
    card = await booth.app.shop.own_orders.card(ANN, 1)
    assert [sms.hidden for sms in card.sms] == [True]


@pytest.mark.parametrize("said", ["message to edit not found", "message can't be edited", "a mood"])
async def test_what_telegram_lets_nobody_edit_is_done_with(booth: Booth, said: str) -> None:
    await met(booth, ANN)
    await wants(booth, 5)
    ann = await told(booth)
    booth.telegram.faults.add(method="editMessageText", status=400, description=f"Bad Request: {said}")
    sent = len(booth.calls("sendMessage"))
    await minutes_pass(booth, 6)
    assert await left(booth) == 0
    assert len(booth.calls("sendMessage")) == sent
    assert CODE in last(ann).text


@pytest.mark.parametrize("status", [403, 429, 502])
async def test_what_telegram_does_not_do_now_is_done_later(booth: Booth, status: int) -> None:
    await met(booth, ANN)
    await wants(booth, 5)
    ann = await told(booth)
    wait = 20 if status == 429 else None
    booth.telegram.faults.add(method="editMessageText", status=status, retry_after=wait)
    await minutes_pass(booth, 6)
    assert CODE in last(ann).text
    await minutes_pass(booth, 1.1)
    assert HIDDEN in last(ann).text


async def test_a_code_that_did_not_go_out_yet_is_not_hidden(booth: Booth) -> None:
    await met(booth, ANN)
    await wants(booth, 1)
    await code(booth, ANN)
    await minutes_pass(booth, 10)
    assert await left(booth) == 0
    await booth.app.front.pusher.push()
    ann = booth.person()
    assert CODE in last(ann).text
    await minutes_pass(booth, 1.1)
    assert HIDDEN in last(ann).text


async def test_nobody_shows_or_sees_somebody_elses_code(booth: Booth) -> None:
    await met(booth, ANN, BEN)
    await wants(booth, 1)
    await told(booth)
    await minutes_pass(booth, 2)
    await booth.app.shop.hidden_codes.show(BEN, 1)
    async with booth.app.resources.database.read() as tx:
        (push,) = await notices.codes_of(tx, 1)
    assert push.person_id == ANN
    assert [sms.hidden for sms in (await booth.app.shop.own_orders.card(ANN, 1)).sms] == [True]


async def test_two_that_look_at_once_hide_a_code_once(booth: Booth) -> None:
    await met(booth, ANN)
    await wants(booth, 1)
    await told(booth)
    booth.clock.forward(90)
    codes = booth.app.shop.hidden_codes
    assert [len(await codes.due(20)), len(await codes.due(20))] == [1, 0]


async def test_a_tap_that_comes_while_a_code_is_being_hidden_wins(booth: Booth) -> None:
    await met(booth, ANN)
    await wants(booth, 1)
    await told(booth)
    booth.clock.forward(90)
    codes = booth.app.shop.hidden_codes
    (one,) = await codes.due(20)
    await codes.show(ANN, 1)
    assert not await codes.still_due(one)
    await codes.hidden(one)
    assert await left(booth) == 1


async def test_an_alert_is_never_hidden(booth: Booth) -> None:
    await met(booth, ANN)
    async with booth.app.resources.database.write() as tx:
        await notices.add(tx, "m", ANN, NoticeKind.ALERT)
    await booth.app.front.pusher.push()
    await wants(booth, 1)
    assert await left(booth) == 0
