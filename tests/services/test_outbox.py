"""Notices on their way: handed out once, written off with a message id, kept for people out of reach."""

from datetime import timedelta

import pytest

from bot.db import notices as rows
from bot.domain.notices import NoticeKind
from bot.domain.orders import CardRole
from tests.services.floor import ADMIN, ANN, Floor

K = NoticeKind


async def add(floor: Floor, key: str, kind: NoticeKind = K.ALERT, person_id: int = ANN) -> None:
    async with floor.database.write() as connection:
        await rows.add(connection, key, person_id, kind, floor.clock(), detail={"what": key})


async def test_a_parcel_holds_all_that_its_text_needs_and_replies_to_the_number(floor: Floor) -> None:
    order = await floor.pending()
    floor.director.code_now()
    await floor.desk.refresh(ANN, order.id)
    (number,) = await floor.outbox.claim(20)
    assert (number.notice.kind, number.reply_to, number.sms) == (K.NUMBER, None, None)
    assert await floor.outbox.claim(20) == []
    await floor.outbox.done(number, 50)
    (code,) = await floor.outbox.claim(20)
    assert (code.notice.kind, code.reply_to) == (K.CODE, 50)
    assert code.person is not None
    assert code.sms is not None
    assert code.card is not None
    assert (code.person.id, code.card.order.id, code.card.sms) == (ANN, order.id, (code.sms,))


async def test_the_push_of_a_number_is_a_card_of_its_order_from_then_on(floor: Floor) -> None:
    order = await floor.pending()
    await floor.outbox.board.shows(ANN, 40, (order.id, order.revision, CardRole.WAITING))
    (number,) = await floor.outbox.claim(20)
    await floor.outbox.done(number, 50)
    behind = {b.card.message_id: b for b in await floor.outbox.board.behind(20)}
    assert behind[40].told_below
    assert (behind[50].card.role, await floor.outbox.board.is_push(ANN, 50)) == (CardRole.PUSH, order.id)
    for one in behind.values():
        await floor.outbox.board.drawn(one)
    assert await floor.outbox.board.behind(20) == []
    await floor.outbox.board.shows(ANN, 50, (order.id, 99, CardRole.VIEW))
    floor.director.code_now()
    await floor.desk.refresh(ANN, order.id)
    await floor.outbox.board.forget(behind[40].card)
    assert [b.card.message_id for b in await floor.outbox.board.behind(20)] == []


async def test_the_waiting_message_leaves_the_number_to_the_push_that_is_about_to_bring_it(floor: Floor) -> None:
    order = await floor.pending()
    await floor.outbox.board.shows(ANN, 40, (order.id, order.revision - 1, CardRole.WAITING))
    assert await floor.outbox.board.behind(20) == []
    (number,) = await floor.outbox.claim(20)
    await floor.outbox.refused(number.notice)
    (behind,) = await floor.outbox.board.behind(20)
    assert (behind.card.message_id, behind.told_below) == (40, False)


async def test_a_message_that_shows_something_else_is_no_card_any_more(floor: Floor) -> None:
    order = await floor.pending()
    await floor.outbox.board.shows(ANN, 40, (order.id, 0, CardRole.VIEW))
    assert [b.card.message_id for b in await floor.outbox.board.behind(20)] == [40]
    await floor.outbox.board.shows(ANN, 40, None)
    assert await floor.outbox.board.behind(20) == []


async def test_a_refused_notice_is_tried_later_and_ever_later(floor: Floor) -> None:
    await add(floor, "a")
    waits = []
    for _ in range(9):
        (parcel,) = await floor.outbox.claim(20)
        before = floor.clock()
        await floor.outbox.refused(parcel.notice)
        while not await floor.outbox.claim(20):
            floor.clock.forward(1)
        waits.append((floor.clock() - before).total_seconds())
        floor.clock.forward(60)
    assert waits == [2, 4, 8, 16, 32, 64, 128, 256, 300]


async def test_telegrams_own_wait_is_kept(floor: Floor) -> None:
    await add(floor, "a")
    (parcel,) = await floor.outbox.claim(20)
    await floor.outbox.postpone(parcel.notice, 37)
    floor.clock.forward(36)
    assert await floor.outbox.claim(20) == []
    floor.clock.forward(1)
    assert len(await floor.outbox.claim(20)) == 1


async def test_somebody_who_left_and_writes_again_is_within_reach_at_once(floor: Floor) -> None:
    await add(floor, "a")
    (parcel,) = await floor.outbox.claim(20)
    await floor.outbox.unreachable(parcel.notice)
    assert await floor.outbox.claim(20) == []
    await floor.people.meet(ANN, "Ann", "en")
    assert len(await floor.outbox.claim(20)) == 1


async def test_notices_of_somebody_who_left_wait_for_them_and_come_at_once_then(floor: Floor) -> None:
    await add(floor, "a", K.ALERT)
    (parcel,) = await floor.outbox.claim(20)
    await floor.outbox.unreachable(parcel.notice)
    floor.clock.forward(timedelta(days=3).total_seconds())
    assert await floor.outbox.claim(20) == []
    await floor.people.came_back(ANN)
    assert [p.notice.detail["what"] for p in await floor.outbox.claim(20)] == ["a"]


async def test_an_admin_who_never_pressed_start_is_not_tried_at_every_tick(floor: Floor) -> None:
    await add(floor, "a", person_id=ADMIN)
    (parcel,) = await floor.outbox.claim(20)
    await floor.outbox.unreachable(parcel.notice)
    assert await floor.outbox.claim(20) == []
    await floor.people.meet(ADMIN, "Ada", "en")
    floor.clock.forward(300)
    assert len(await floor.outbox.claim(20)) == 1


@pytest.mark.parametrize("message_id", [50, None])
async def test_what_is_done_is_done(floor: Floor, message_id: int | None) -> None:
    await add(floor, "a")
    (parcel,) = await floor.outbox.claim(20)
    await floor.outbox.done(parcel, message_id)
    floor.clock.forward(3600)
    assert await floor.outbox.claim(20) == []
    assert await floor.outbox.waiting() == 0
