"""Pushes: done only with Telegram's message id in hand, and nobody's trouble holds up anybody else."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from aiogram.exceptions import TelegramRetryAfter

from bot.db import people
from bot.db.orders import orders
from bot.db.orders import sms as sms_rows
from bot.db.shop import catalog
from bot.db.telling import cards, notices
from bot.domain.alerts import AlertKind
from bot.domain.cards import Card, CardRole
from bot.domain.details import AlertDetail
from bot.domain.moves import Told
from bot.domain.notices import NoticeKind
from bot.domain.orders import OrderCard, OrderState, Sms
from bot.sandbox.telegram.records import Call
from bot.tasks import Nursery
from tests.db.fresh import ordered
from tests.db.stranger import writing_to
from tests.services.floor import ADMIN, ANN, BEN
from tests.telegram.booth import Booth, bots, screen


async def alert(booth: Booth, key: str, person_id: int = ANN) -> None:
    """They are an admin, so that it is for them."""
    async with booth.app.resources.database.write() as tx:
        await people.appoint(tx, person_id, admin=True)
        await notices.add(tx, key, person_id, NoticeKind.ALERT, detail=AlertDetail(AlertKind.UNCONFIRMED))


async def waiting(booth: Booth) -> int:
    return int(await booth.app.shop.outbox.waiting())


async def test_a_push_is_done_when_telegram_took_it(booth: Booth) -> None:
    ann = await booth.ann()
    await alert(booth, "a")
    await alert(booth, "b")
    assert await booth.app.front.pusher.push() == 2
    assert await waiting(booth) == 0
    assert sum("Alert" in message.text for message in bots(ann)) == 2
    assert await booth.app.front.pusher.push() == 0


@pytest.mark.parametrize("status", [429, 500, 502])
async def test_a_push_that_telegram_refuses_for_now_comes_later(booth: Booth, status: int) -> None:
    ann = await booth.ann()
    await alert(booth, "a")
    booth.telegram.faults.add(method="sendMessage", status=status, retry_after=7 if status == 429 else None)
    assert await booth.app.front.pusher.push() == 0
    assert await booth.app.front.pusher.push() == 0
    booth.clock.forward(7)
    assert await booth.app.front.pusher.push() == 1
    assert "Alert" in bots(ann)[-1].text


async def test_somebody_who_blocked_the_bot_is_left_alone_and_gets_it_on_coming_back(booth: Booth) -> None:
    ann = await booth.ann()
    ben = booth.person(BEN, first_name="Ben")
    await ben.start()
    await booth.hears()
    await ann.block()
    await alert(booth, "a")
    await alert(booth, "b", BEN)
    await booth.app.front.pusher.push()
    tries = len(booth.calls("sendMessage"))
    for _ in range(3):
        booth.clock.forward(3600)
        await booth.app.front.pusher.push()
    assert len(booth.calls("sendMessage")) == tries
    assert "Alert" in bots(ben)[-1].text
    await ann.unblock()
    await booth.hears()
    assert await booth.app.front.pusher.push() == 1


async def test_an_admin_who_never_pressed_start_costs_one_try_at_a_time(booth: Booth) -> None:
    await alert(booth, "a", ADMIN)
    for _ in range(4):
        await booth.app.front.pusher.push()
    assert len(booth.calls("sendMessage")) == 1
    ada = booth.person(ADMIN, first_name="Ada")
    await ada.start()
    await booth.hears()
    booth.clock.forward(300)
    assert await booth.app.front.pusher.push() == 1


async def test_a_notice_without_anything_to_say_is_done(booth: Booth) -> None:
    await booth.ann()
    async with booth.app.resources.database.write() as tx:
        await notices.add(tx, "k", ANN, NoticeKind.CODE)
    sent = len(booth.calls("sendMessage"))
    await booth.app.front.pusher.push()
    assert await waiting(booth) == 0
    assert len(booth.calls("sendMessage")) == sent


async def test_a_push_is_in_the_persons_own_language_or_in_english(booth: Booth) -> None:
    cat = booth.person(300, language_code="xx")
    await cat.start()
    await booth.hears()
    await alert(booth, "a", 300)
    await booth.app.front.pusher.push()
    assert "Alert" in bots(cat)[-1].text


async def test_a_push_whose_answer_was_lost_is_sent_again_rather_than_forgotten(booth: Booth) -> None:
    ann = await booth.ann()
    await alert(booth, "a")
    booth.telegram.faults.add(method="sendMessage", drop="after")
    await booth.app.front.pusher.push()
    assert await waiting(booth) == 1
    booth.clock.forward(60)
    await booth.app.front.pusher.push()
    assert await waiting(booth) == 0
    assert sum("Alert" in message.text for message in bots(ann)) == 2


async def test_a_stop_marks_what_was_sent_and_could_not_be_marked(booth: Booth) -> None:
    await booth.ann()
    await alert(booth, "a")
    (telling,) = await booth.app.shop.outbox.claim(20)
    with writing_to(booth.app.resources.database.url):
        await booth.app.shop.outbox.done(telling, 50)
    assert await waiting(booth) == 1
    await booth.app.drain(Nursery().start(asyncio.sleep(0), "hears nobody"))
    assert await waiting(booth) == 0


async def test_after_a_long_outage_it_comes_within_seconds_and_one_refusal_does_not_lose_it(booth: Booth) -> None:
    ann = await booth.ann()
    await alert(booth, "a")
    outage = booth.telegram.faults.add(method="sendMessage", status=502, times=20)
    while outage.left:
        await booth.app.front.pusher.push()
        booth.clock.forward(5)
    booth.telegram.faults.add(method="sendMessage", status=400, description="Bad Request: a mood")
    await booth.app.front.pusher.push()
    booth.clock.forward(5)
    assert await booth.app.front.pusher.push() == 1
    assert "Alert" in bots(ann)[-1].text


SLOW = 1.0
"""Seconds that Telegram takes for one person's messages, where every other answer takes some milliseconds."""


