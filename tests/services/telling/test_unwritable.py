"""While the database can't be written: what is known is neither lost nor told wrongly."""

import asyncio
from typing import Any

import pytest
from sqlalchemy import text

from bot.db.telling import notices
from bot.domain.alerts import AlertKind
from bot.domain.answer import Received
from bot.domain.cards import Card, CardRole
from bot.domain.details import AlertDetail
from bot.domain.notices import NoticeKind
from bot.domain.orders import OrderState
from bot.faults import DatabaseFault
from bot.tasks import Nursery
from tests.db.stranger import writing_to
from tests.services.floor import ANN, BEN, Floor


async def alert(floor: Floor) -> None:
    async with floor.database.write() as tx:
        await notices.add(tx, "a", ANN, NoticeKind.ALERT, detail=AlertDetail(AlertKind.UNCONFIRMED))


def asks(floor: Floor) -> int:
    return sum(request.method == "GET" and "/operation" in request.path for request in floor.sandbox.record.requests)


async def test_orders_are_asked_about_no_more_often_than_usual(floor: Floor) -> None:
    await floor.pending()
    floor.clock.forward(1)
    before = asks(floor)
    with writing_to(floor.database.url):
        for _ in range(3):
            await floor.tracker.tick()
            await floor.nursery.drain(5)
        assert asks(floor) == before + 1
        floor.clock.forward(1)
        await floor.tracker.tick()
        await floor.nursery.drain(5)
    assert asks(floor) == before + 2


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [
        ({}, OrderState.CREATING),
        ({"status": 406, "body": {"message": "no", "code": "NO"}}, OrderState.REFUSED),
        ({"cut": "before"}, OrderState.UNCONFIRMED),
    ],
)
async def test_the_outcome_of_a_purchase_is_tried_until_it_can_be_written(
    floor: Floor, fault: dict[str, Any], outcome: OrderState
) -> None:
    floor.director.fault("/purchase", delay=0.1, **fault)
    order = await floor.checkout.buy(ANN, floor.wish())
    purchase = {task for task in asyncio.all_tasks() if task.get_name() == f"purchase of order {order.id}"}
    with writing_to(floor.database.url):
        _, at_work = await asyncio.wait(purchase, timeout=0.8)
        assert at_work == purchase != set()
    await floor.purchases.drain(5)
    assert (await floor.order(order.id)).state is outcome
    assert len(floor.sandbox.record.purchases) == (not fault)


async def test_a_purchase_that_is_still_at_work_is_not_called_unconfirmed_however_long_it_takes(floor: Floor) -> None:
    floor.director.fault("/purchase", delay=0.2)
    order = await floor.checkout.buy(ANN, floor.wish())
    floor.clock.forward(600)
    await floor.shop.lost.release_due()
    assert (await floor.order(order.id)).state is OrderState.PLACING
    await floor.purchases.drain(5)
    assert (await floor.order(order.id)).state is OrderState.CREATING


async def test_a_wait_that_telegram_asked_for_is_kept_though_it_cant_be_written(floor: Floor) -> None:
    await alert(floor)
    with writing_to(floor.database.url):
        (telling,) = await floor.outbox.claim(20)
        await floor.outbox.postpone(telling.notice, 30)
        assert await floor.outbox.claim(20) == []
    assert await floor.outbox.claim(20) == []
    floor.clock.forward(30)
    assert len(await floor.outbox.claim(20)) == 1


async def test_somebody_out_of_reach_is_not_tried_at_every_tick(floor: Floor) -> None:
    await alert(floor)
    with writing_to(floor.database.url):
        (telling,) = await floor.outbox.claim(20)
        await floor.outbox.unreachable(telling.notice)
        assert await floor.outbox.claim(20) == []


async def test_a_number_that_went_out_meanwhile_becomes_a_card_afterwards(floor: Floor) -> None:
    order = await floor.pending()
    with writing_to(floor.database.url):
        (number,) = await floor.outbox.claim(20)
        await floor.outbox.done(number, 50)
    assert await floor.outbox.claim(20) == []
    assert await floor.outbox.cards.is_push(ANN, 50) == order.id


async def test_a_number_that_could_not_be_marked_keeps_its_code_waiting_for_no_lease(floor: Floor) -> None:
    order = await floor.pending()
    (number,) = await floor.outbox.claim(20)
    with writing_to(floor.database.url):
        await floor.outbox.done(number, 50)
    floor.director.code_now()
    await floor.own_orders.refresh(ANN, order.id)
    (code,) = await floor.outbox.claim(20)
    assert (code.notice.kind, code.reply_to) == (NoticeKind.CODE, 50)


async def done_at(floor: Floor, key: str) -> str | None:
    async with floor.database.read() as tx:
        found = await tx.connection.execute(text("SELECT done_at FROM notices WHERE key = :key"), {"key": key})
        return found.scalar_one()  # type: ignore[no-any-return]


