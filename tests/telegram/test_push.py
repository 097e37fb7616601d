"""Pushes: done only with Telegram's message id in hand, and nobody's trouble holds up anybody else."""

import pytest

from bot.db import notices
from bot.domain.notices import NoticeKind
from tests.services.floor import ADMIN, ANN, BEN
from tests.telegram.booth import Booth, bots


async def alert(booth: Booth, key: str, person_id: int = ANN) -> None:
    async with booth.app.database.write() as connection:
        await notices.add(connection, key, person_id, NoticeKind.ALERT, booth.clock(), detail={"what": "unconfirmed"})


async def waiting(booth: Booth) -> int:
    return int(await booth.app.outbox.waiting())


async def test_a_push_is_done_when_telegram_took_it(booth: Booth) -> None:
    ann = await booth.ann()
    await alert(booth, "a")
    await alert(booth, "b")
    assert await booth.app.pusher.push() == 2
    assert await waiting(booth) == 0
    assert sum("Alert" in message.text for message in bots(ann)) == 2
    assert await booth.app.pusher.push() == 0


@pytest.mark.parametrize("status", [429, 500, 502])
async def test_a_push_that_telegram_refuses_for_now_comes_later(booth: Booth, status: int) -> None:
    ann = await booth.ann()
    await alert(booth, "a")
    booth.telegram.faults.add(method="sendMessage", status=status, retry_after=7 if status == 429 else None)
    assert await booth.app.pusher.push() == 0
    assert await booth.app.pusher.push() == 0
    booth.clock.forward(7)
    assert await booth.app.pusher.push() == 1
    assert "Alert" in bots(ann)[-1].text


async def test_somebody_who_blocked_the_bot_is_left_alone_and_gets_it_on_coming_back(booth: Booth) -> None:
    ann = await booth.ann()
    ben = booth.person(BEN, first_name="Ben")
    await ben.start()
    await booth.hears()
    await ann.block()
    await alert(booth, "a")
    await alert(booth, "b", BEN)
    await booth.app.pusher.push()
    tries = len(booth.calls("sendMessage"))
    for _ in range(3):
        booth.clock.forward(3600)
        await booth.app.pusher.push()
    assert len(booth.calls("sendMessage")) == tries
    assert "Alert" in bots(ben)[-1].text
    await ann.unblock()
    await booth.hears()
    assert await booth.app.pusher.push() == 1


async def test_an_admin_who_never_pressed_start_costs_one_try_at_a_time(booth: Booth) -> None:
    await alert(booth, "a", ADMIN)
    for _ in range(4):
        await booth.app.pusher.push()
    assert len(booth.calls("sendMessage")) == 1
    ada = booth.person(ADMIN, first_name="Ada")
    await ada.start()
    await booth.hears()
    booth.clock.forward(300)
    assert await booth.app.pusher.push() == 1


async def test_a_notice_without_anything_to_say_is_done(booth: Booth) -> None:
    await booth.ann()
    async with booth.app.database.write() as connection:
        await notices.add(connection, "k", ANN, NoticeKind.CODE, booth.clock())
    sent = len(booth.calls("sendMessage"))
    await booth.app.pusher.push()
    assert await waiting(booth) == 0
    assert len(booth.calls("sendMessage")) == sent


async def test_a_push_is_in_the_persons_own_language_or_in_english(booth: Booth) -> None:
    cat = booth.person(300, language_code="xx")
    await cat.start()
    await booth.hears()
    await alert(booth, "a", 300)
    await booth.app.pusher.push()
    assert "Alert" in bots(cat)[-1].text


async def test_a_push_whose_answer_was_lost_is_sent_again_rather_than_forgotten(booth: Booth) -> None:
    ann = await booth.ann()
    await alert(booth, "a")
    booth.telegram.faults.add(method="sendMessage", drop="after")
    await booth.app.pusher.push()
    assert await waiting(booth) == 1
    booth.clock.forward(60)
    await booth.app.pusher.push()
    assert await waiting(booth) == 0
    assert sum("Alert" in message.text for message in bots(ann)) == 2


async def test_after_a_long_outage_it_comes_within_seconds_and_one_refusal_does_not_lose_it(booth: Booth) -> None:
    ann = await booth.ann()
    await alert(booth, "a")
    outage = booth.telegram.faults.add(method="sendMessage", status=502, times=20)
    while outage.left:
        await booth.app.pusher.push()
        booth.clock.forward(5)
    booth.telegram.faults.add(method="sendMessage", status=400, description="Bad Request: a mood")
    await booth.app.pusher.push()
    booth.clock.forward(5)
    assert await booth.app.pusher.push() == 1
    assert "Alert" in bots(ann)[-1].text