async def met(booth: Booth, *people: int) -> None:
    for person_id in people:
        await booth.person(person_id).start()
    await booth.hears()


async def code(booth: Booth, person_id: int) -> None:
    """A code that waits to be sent."""
    async with booth.app.resources.database.write() as tx:
        await catalog.save_services(tx, [("a" * 24, "Telegram")])
        await catalog.save_countries(tx, [("c" * 24, "Brazil", "BR")])
        order = await ordered(tx, person_id, nonce=f"n{person_id}")
        text = Sms(0, f"Your code is {person_id}731", f"{person_id}731", None, None)
        sms_id = await sms_rows.add(tx, order.id, "f" * 64, text)
        await notices.add(tx, f"code:{order.id}", person_id, NoticeKind.CODE, order_id=order.id, sms_id=sms_id)


async def test_a_code_is_found_by_its_order_or_its_message_and_can_be_edited(booth: Booth) -> None:
    await met(booth, ANN)
    await code(booth, ANN)
    async with booth.app.resources.database.read() as tx:
        assert await notices.codes_of(tx, 1) == []
    await alert(booth, "a")
    await booth.app.front.pusher.push()
    pushed = next(one for one in bots(booth.person()) if "731" in one.text)
    async with booth.app.resources.database.read() as tx:
        (found,) = await notices.codes_of(tx, 1)
        assert (found.person_id, found.message_id, found.order_id) == (ANN, pushed.message_id, 1)
        assert await notices.codes_of(tx, 1, found.sms_id) == [found]
        assert await notices.codes_of(tx, 1, 99) == await notices.codes_of(tx, 2) == []
        assert await notices.code_at(tx, ANN, pushed.message_id) == found
        others = {one.message_id for one in bots(booth.person())} - {pushed.message_id}
        assert len(others) == 2
        assert [await notices.code_at(tx, ANN, one) for one in others] == [None, None]
        assert await notices.code_at(tx, BEN, pushed.message_id) is None
    assert await booth.messenger.edit(found.person_id, found.message_id, screen("Used: 100731"))
    assert next(one for one in bots(booth.person()) if one.message_id == pushed.message_id).text == "Used: 100731"


def hangs(booth: Booth, person_id: int, seconds: float = SLOW, method: str = "sendMessage") -> None:
    booth.telegram.faults.add(method=method, contains=f'"chat_id": "{person_id}"', latency=seconds, times=99)


def underway(call: Call) -> tuple[datetime, datetime]:
    """From when until when Telegram was at it."""
    begun = datetime.fromisoformat(call.at)
    return begun, begun + timedelta(seconds=call.took)


async def took_until(look: Callable[[], bool], booth: Booth) -> float:
    begun = time.monotonic()
    assert await booth.telegram.state.records.bell.wait_for(look, 10)
    return time.monotonic() - begun


def codes(booth: Booth, person_id: int) -> int:
    return sum("731" in message.text for message in booth.person(person_id).chat())


async def test_one_chat_that_answers_slowly_holds_up_nobody_elses_code(booth: Booth) -> None:
    others = range(300, 306)
    await met(booth, ANN, *others)
    hangs(booth, ANN)
    await alert(booth, "slow")
    await booth.app.front.pusher.push_due()
    for person_id in others:
        await code(booth, person_id)
    await booth.app.front.pusher.push_due()
    took = await took_until(lambda: all(codes(booth, one) for one in others), booth)
    assert took < SLOW / 2
    assert not any("Alert" in message.text for message in bots(booth.person()))
    await booth.app.front.pusher.push()
    assert await waiting(booth) == 0