async def test_what_went_out_is_marked_once_though_another_mark_fails_ever_again(floor: Floor) -> None:
    async with floor.database.write() as tx:
        for key, person_id in (("bad", ANN), ("good", BEN)):
            await notices.add(tx, key, person_id, NoticeKind.ALERT)
        refuses = "SELECT RAISE(ABORT, 'no') WHERE NEW.key = 'bad' AND NEW.done_at IS NOT NULL"
        await tx.connection.execute(text(f"CREATE TRIGGER t BEFORE UPDATE ON notices BEGIN {refuses}; END"))
    claimed = await floor.outbox.claim(20)
    with writing_to(floor.database.url):
        for number, telling in enumerate(claimed):
            await floor.outbox.done(telling, 50 + number)
    await floor.outbox.claim(20)
    marked = await done_at(floor, "good")
    assert marked is not None
    floor.clock.forward(5)
    await floor.outbox.claim(20)
    assert (await done_at(floor, "good"), await done_at(floor, "bad")) == (marked, None)


async def test_cards_rest_when_drawing_them_could_not_be_written_down(floor: Floor) -> None:
    order = await floor.bought()
    await floor.outbox.cards.shows(ANN, 40, Card(ANN, 40, order.id, order.revision - 1, CardRole.VIEW))
    with writing_to(floor.database.url):
        (behind,) = await floor.outbox.cards.behind(20)
        await floor.outbox.cards.drawn(behind)
        assert await floor.outbox.cards.behind(20) == []
    floor.clock.forward(10)
    assert len(await floor.outbox.cards.behind(20)) == 1


async def test_a_person_whose_new_name_cant_be_written_still_comes_in(floor: Floor) -> None:
    with writing_to(floor.database.url):
        met = await floor.people.meet(ANN, "Anna", "en")
    assert met is not None
    assert met.name == "Anna"
    await floor.people.meet(ANN, "Anna", "en")
    known = await floor.people.get(ANN)
    assert known is not None
    assert known.name == "Anna"


@pytest.mark.parametrize("comes", ["writes", "unblocks"])
async def test_somebody_who_comes_back_meanwhile_hears_everything_afterwards(floor: Floor, comes: str) -> None:
    await alert(floor)
    (telling,) = await floor.outbox.claim(20)
    await floor.outbox.unreachable(telling.notice)
    with writing_to(floor.database.url):
        await (floor.people.meet(ANN, "Ann", "en") if comes == "writes" else floor.people.came_back(ANN))
    await floor.people.write_down_late()
    assert [told.notice.key for told in await floor.outbox.claim(20)] == ["a"]


async def test_a_code_that_was_told_before_is_not_told_again_when_it_is_read_meanwhile(floor: Floor) -> None:
    order = await floor.pending()
    await floor.record(order, texts=(Received("Your code is 1234", "1234", None, None),))
    with writing_to(floor.database.url), pytest.raises(DatabaseFault):
        await floor.record(
            order,
            texts=(Received("Your code is 1234", "1234", None, None), Received("Now it is 5678", "5678", None, None)),
            code="5678",
        )
    assert [told.sms.code for told in floor.shop.unsaved.claim(20) if told.sms is not None] == ["5678"]


async def test_a_code_that_is_corrected_meanwhile_is_told(floor: Floor) -> None:
    order = await floor.pending()
    await floor.record(order, texts=(Received("Your code is on its way", None, None, None),))
    with writing_to(floor.database.url), pytest.raises(DatabaseFault):
        await floor.record(order, texts=(Received("Your code is on its way", "1234", None, None),))
    assert [told.sms.code for told in floor.shop.unsaved.claim(20) if told.sms is not None] == ["1234"]


async def test_a_code_that_went_out_meanwhile_is_left_for_no_other_process_to_tell(floor: Floor) -> None:
    order = await floor.pending()
    (number,) = await floor.outbox.claim(20)
    await floor.outbox.done(number, 50)
    texts = (Received("Your code is 1234", "1234"),)
    with writing_to(floor.database.url):
        with pytest.raises(DatabaseFault):
            await floor.record(order, texts=texts)
        (code,) = [one for one in floor.shop.unsaved.claim(20) if one.sms is not None]
        await floor.shop.unsaved.done(code, 77)
    await floor.record(order, texts=texts)
    assert await floor.outbox.claim(20) == []
    async with floor.database.read() as tx:
        assert await notices.code_at(tx, ANN, 77) is not None


async def test_somebody_who_comes_back_while_nothing_can_be_read_hears_everything_afterwards(floor: Floor) -> None:
    await alert(floor)
    (telling,) = await floor.outbox.claim(20)
    await floor.outbox.unreachable(telling.notice)
    floor.clock.forward(10)
    comes = Nursery().start(floor.people.meet(ANN, "Ann", "en"), "comes back")
    async with floor.database.write():
        await asyncio.wait([comes], timeout=20)
    assert isinstance(comes.exception(), DatabaseFault)
    await floor.people.write_down_late()
    assert [told.notice.key for told in await floor.outbox.claim(20)] == ["a"]