async def test_a_slow_chat_has_one_message_on_its_way_and_they_keep_their_order(booth: Booth) -> None:
    ann = await booth.ann()
    for kind in (AlertKind.UNCONFIRMED, AlertKind.OVERDUE, AlertKind.LOST):
        async with booth.app.resources.database.write() as tx:
            detail = AlertDetail(kind)
            await people.appoint(tx, ANN, admin=True)
            await notices.add(tx, kind.value, ANN, NoticeKind.ALERT, detail=detail)
    hangs(booth, ANN, 0.1)
    sends = len(booth.calls("sendMessage"))
    for _ in range(5):
        await booth.app.front.pusher.push_due()
    await booth.app.front.pusher.push()
    first, second, third = map(underway, booth.calls("sendMessage")[sends:])
    assert first[1] <= second[0]
    assert second[1] <= third[0]
    told = [message.text for message in bots(ann)[-3:]]
    assert ["answer to a purchase" in told[0], "ended long ago" in told[1], "does not know" in told[2]] == [True] * 3


async def test_a_message_that_takes_longer_than_its_lease_is_not_sent_by_a_second_one(booth: Booth) -> None:
    ann = await booth.ann()
    await alert(booth, "a")
    hangs(booth, ANN, 0.2)
    await booth.app.front.pusher.push_due()
    booth.clock.forward(61)
    await booth.app.front.pusher.push()
    assert sum("Alert" in message.text for message in bots(ann)) == 1


async def test_codes_have_lanes_of_their_own_however_many_chats_hang(booth: Booth) -> None:
    slow = range(1000, 1060)
    await met(booth, ANN, *slow)
    for person_id in slow:
        hangs(booth, person_id)
        await alert(booth, f"a{person_id}", person_id)
    await booth.app.front.pusher.push_due()
    await code(booth, ANN)
    await booth.app.front.pusher.push_due()
    assert await took_until(lambda: codes(booth, ANN) == 1, booth) < SLOW * 0.7
    await booth.app.front.pusher.push()
    assert await waiting(booth) == 0


async def test_a_code_behind_a_number_is_not_held_up_by_a_429_on_an_edit(booth: Booth) -> None:
    await met(booth, ANN)
    booth.telegram.faults.add(method="editMessageText", status=429, retry_after=40)
    with pytest.raises(TelegramRetryAfter):
        await booth.messenger.edit(ANN, 1, screen("x"))
    await code(booth, ANN)
    await alert(booth, "a")
    await booth.app.front.pusher.push()
    assert codes(booth, ANN) == 1
    assert await waiting(booth) == 1
    booth.clock.forward(40)
    await booth.app.front.pusher.push()
    assert await waiting(booth) == 0


async def card_behind(booth: Booth, person_id: int) -> int:
    message_id = await booth.shows_go(person_id, "A card")
    async with booth.app.resources.database.write() as tx:
        await catalog.save_services(tx, [("a" * 24, "Telegram")])
        await catalog.save_countries(tx, [("c" * 24, "Brazil", "BR")])
        order = await ordered(tx, person_id, nonce=f"n{person_id}")
        await cards.put(tx, Card(person_id, message_id, order.id, 0, CardRole.VIEW))
    return message_id


async def test_a_hanging_edit_keeps_nobody_elses_card_old(booth: Booth) -> None:
    await met(booth, ANN, BEN)
    await card_behind(booth, ANN)
    ben = await card_behind(booth, BEN)
    hangs(booth, ANN, method="editMessageText")
    for _ in range(3):
        await booth.app.front.pusher.redraw_due()

    def drawn() -> bool:
        return any(one.message_id == ben and one.edited for one in booth.person(BEN).chat())

    assert await took_until(drawn, booth) < SLOW / 2
    await booth.app.front.pusher.redraw()
    assert await booth.app.shop.outbox.cards.behind(20) == []


async def test_a_flooded_chat_is_not_asked_again_and_all_others_are_drawn(booth: Booth) -> None:
    people = range(400, 430)
    await met(booth, *people)
    for person_id in people:
        await card_behind(booth, person_id)
    booth.telegram.faults.add(
        method="editMessageText", contains='"chat_id": "400"', status=429, retry_after=40, times=99
    )
    for _ in range(66):
        await booth.app.front.pusher.redraw()
        booth.clock.forward(0.5)
    tried = [call.params["chat_id"] for call in booth.calls("editMessageText")]
    assert tried.count("400") == 1
    assert set(tried) == {str(one) for one in people}
    booth.telegram.faults.clear()
    booth.clock.forward(7)
    await booth.app.front.pusher.redraw()
    assert await booth.app.shop.outbox.cards.behind(20) == []


@pytest.mark.parametrize("status", [500, 502])
async def test_an_outage_of_telegram_is_tried_by_one_chat_at_a_time(booth: Booth, status: int) -> None:
    people = range(400, 410)
    await met(booth, *people)
    for person_id in people:
        await card_behind(booth, person_id)
    booth.telegram.faults.add(method="editMessageText", status=status, times=13)
    await booth.app.front.pusher.redraw()
    first = len(booth.calls("editMessageText"))
    for turn in range(3):
        booth.clock.forward(2)
        await booth.app.front.pusher.redraw()
        assert len(booth.calls("editMessageText")) == first + turn + 1
    for _ in range(3):
        booth.clock.forward(2)
        await booth.app.front.pusher.redraw()
    assert await booth.app.shop.outbox.cards.behind(20) == []


@pytest.mark.parametrize("days", [1, 999, 1000, 1001, 1097, 1099, 4000, 100_000])
async def test_a_number_comes_however_far_ahead_its_end_lies(booth: Booth, days: int) -> None:
    await met(booth, ANN)
    await card_behind(booth, ANN)
    booth.telegram.state.clock.advance(max(0.0, booth.clock().timestamp() - booth.telegram.state.clock.seconds()))
    async with booth.app.resources.database.write() as tx:
        (order,) = await orders.of_person(tx, ANN, in_progress=True, limit=9)
        ends = booth.clock() + timedelta(days=days)
        await orders.move(tx, order, replace(order, state=OrderState.PENDING, number="5511912345678", expires_at=ends))
        await notices.add(tx, "n", ANN, NoticeKind.NUMBER, order_id=order.id)
    assert await booth.app.front.pusher.push() == 1
    assert "📞" in bots(booth.person())[-1].text
    assert booth.calls("sendMessage")[-1].params["parse_mode"] == "HTML"


async def test_a_date_that_telegram_refuses_all_the_same_goes_out_as_text(booth: Booth) -> None:
    ann = await booth.ann()
    far = int(booth.telegram.state.clock.seconds()) + 1_099 * 86_400
    sent = await booth.messenger.send(ANN, screen(f'<b>Ends</b> <tg-time unix="{far}" format="t">then</tg-time>'))
    assert bots(ann)[-1].text == "Ends then"
    assert await booth.messenger.edit(ANN, sent or 0, screen(f'<b>Over</b> <tg-time unix="{far}">then</tg-time>'))
    assert bots(ann)[-1].text == "Over then"


async def test_what_the_lifeline_holds_goes_by_lanes_too(booth: Booth) -> None:
    people = (ANN, BEN)
    await met(booth, *people)
    hangs(booth, ANN)
    for person_id in people:
        await lifelines_code(booth, person_id)
    await booth.app.front.pusher.push_due()
    assert await took_until(lambda: codes(booth, BEN) == 1, booth) < SLOW / 2
    await booth.app.front.pusher.push()
    assert [codes(booth, one) for one in people] == [1, 1]


async def lifelines_code(booth: Booth, person_id: int) -> None:
    async with booth.app.resources.database.write() as tx:
        await catalog.save_services(tx, [("a" * 24, "Telegram")])
        await catalog.save_countries(tx, [("c" * 24, "Brazil", "BR")])
        order = await ordered(tx, person_id, nonce=f"u{person_id}")
    sms = Sms(0, f"Your code is {person_id}731", f"{person_id}731", None, None)
    booth.app.shop.unsaved.code(Told(NoticeKind.CODE, f"code:{order.id}:x"), OrderCard(order, (sms,)), sms, None, None)


async def test_an_unsaved_code_waits_as_long_as_telegram_asks_and_comes_once(booth: Booth) -> None:
    await met(booth, ANN)
    await lifelines_code(booth, ANN)
    booth.telegram.faults.add(method="sendMessage", status=429, retry_after=30)
    tried = len(booth.calls("sendMessage"))
    for _ in range(5):
        await booth.app.front.pusher.push()
    assert len(booth.calls("sendMessage")) == tried + 1
    booth.clock.forward(30)
    booth.telegram.faults.add(method="sendMessage", merge={"result": True})
    for _ in range(3):
        await booth.app.front.pusher.push()
        booth.clock.forward(60)
    assert codes(booth, ANN) == 1
